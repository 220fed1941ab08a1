"""The sweep over terms: each table that has them is declared once, with its columns.

What has a due column is found by it, what has none by when it began. A breach is dated to the
deadline, whenever it is noticed; reminders are kept to one a local day.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from core.kernel.work import Work
from core.shapes.deadlines.rules.counting import (
    add_working_days,
    begun_before,
    end_of_day,
    reached,
)
from core.shapes.deadlines.rules.units import Unit

BATCH = 500
Column = InstrumentedAttribute[Any]
Note = Callable[[Work, Any, str], Awaitable[None]]


@dataclass(frozen=True, eq=False)
class Watched:
    """A table of terms: which rows are still to be ended, and when they are due or began."""

    table: type[Any]
    running: ColumnElement[bool]
    due: Column | None = None
    began: Column | None = None

    def due_within(self, work: Work, ahead: int, unit: Unit) -> ColumnElement[bool]:
        """Running and due in so much, or less; a negative length is after the due moment."""
        assert self.due is not None
        moment = reached(work.now, ahead, unit, work.calendar, work.zone)
        return and_(self.running, self.due <= moment)

    def due_on_days_off(self, work: Work) -> ColumnElement[bool]:
        """Running and due on a day off, of which today, a working day, is the last one before."""
        assert self.due is not None
        today, zone = work.today, work.zone
        back = add_working_days(today, 1, work.calendar)
        until = end_of_day(back - timedelta(days=1), zone)
        return and_(self.running, self.due > end_of_day(today, zone), self.due <= until)

    def over(self, work: Work, length: int, unit: Unit) -> ColumnElement[bool]:
        """Running, though it began longer ago than the length."""
        assert self.began is not None
        moment = begun_before(work.now, length, unit, work.calendar, work.zone)
        return and_(self.running, self.began < moment)


@dataclass(frozen=True, eq=False)
class Noted(Watched):
    """A table that also keeps what was noticed; `note` says it to the journal.

    `note` is given `reminded` or `breached`; the columns are named as the rows have them.
    """

    note: Note | None = None
    reminded: str = "reminded_on"
    breached: str = "breached_at"

    def _rows(self, condition: ColumnElement[bool], *order: Column) -> Select[Any]:
        query = select(self.table).where(self.running, condition)
        return query.order_by(*order, self.table.id).limit(BATCH)


async def sweep_terms(work: Work, watched: Noted) -> int:
    """Remind of what runs, once a local day, and record each breach on its deadline.

    Idempotent on a day, a batch at the most; gives how many were reminded.
    """
    assert watched.due is not None
    assert watched.note is not None
    told = getattr(watched.table, watched.reminded)
    unsaid = or_(told.is_(None), told < work.today)
    rows = (await work.session.scalars(watched._rows(unsaid, watched.due))).all()
    for row in rows:
        setattr(row, watched.reminded, work.today)
        await watched.note(work, row, "reminded")
    await note_breaches(work, watched)
    return len(rows)


async def note_breaches(work: Work, watched: Noted) -> int:
    """Record each breach on its deadline, a batch at the most; how many. Idempotent."""
    assert watched.due is not None
    assert watched.note is not None
    passed = and_(getattr(watched.table, watched.breached).is_(None), watched.due < work.now)
    rows = (await work.session.scalars(watched._rows(passed))).all()
    for row in rows:
        setattr(row, watched.breached, getattr(row, watched.due.key))
        await watched.note(work, row, "breached")
    return len(rows)
