"""Whose turn it is: by which permission the next step of an open case is taken."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, exists

from core.appeals.model import Answer, Appeal
from core.appeals.rules.lifecycle import State
from core.kernel.codes import Permission

_DRAFTED: ColumnElement[bool] = exists().where(
    Answer.appeal_id == Appeal.id, Answer.sent_at.is_(None), Answer.returned_at.is_(None)
)
TURNS: Mapping[Permission, ColumnElement[bool]] = {
    Permission.ROUTE: Appeal.state.in_([State.RECEIVED, State.QUEUED]),
    Permission.ACCEPT: Appeal.state == State.ASSIGNED,
    Permission.ANSWER: Appeal.state == State.IN_WORK,
    Permission.CHECK_ANSWERS: (Appeal.state == State.IN_WORK) & _DRAFTED,
    Permission.JUDGE_DISPUTES: Appeal.state == State.DISPUTED,
}
"""What waits for whoever has the permission there. What he may do besides, as prolong or withdraw,
waits for nobody; an answer that came back is looked for as `undelivered`."""
