"""Looking for letters, and how many there are in each state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true

from core.kernel.access import require
from core.kernel.codes import Permission
from core.kernel.work import Work
from core.mailbox.access import seen
from core.mailbox.kinds import Kind, LetterState
from core.mailbox.model import STATES, WAITING, Letter


@dataclass(frozen=True, slots=True)
class LetterFilter:
    """What to look for; None and empty look for everything. `late` is a word that is due."""

    states: Sequence[LetterState] = ()
    kinds: Sequence[Kind] = ()
    appeal_id: int | None = None
    late: bool | None = None


def letters(work: Work, wanted: LetterFilter) -> Select[Letter]:
    """The letters that the actor sees, unordered. Needs TAKE_IN, of a case READ_CONTENT.

    Refuses UNAUTHENTICATED and FORBIDDEN.
    """
    of_a_case = wanted.appeal_id is not None
    permission = Permission.READ_CONTENT if of_a_case else Permission.TAKE_IN
    require(work.actor, permission)
    conditions: list[ColumnElement[bool]] = [seen(work.actor, permission)]
    if wanted.states:
        conditions.append(or_(*(STATES[state] for state in wanted.states)))
    if wanted.kinds:
        conditions.append(Letter.kind.in_([*wanted.kinds]))
    if of_a_case:
        own = wanted.appeal_id
        conditions.append(or_(Letter.appeal_id == own, Letter.opened_id == own))
    if wanted.late is not None:
        passed = and_(WAITING, Letter.due_at < work.now)
        conditions.append(passed if wanted.late else ~passed)
    return select(Letter).where(and_(true(), *conditions))


@dataclass(frozen=True, slots=True)
class LetterCounts:
    """How many letters the actor sees; `late` are those that wait beyond their term."""

    unread: int
    waiting: int
    late: int
    decided: int
    machine: int


async def count_letters(work: Work) -> LetterCounts:
    """One statement. Needs TAKE_IN."""
    require(work.actor, Permission.TAKE_IN)
    wanted: dict[str, ColumnElement[bool]] = {
        "late": and_(WAITING, Letter.due_at < work.now),
        **{state.value: condition for state, condition in STATES.items()},
    }
    columns: list[Any] = [
        func.coalesce(func.sum(case((condition, 1), else_=0)), 0).label(name)
        for name, condition in wanted.items()
    ]
    row = (await work.session.execute(select(*columns).where(seen(work.actor)))).one()
    return LetterCounts(**{name: int(number) for name, number in row._mapping.items()})
