"""Public tables as they were released: every look between two releases says the same.

A month is released when somebody first looks at it, and anew on the first day of every month; what
is entered, moved or erased meanwhile waits for the next release, which marks what it revises.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import func, select

from core.appeals.figures.subject import Dimension
from core.appeals.model import Appeal
from core.appeals.observations.histories import Values
from core.appeals.observations.model import PublishedTable
from core.appeals.observations.published import check_listed, published
from core.appeals.observations.statistic import Statistic
from core.appeals.observations.table import Row
from core.db.bulk import table_of, upsert
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.periods import midnight
from core.shapes.figures.marks import Cell, CellMark

REVISABLE = frozenset({CellMark.VALUE, CellMark.ZERO})


async def standing(
    work: Work, measure: Statistic, by: Sequence[Dimension], since: date | None, until: date | None
) -> list[Row] | None:
    """The table as it stands released today; None where nobody has looked at it yet.

    Refuses as `published` does.
    """
    first = check_listed(work, measure, by, since, until)
    found = await work.session.scalar(_of(measure, by, first).where(_on(work)))
    return None if found is None else [_row(one) for one in found.cells]


@serves()
async def release(
    work: Work, measure: Statistic, by: Sequence[Dimension], since: date | None, until: date | None
) -> list[Row]:
    """The table as it stands released today; released now where nobody has looked at it yet.

    Whoever asks gets the same. Answers count as they were known on the morning of the release.
    Of a month before the first appeal there is nothing to keep. Refuses as `published` does.
    """
    if (known := await standing(work, measure, by, since, until)) is not None:
        return known
    first = check_listed(work, measure, by, since, until)
    day = released_on(work)
    told = await published(work, measure, by, since, until, midnight(day, work.zone))
    query = _of(measure, by, first).where(PublishedTable.released_on < day)
    before = await work.session.scalar(query.order_by(PublishedTable.released_on.desc()).limit(1))
    rows = _revised(told, before)
    earliest = await work.session.scalar(select(func.min(Appeal.received_at)))
    if earliest is None or until is None or midnight(until, work.zone) < earliest:
        return rows
    values = {
        "measure": measure,
        "dimensions": _called(by),
        "start": first,
        "released_on": day,
        "cells": [_data(one) for one in rows],
        "at": work.now,
    }
    kept = upsert(work.dialect, table_of(PublishedTable)).values(values)
    await work.session.execute(kept.on_conflict_do_nothing())
    return await standing(work, measure, by, since, until) or rows


def released_on(work: Work) -> date:
    """The day of the release that stands today: the first of the month."""
    return work.today.replace(day=1)


def _of(measure: Statistic, by: Sequence[Dimension], start: date) -> Any:
    return select(PublishedTable).where(
        PublishedTable.measure == measure,
        PublishedTable.dimensions == _called(by),
        PublishedTable.start == start,
    )


def _on(work: Work) -> Any:
    return PublishedTable.released_on == released_on(work)


def _called(by: Sequence[Dimension]) -> str:
    return "+".join(by)


def _revised(told: Sequence[Row], before: PublishedTable | None) -> list[Row]:
    """The rows, marked where an earlier release said something else; once revised, so they stay."""
    known: Mapping[Values, Cell] = (
        {} if before is None else {row.values: row.cell for row in map(_row, before.cells)}
    )
    return [_marked(row, known.get(row.values)) for row in told]


def _marked(row: Row, was: Cell | None) -> Row:
    if was is None or row.cell.mark not in REVISABLE:
        return row
    same = (row.cell.value, row.cell.cases) == (was.value, was.cases)
    if same and was.mark is not CellMark.REVISED:
        return row
    return replace(row, cell=replace(row.cell, mark=CellMark.REVISED))


def _data(row: Row) -> list[Any]:
    value = None if row.cell.value is None else str(row.cell.value)
    return [list(row.values), value, row.cell.cases, row.cell.mark.value]


def _row(told: Sequence[Any]) -> Row:
    values, value, cases, mark = told
    number = None if value is None else Fraction(value)
    return Row(tuple(values), Cell(number, cases, CellMark(mark)))
