"""Tables of dated records, and the one way to ask a database what holds on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, true
from sqlalchemy.ext.hybrid import hybrid_method
from sqlalchemy.orm import InstrumentedAttribute, Mapped

from core.db.statements import Slot
from core.law import days

Day = InstrumentedAttribute[Any]


def standing(since: Day | None, until: Day | None, on: date | Slot) -> ColumnElement[bool]:
    """The condition that the local day `on` is between two columns: `core.law.days.holds` in SQL.

    `until` is the first day no longer; a side without a column, or empty in a row, lies open.
    """
    begun = true() if since is None else _open(since, since <= on)
    lasts = true() if until is None else _open(until, until > on)
    return and_(begun, lasts)


def meeting(kind: type[Dated], since: date, until: date | None) -> ColumnElement[bool]:
    """The condition that a record holds on one of these days: `core.law.days.meet` in SQL."""
    lasts = _open(kind.until, kind.until > since)
    return lasts if until is None else and_(lasts, _open(kind.since, kind.since < until))


def _open(column: Day, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition, or that the column is empty where it may be."""
    return or_(column.is_(None), condition) if column.property.columns[0].nullable else condition


class Dated:
    """A record that holds from the local day `since` up to `until`, the first day it does not.

    A table that always knows one of them declares it again, as a `mapped_column()` without None.
    """

    since: Mapped[date | None]
    until: Mapped[date | None]

    @hybrid_method
    def holds(self, on: date | Slot) -> Any:
        """Whether the record holds on a local day; of the class, the condition that it does."""
        return days.holds(self.since, self.until, on)

    @holds.expression  # type: ignore[no-redef]
    @classmethod
    def holds(cls, on: date | Slot) -> ColumnElement[bool]:
        """The condition of the database."""
        return standing(cls.since, cls.until, on)
