"""How long appeals lasted, group by group, as counts that can be added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, case, func, literal, select

from core.appeals.classifier.model import Category
from core.appeals.content import searcher
from core.appeals.figures.subject import Dimension
from core.appeals.model import Appeal
from core.appeals.queries import AppealFilter, matching, visible
from core.db.bulk import table_of
from core.db.database import UtcDateTime
from core.db.durations import seconds_between
from core.directory.model import Body
from core.kernel.work import Work
from core.shapes.figures.rules import DAY
from core.statistics.survival import Ends, History, merged

Query = TypeVar("Query", bound=Select[Any])

KEYED: Mapping[Dimension, tuple[type[Body] | type[Category], ColumnElement[bool]]] = {
    Dimension.BODY: (Body, Body.id == Appeal.body_id),
    Dimension.CATEGORY: (Category, Category.id == Appeal.category_id),
}

Values = tuple[str | None, ...]
"""Of the dimensions in their order; a body is its key."""

Apart = Sequence[ColumnElement[Any]]


async def histories(
    work: Work,
    by: Sequence[Dimension],
    criteria: AppealFilter,
    as_of: datetime,
    apart: Apart = (),
) -> dict[Values, History]:
    """Of what the actor may see and fits, as it was known at an aware moment.

    Days are full ones of 24 hours from the receipt. What came later does not count; what was
    closed without an answer has left. Rows of the period are read, a group of them at a time. What
    else tells them `apart` stands after their values.
    """
    answered = Appeal.answered_at <= as_of
    gone = Appeal.closed_at <= as_of
    seen: ColumnElement[datetime] = literal(as_of, UtcDateTime)
    end = case((answered, Appeal.answered_at), (gone, Appeal.closed_at), else_=seen)
    columns: list[ColumnElement[Any]] = [
        *map(_value, by),
        *apart,
        seconds_between(Appeal.received_at, end) // DAY,
        case((answered, 0), (gone, 1), else_=2),
    ]
    labelled = [one.label(f"c{place}") for place, one in enumerate(columns)]
    actor = searcher(work.actor, criteria)
    query = select(*labelled, func.count()).where(
        matching(criteria, work.now, work.dialect), visible(actor), Appeal.received_at <= as_of
    )
    query = _joined(query, by)
    found: dict[Values, list[History]] = {}
    for *values, day, way, count in await work.session.execute(query.group_by(*labelled)):
        counts = [0, 0, 0]
        counts[way] = count
        found.setdefault(tuple(values), []).append({day: Ends(*counts)})
    return {values: merged(days) for values, days in found.items()}


async def prolonged(
    work: Work, by: Sequence[Dimension], criteria: AppealFilter, apart: Apart = ()
) -> dict[Values, tuple[int, int]]:
    """By how many days what was prolonged was, in all, and how many appeals there are."""
    columns = (*map(_value, by), *apart)
    values = [one.label(f"c{place}") for place, one in enumerate(columns)]
    told = func.coalesce(func.sum(Appeal.prolonged_days), 0), func.count(Appeal.id)
    actor = searcher(work.actor, criteria)
    query = select(*values, *told).where(matching(criteria, work.now, work.dialect), visible(actor))
    rows = await work.session.execute(_joined(query, by).group_by(*values))
    return {tuple(values): (int(days), count) for *values, days, count in rows}


def _joined(query: Query, by: Sequence[Dimension]) -> Query:
    """With the tables that have the keys of what is told apart by ids."""
    for dimension, (model, is_that) in KEYED.items():
        if dimension in by:
            query = query.outerjoin(model, is_that)
    return query


def _value(dimension: Dimension) -> ColumnElement[Any]:
    keyed = KEYED.get(dimension)
    column: ColumnElement[Any] = (
        table_of(keyed[0]).c.key if keyed else table_of(Appeal).c[dimension]
    )
    return column
