"""What counts, as rows of one form, whatever table it comes from.

Each row has the dimensions, `views`, `received_at`, `overdue`, the measures and `days`: how many
full days of 24 hours passed from receipt to answer, NULL without one.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    SmallInteger,
    String,
    and_,
    case,
    cast,
    extract,
    func,
    literal,
    null,
    select,
)

from core.appeals.figures.cuts import Dimension
from core.appeals.figures.model import Rollup, RollupChange, RollupWaiting
from core.appeals.model import Appeal
from core.appeals.queries import SETTLED
from core.appeals.rules.lifecycle import OPEN_STATES, Outcome
from core.shapes.figures.rules import DAY

Moment = datetime | BindParameter[datetime]
KEYS = (*Dimension, "views")
DAYS = "days"


class Figure(StrEnum):
    """What can be told of appeals: `seconds` from receipt to answer, `mark_sum` of marks.

    All are sums but the last, the median of `days`; an indicator's median is of seconds.
    """

    TOTAL = "total"
    LATE = "late"
    ANSWERED = "answered"
    SECONDS = "seconds"
    SOLVED = "solved"
    REWORKED = "reworked"
    MARKS = "marks"
    MARK_SUM = "mark_sum"
    OVERDUE = "overdue"
    MEDIAN_DAYS = "median_days"


FIGURES = tuple(Figure)[:-1]
"""What is summed up."""
MEASURES = FIGURES[:-1]
"""What does not depend on the moment."""


def of_appeals(now: Moment, dialect: str) -> Select[Any]:
    """The appeals themselves, as the triggers see them: a row each."""
    answered = Appeal.answered_at.is_not(None)
    late = _number(Appeal.answered_at > Appeal.due_at)
    open_late = and_(_open(), Appeal.due_at < now)
    solved = and_(Appeal.outcome == Outcome.SOLVED, Appeal.state.in_([*SETTLED]))
    figures: dict[str, ColumnElement[Any]] = {
        "total": literal(1, Integer),
        "late": late,
        "answered": _number(answered),
        "seconds": case((answered, _seconds(dialect)), else_=0),
        "solved": _number(solved),
        "reworked": _number(Appeal.reworks > 0),
        "marks": _number(Appeal.mark.is_not(None)),
        "mark_sum": func.coalesce(Appeal.mark, 0),
        "overdue": late + _number(open_late),
    }
    named = [figures[name].label(name) for name in FIGURES]
    days = case((answered, _days(dialect))).label(DAYS)
    return select(Appeal.received_at, *_keys(), *named, days)


def of_changes(now: Moment) -> Select[Any]:
    """Changes of cases that no cell has yet."""
    open_late = case((RollupChange.due_at < now, RollupChange.total), else_=0)
    figures = [getattr(RollupChange, name) for name in MEASURES]
    keys = [getattr(RollupChange, key) for key in KEYS]
    overdue = (RollupChange.late + open_late).label("overdue")
    return select(RollupChange.received_at, *keys, *figures, overdue, RollupChange.days)


def of_waiting(now: Moment) -> Select[Any]:
    """Cases in the cells whose deadlines have passed since they were folded: overdue, no more.

    None was due before the last fold: said all the same, since a planner takes a bounded range to
    be short.
    """
    keys = [getattr(RollupWaiting, key) for key in KEYS]
    none = [nothing(name) for name in MEASURES]
    overdue = RollupWaiting.total.label("overdue")
    columns = select(RollupWaiting.received_at, *keys, *none, overdue, nothing(DAYS))
    folded_at = select(Rollup.folded_at).scalar_subquery()
    return columns.where(RollupWaiting.due_at >= folded_at, RollupWaiting.due_at < now)


def nothing(name: str) -> ColumnElement[Any]:
    """The column of a figure or of `days` where rows say nothing of it."""
    return (cast(null(), Integer) if name == DAYS else literal(0, Integer)).label(name)


def pending_appeals(now: Moment) -> Select[Any]:
    """Open appeals whose deadlines have not passed, as `rollup_waiting` has them."""
    columns = (Appeal.received_at, Appeal.due_at, *_keys(), literal(1, Integer).label("total"))
    return select(*columns).where(_open(), Appeal.due_at >= now)


def pending_changes(now: Moment) -> Select[Any]:
    """The same out of changes."""
    names = ("received_at", "due_at", *KEYS, "total")
    columns = [getattr(RollupChange, name) for name in names]
    pending: Select[Any] = select(*columns).where(RollupChange.due_at >= now)
    return pending


def _open() -> ColumnElement[bool]:
    return and_(Appeal.answered_at.is_(None), Appeal.state.in_([*OPEN_STATES]))


def _keys() -> list[ColumnElement[Any]]:
    """Where an appeal counts, under the names of KEYS."""
    views = cast(_number(Appeal.in_region_view.is_(True)), SmallInteger) + 2 * cast(
        _number(Appeal.in_federal_view.is_(True)), SmallInteger
    )
    return [*(_key(dimension).label(dimension) for dimension in Dimension), views.label("views")]


def _key(dimension: Dimension) -> ColumnElement[Any]:
    column: ColumnElement[Any] = getattr(Appeal, dimension)
    return func.coalesce(column, 0 if dimension is Dimension.BODY else "")


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """1 where the condition holds, else 0."""
    return case((condition, 1), else_=0)


def _seconds(dialect: str) -> ColumnElement[int]:
    if dialect == "sqlite":
        ends = (func.strftime("%s", moment) for moment in (Appeal.answered_at, Appeal.received_at))
        answered, received = (cast(end, Integer) for end in ends)
        return answered - received
    return cast(extract("epoch", Appeal.answered_at - Appeal.received_at), BigInteger)


def _days(dialect: str) -> ColumnElement[int]:
    """To the microsecond: a day less than full is none, as the triggers have it."""
    if dialect == "sqlite":
        ends = (Appeal.answered_at, Appeal.received_at)
        answered, received = (func.substr(moment, 20, type_=String) for moment in ends)
        return (_seconds(dialect) - _number(answered < received)) // DAY
    return cast(extract("day", Appeal.answered_at - Appeal.received_at), Integer)
