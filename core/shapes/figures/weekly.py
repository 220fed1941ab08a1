"""How many there are in each of many stretches of days, out of the cells, in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    Subquery,
    and_,
    bindparam,
    func,
    literal,
    select,
    union_all,
)

from core.db.database import UtcDateTime
from core.shapes.figures.cuts import Cut
from core.shapes.figures.facts import of_changes, of_rows
from core.shapes.figures.measures import TOTAL
from core.shapes.figures.periods import Level
from core.shapes.figures.reading import Wanted, fitting
from core.shapes.figures.subject import Subject

Stretch = tuple[datetime, datetime]
"""From local midnight to before local midnight, aware UTC."""

NUMBER = "number"


def in_stretches(
    wanted: Wanted[Any], cut: Cut | None, stretches: Sequence[Stretch], dialect: str
) -> Select[Any]:
    """The number of a stretch in their order, the groups' values, how many; never none.

    `cut` is what `cut_of` gave; without one the rows of the stretches are counted. They may
    overlap. Figures beside the total are not told; a period among the criteria is not looked at.
    """
    spans = _spans(stretches)
    parts = [_changes(wanted, spans), _cells(wanted.subject, cut, spans)] if cut else []
    rows = union_all(*(parts or [_rows(wanted, spans, dialect)]))
    query = _grouped(wanted, rows)
    return query.having(query.selected_columns[TOTAL] > 0)


def cells_in(wanted: Wanted[Any], cut: Cut, stretches: Sequence[Stretch]) -> Select[Any]:
    """The same of the cells alone, without what is not folded yet."""
    return _grouped(wanted, _cells(wanted.subject, cut, _spans(stretches)))


def changes_in(wanted: Wanted[Any], stretches: Sequence[Stretch]) -> Select[Any]:
    """The same of what is not folded yet: to be added to the cells, below 0 too."""
    return _grouped(wanted, _changes(wanted, _spans(stretches)))


def _grouped(wanted: Wanted[Any], rows: Any) -> Select[Any]:
    subject, every = wanted.subject, rows.subquery()
    values = [func.nullif(every.c[one], subject.empty(one)).label(one) for one in wanted.by]
    query = select(every.c[NUMBER], *values, func.sum(every.c[TOTAL]).label(TOTAL)).where(
        subject.sight.within(every.c, wanted.actor), *fitting(subject, every, wanted.criteria)
    )
    return query.group_by(every.c[NUMBER], *(every.c[one] for one in wanted.by))


def in_all(subject: Subject[Any], stretches: Sequence[Stretch]) -> Select[Any]:
    """How many rows the cells have in these stretches, whoever may see them."""
    cells = _cells(subject, subject.cuts[0], _spans(stretches)).subquery()
    return select(func.coalesce(func.sum(cells.c[TOTAL]), 0))


def _spans(stretches: Sequence[Stretch]) -> Subquery:
    return union_all(*(_row(at, one) for at, one in enumerate(stretches))).subquery()


def _cells(subject: Subject[Any], cut: Cut, spans: Subquery) -> Select[Any]:
    table = subject.tables.cells.table
    within = and_(
        table.c.cut == bindparam(None, cut.key, String, literal_execute=True),
        table.c.level == bindparam(None, Level.DAY, String, literal_execute=True),
        table.c.start >= spans.c.since,
        table.c.start < spans.c.until,
    )
    columns = [table.c[key] for key in (*subject.keys, TOTAL)]
    cells: Select[Any] = select(spans.c[NUMBER], *columns).join_from(spans, table, within)
    return cells


def _changes(wanted: Wanted[Any], spans: Subquery) -> Select[Any]:
    return _within(wanted.subject, of_changes(wanted.subject, wanted.now).subquery(), spans)


def _rows(wanted: Wanted[Any], spans: Subquery, dialect: str) -> Select[Any]:
    return _within(wanted.subject, of_rows(wanted.subject, wanted.now, dialect).subquery(), spans)


def _within(subject: Subject[Any], facts: Subquery, spans: Subquery) -> Select[Any]:
    at = facts.c[subject.at]
    inside = and_(at >= spans.c.since, at < spans.c.until)
    columns = [facts.c[key] for key in (*subject.keys, TOTAL)]
    found: Select[Any] = select(spans.c[NUMBER], *columns).join_from(spans, facts, inside)
    return found


def _row(at: int, stretch: Stretch) -> Select[Any]:
    columns: list[ColumnElement[Any]] = [
        literal(at, Integer).label(NUMBER),
        literal(stretch[0], UtcDateTime).label("since"),
        literal(stretch[1], UtcDateTime).label("until"),
    ]
    return select(*columns)
