"""What counts, as rows of one form, whatever table it comes from.

Each row has the time of the fact, the keys and the figures of its subject, and `days` where it
keeps them: how many full days of 24 hours passed to its end, NULL without one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    literal,
    literal_column,
    null,
    select,
)
from sqlalchemy.types import TypeEngine

from core.law.russian import Code
from core.shapes.figures.measures import DAYS, OVERDUE, TOTAL, Pending, Sql, said
from core.shapes.figures.subject import Subject

Moment = datetime | BindParameter[datetime]
Facts = Select[Any]


def of_rows(subject: Subject[Any], now: Moment, dialect: str, loose: Iterable[Code] = ()) -> Facts:
    """The rows of the subject themselves, as the triggers see them: a row each.

    Beside their keys they have these of the loose dimensions, as texts.
    """
    columns = [_at(subject), *_keys(subject, dialect)]
    columns += [_column(subject, one, subject.loose[one], String(), dialect) for one in loose]
    types = {measure.name: measure.type for measure in subject.measures}
    for name, sql in subject.sum_sql.items():
        columns.append(_column(subject, name, sql, types.get(name, Integer()), dialect))
    if subject.pending:
        late = case((and_(*_waits(subject, subject.pending, now, past=True)), 1), else_=0)
        settled = said(subject.sum_sql[subject.pending.settled], subject.table.name, dialect)
        columns.append((literal_column(f"({settled})", Integer) + late).label(OVERDUE))
    if subject.days_sql is not None:
        columns.append(_column(subject, DAYS, subject.days_sql, Integer(), dialect))
    return select(*columns)


def unfolded(subject: Subject[Any], now: Moment) -> tuple[Facts, ...]:
    """What the cells do not have: changes, and rows that have turned overdue since the fold."""
    if subject.pending is None:
        return (of_changes(subject, now),)
    return of_changes(subject, now), of_waiting(subject, now)


def of_changes(subject: Subject[Any], now: Moment) -> Facts:
    """Changes of rows that no cell has yet."""
    change = subject.tables.change.c
    columns = [change[name] for name in (subject.at, *subject.keys, *subject.sums)]
    told: list[ColumnElement[Any]] = []
    if subject.pending:
        late = case((change[subject.pending.at] < now, change[TOTAL]), else_=0)
        told.append((change[subject.pending.settled] + late).label(OVERDUE))
    if subject.lasting:
        told.append(change[DAYS])
    return select(*columns, *told)


def of_waiting(subject: Subject[Any], now: Moment) -> Facts:
    """Rows in the cells whose moments have passed since they were folded: overdue, no more.

    None passed before the last fold: said all the same, since a planner takes a bounded range to
    be short.
    """
    waiting, pending = subject.tables.waiting, subject.pending
    assert waiting is not None
    assert pending is not None
    keys = [waiting.c[name] for name in (subject.at, *subject.keys)]
    none = [nothing(name) for name in subject.sums]
    days = [nothing(DAYS)] if subject.lasting else []
    folded_at = select(subject.tables.state.c.folded_at).scalar_subquery()
    due = waiting.c[pending.at]
    columns = select(*keys, *none, waiting.c[TOTAL].label(OVERDUE), *days)
    return columns.where(due >= folded_at, due < now)


def nothing(name: str) -> ColumnElement[Any]:
    """The column of a figure or of `days` where rows say nothing of it."""
    return (cast(null(), Integer) if name == DAYS else literal(0, Integer)).label(name)


def pending_rows(subject: Subject[Any], pending: Pending, now: Moment, dialect: str) -> Facts:
    """Rows whose moments have not passed, as the table of those that wait has them."""
    due = subject.table.c[pending.at]
    columns = [_at(subject), due, *_keys(subject, dialect), literal(1, Integer).label(TOTAL)]
    return select(*columns).where(*_waits(subject, pending, now, past=False))


def pending_changes(subject: Subject[Any], pending: Pending, now: Moment) -> Facts:
    """The same out of changes."""
    change = subject.tables.change.c
    names = (subject.at, pending.at, *subject.keys, TOTAL)
    return select(*(change[name] for name in names)).where(change[pending.at] >= now)


def _waits(
    subject: Subject[Any], pending: Pending, now: Moment, *, past: bool
) -> tuple[ColumnElement[bool], ...]:
    due = subject.table.c[pending.at]
    condition: ColumnElement[bool] = literal_column(
        f"({pending.condition.format(subject.table.name)})"
    )
    return condition, due < now if past else due >= now


def _at(subject: Subject[Any]) -> ColumnElement[Any]:
    return subject.table.c[subject.at]


def _keys(subject: Subject[Any], dialect: str) -> list[ColumnElement[Any]]:
    """Where a row counts, under the names of the keys."""
    types: Mapping[str, TypeEngine[Any]] = subject.types
    told = subject.key_sql.items()
    return [_column(subject, name, sql, types[name], dialect) for name, sql in told]


def _column(
    subject: Subject[Any], name: str, sql: Sql, of: TypeEngine[Any], dialect: str
) -> ColumnElement[Any]:
    column: ColumnElement[Any] = literal_column(said(sql, subject.table.name, dialect), of)
    return column.label(name)
