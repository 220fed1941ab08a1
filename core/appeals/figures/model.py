"""What rollups are kept in. Nobody writes here but the triggers on `appeal` and `fold`.

In these tables the absence of a value is an empty text, and 0 for a body: keys have no NULL.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id


class Dimensions:
    """Where an appeal counts; `views` has 1 for the region's own figures and 2 for the federal."""

    state: Mapped[str]
    outcome: Mapped[str]
    block: Mapped[str]
    theme: Mapped[str]
    body_id: Mapped[int]
    municipality: Mapped[str]
    channel: Mapped[str]
    regime: Mapped[str]
    due_rule: Mapped[str]
    views: Mapped[int] = mapped_column(SmallInteger)


class Measures:
    """How much; negative in what takes back. `seconds` sum up from receipt to answer."""

    total: Mapped[int]
    late: Mapped[int]
    answered: Mapped[int]
    seconds: Mapped[int] = mapped_column(BigInteger)
    solved: Mapped[int]
    reworked: Mapped[int]
    marks: Mapped[int]
    mark_sum: Mapped[int]


class RollupChange(Dimensions, Measures, Base):
    """A change of a case that no cell has yet: what it counted for, taken back, and counts for.

    `due_at` where it is open under a deadline, `days` in which it was answered; `folding` while a
    fold works on it.
    """

    __tablename__ = "rollup_change"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    received_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    days: Mapped[int | None]
    folding: Mapped[bool] = mapped_column(default=False)


class RollupWaiting(Dimensions, Base):
    """Open cases in the cells whose deadlines had not passed when they were folded."""

    __tablename__ = "rollup_waiting"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    received_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    total: Mapped[int]


class CellKeys:
    """One combination of a cut in one stretch of time."""

    cut: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[str] = mapped_column(primary_key=True)
    start: Mapped[datetime] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(primary_key=True)
    block: Mapped[str] = mapped_column(primary_key=True)
    theme: Mapped[str] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    municipality: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    regime: Mapped[str] = mapped_column(primary_key=True)
    due_rule: Mapped[str] = mapped_column(primary_key=True)
    views: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)


class RollupCell(CellKeys, Measures, Base):
    """What counts there. `overdue` is of the last fold."""

    __tablename__ = "rollup_cell"

    overdue: Mapped[int] = mapped_column(sort_order=1)


class RollupDays(CellKeys, Base):
    """How many were answered there in so many full days: what medians are told from."""

    __tablename__ = "rollup_days"

    days: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=1)
    answered: Mapped[int] = mapped_column(sort_order=2)


class Rollup(Base):
    """The one row about the cells: until when they know what is overdue, and which cuts they are.

    Nobody may ask for a moment before `folded_at`.
    """

    __tablename__ = "rollup"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    folded_at: Mapped[datetime]
    edition: Mapped[str]
