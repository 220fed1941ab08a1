"""Which terms a rung has reached: that of the answer, or those beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, null, select, true
from sqlalchemy.orm import InstrumentedAttribute

from core.appeals.escalation.model import Escalation
from core.appeals.model import IS_LIVE, Appeal
from core.appeals.rules.lifecycle import OPEN_STATES
from core.appeals.rules.terms import ANSWER_LADDER, OTHER_LADDER, EscalationStep
from core.appeals.terms.breaches import TERMS
from core.appeals.terms.model import AppealTerm
from core.db.keyset import Order
from core.kernel.work import Work
from core.shapes.deadlines.rules.counting import reached
from core.shapes.deadlines.watch import Watched

ANSWERS = Watched(
    Appeal,
    and_(IS_LIVE, Appeal.state.in_([*OPEN_STATES])),
    due=Appeal.due_at,
)
"""What the ladder watches: the governing deadline of what is still to be answered or judged."""


@dataclass(frozen=True, eq=False)
class Terms:
    """Terms that a ladder watches, with the columns of whatever is watched.

    `rule` is the key of the term, NULL for the one that governs the answer.
    """

    watched: Watched
    due_at: InstrumentedAttribute[Any]
    place: InstrumentedAttribute[Any]
    rule: ColumnElement[Any] | InstrumentedAttribute[Any]
    of: ColumnElement[bool]

    @property
    def soonest(self) -> Order:
        """What is due first comes first."""
        return Order((self.due_at, self.place))


def terms_of(step: EscalationStep, ladder: Iterable[EscalationStep]) -> Terms:
    """What the rung watches; every other term is one that has no ladder of its own."""
    if step.ladder == ANSWER_LADDER:
        return Terms(ANSWERS, Appeal.due_at, Appeal.id, null(), true())
    own = sorted({one.ladder for one in ladder} - {ANSWER_LADDER, OTHER_LADDER})
    of = (
        AppealTerm.rule.not_in(own)
        if step.ladder == OTHER_LADDER
        else AppealTerm.rule == step.ladder
    )
    return Terms(TERMS, AppealTerm.due_at, AppealTerm.id, AppealTerm.rule, of)


def reached_by(work: Work, step: EscalationStep, terms: Terms) -> Select[Any]:
    """Cases whose term the rung has reached and that were not raised (lately) on it.

    A rung is reached by each term anew: by that of the answer, of a verdict, of a second answer,
    by one beside them or by one that has moved. Gives
    (id, block, municipality, body_id, due_at, term, place, round), the round being the next one.
    """
    earlier = (Escalation.appeal_id == Appeal.id, Escalation.step == step.key)
    same_term = (
        Escalation.due_at == terms.due_at,
        Escalation.term.is_not_distinct_from(terms.rule),
    )
    lately = select(Escalation.id).where(*earlier, *same_term, _lately(work, step)).exists()
    rounds = select(func.max(Escalation.round)).where(*earlier).scalar_subquery()
    among = func.row_number().over(partition_by=Appeal.id, order_by=terms.place)
    shown = (Appeal.id, Appeal.block, Appeal.municipality, Appeal.body_id)
    columns: tuple[Any, ...] = (
        *shown,
        terms.due_at.label("due_at"),
        terms.rule.label("term"),
        terms.place.label("place"),
        (func.coalesce(rounds + 1, 0) + among - 1).label("round"),
    )
    watched = terms.watched
    due = (
        watched.due_on_days_off(work)
        if step.eve
        else watched.due_within(work, step.before_days, step.unit)
    )
    query = select(*columns).where(due, terms.of, ~lately)
    return query if watched is ANSWERS else query.join(AppealTerm)


def _lately(work: Work, step: EscalationStep) -> ColumnElement[bool]:
    if not step.repeat_days:
        return true()
    again = reached(work.now, -step.repeat_days, step.unit, work.calendar, work.zone)
    return Escalation.raised_at > again
