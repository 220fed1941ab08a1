"""The rows of an ordered table: names of the columns first, beside each value how to read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from core.appeals.observations.beside import CutRow, Tell, cut
from core.appeals.observations.histories import Values
from core.appeals.observations.naming import Naming, naming
from core.appeals.observations.table import Row
from core.appeals.observations.timing import timed
from core.appeals.queries import AppealFilter
from core.appeals.tabulations.asked import Asked
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.periods import Period
from core.shapes.figures.marks import Cell
from core.structure.blocks import load_blocks

MOST_GROUPS = 200_000
"""Groups of one file: what a spreadsheet still opens, and one process still holds."""

PERIODS = ("Период", "Предыдущий", "Год назад")
Rows = list[list[object]]


@serves()
async def rows_of(work: Work, asked: Asked, tell: Tell) -> Rows:
    """What is asked by the rights of the actor. Needs READ_APPEALS.

    Refuses as `cut` and `timed` do, TOO_MUCH more than MOST_GROUPS groups.
    """
    criteria = asked.criteria or AppealFilter()
    if asked.each is not None:
        return await _by_times(work, asked, criteria, tell)
    by = asked.by
    told = await cut(work, asked.measure, by, criteria, asked.period, MOST_GROUPS, tell)
    names = await naming(work, by, [row.values for row in told.rows])
    heads: list[object] = [one.label for one in by]
    for title, period in zip(PERIODS, told.periods, strict=True):
        column = f"{title}: {_day(period.start)}–{_day(period.last_day)}"
        heads += [column, f"{column}: обращений", f"{column}: как читать"]
    rows = [[*_named(names, asked, row.values), *_all(row)] for row in told.rows]
    total = ["Все вместе", *("" for _ in by[1:])] if by else []
    return [heads, *rows, [*total, *_all(told.total)]]


async def _by_times(work: Work, asked: Asked, criteria: AppealFilter, tell: Tell) -> Rows:
    assert asked.each is not None
    since, until = asked.period.bounds(work.zone)
    within = replace(criteria, received_from=since, received_before=until)
    by, each = asked.by, asked.each
    told = await timed(work, asked.measure, by, within, each, MOST_GROUPS, tell)
    names = await naming(work, by, [row.values for row in told])
    heads = [*(one.label for one in by), each.label]
    rows = [[*_named(names, asked, row.values), row.values[-1], *_said(row.cell)] for row in told]
    return [[*heads, *_measured(asked)], *rows]


async def open_rows(work: Work, asked: Asked, told: Sequence[Row]) -> Rows:
    """A table that is open to everybody, named as the law of its last day names."""
    period: Period = asked.period
    names = Naming({}, work.rules, await load_blocks(work.session, work.rules), period.last_day)
    heads: list[object] = [one.label for one in asked.by]
    rows = [[*_named(names, asked, row.values), *_said(row.cell)] for row in told]
    return [[*heads, *_measured(asked)], *rows]


def _measured(asked: Asked) -> list[object]:
    return [asked.measure.label, "обращений", "как читать"]


def _named(names: Naming, asked: Asked, values: Values) -> list[object]:
    found = (names.said(one, value) for one, value in zip(asked.by, values, strict=False))
    return [name or key or "не указано" for key, name in found]


def _all(row: CutRow) -> list[object]:
    return [value for one in row.cells for value in _said(one)]


def _said(cell: Cell) -> list[object]:
    """The value as a number, whole where it is."""
    value = cell.value
    exact = None if value is None else int(value) if value.denominator == 1 else float(value)
    return [exact, cell.cases, cell.mark.label]


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
