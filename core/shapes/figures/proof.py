"""Proof that the figures are right: the rows of a subject against its cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    CompoundSelect,
    FromClause,
    Select,
    func,
    literal,
    or_,
    select,
    text,
    union_all,
)

from core.kernel.work import Work
from core.shapes.figures.cuts import Cut
from core.shapes.figures.facts import of_rows, unfolded
from core.shapes.figures.folding import NOW, prepare
from core.shapes.figures.measures import DAYS
from core.shapes.figures.periods import Level
from core.shapes.figures.stretches import stretch
from core.shapes.figures.subject import Subject
from core.shapes.figures.tables import SumTable

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two tellings differ: a row's number and field, or a table's cut, stretch and group."""

    where: str
    what: str


async def verify_cells(
    work: Work, subject: Subject[Any], *, progress: Callable[[int], None]
) -> list[Difference]:
    """Where the cells, with what is not folded yet, are not what the rows add up to.

    `progress` is told how many cuts are done.
    """
    await prepare(work)
    found = list[Difference]()
    for number, cut in enumerate(subject.cuts, start=1):
        for kept in subject.tables.kept:
            found += await _of_cells(work, subject, kept, cut)
        progress(number)
    return found


async def hold_still(work: Work) -> None:
    """See everything as of one moment; nothing may have been read in this work before."""
    if work.dialect == "postgresql":
        await work.session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


async def _of_cells(
    work: Work, subject: Subject[Any], kept: SumTable, cut: Cut
) -> list[Difference]:
    query = _left_over(subject, kept, cut, work.zone, work.dialect)
    moment = await _moment(work, subject)
    found = (await work.session.execute(query, {"now": moment})).all()
    return [_cell_difference(kept, cut, row) for row in found[:MOST_SHOWN]]


@cache
def _left_over(
    subject: Subject[Any], kept: SumTable, cut: Cut, zone: ZoneInfo, dialect: str
) -> CompoundSelect[Any]:
    """What is left where the rows are added up and what is kept of them is taken away."""
    levels = kept.levels(cut)
    return union_all(*(_left_at(subject, kept, cut, level, zone, dialect) for level in levels))


def _left_at(
    subject: Subject[Any], kept: SumTable, cut: Cut, level: Level, zone: ZoneInfo, dialect: str
) -> Select[Any]:
    known = (kept.facts(cut, level), *(one.subquery() for one in unfolded(subject, NOW)))
    counted = of_rows(subject, NOW, dialect).subquery()
    parts = [_signed(kept, counted, 1), *(_signed(kept, part, -1) for part in known)]
    rows = union_all(*parts).subquery()
    start = stretch(rows.c[kept.at], level, zone, dialect).label("start")
    keys = [rows.c[name] for name in kept.grouping(cut)]
    sums = [func.sum(rows.c[name]).label(name) for name in kept.sums]
    query = select(literal(level.value).label("level"), start, *keys, *sums)
    query = query.group_by("start", *keys)
    return query.having(or_(*(func.sum(rows.c[name]) != 0 for name in kept.sums)))


async def _moment(work: Work, subject: Subject[Any]) -> datetime:
    """Now, but never before the cells' own moment."""
    folded_at = await work.session.scalar(select(subject.tables.state.c.folded_at))
    return max(work.now, folded_at) if folded_at else work.now


def _signed(kept: SumTable, rows: FromClause, sign: int) -> Select[Any]:
    columns = [rows.c[kept.at], *(rows.c[key] for key in kept.keys)]
    return select(*columns, *((literal(sign) * rows.c[name]).label(name) for name in kept.sums))


def _cell_difference(kept: SumTable, cut: Cut, row: Sequence[Any]) -> Difference:
    level, start, *rest = row
    keys = kept.grouping(cut)
    values = zip(keys, rest, strict=False)
    group = ", ".join(f"{DAYS}: {value}" if key == DAYS else str(value) for key, value in values)
    missing = zip(kept.sums, rest[len(keys) :], strict=True)
    wrong = ", ".join(f"{name}: не хватает {number}" for name, number in missing if number)
    place = f"{kept.table.name} {cut.key}/{level} {start:%Y-%m-%d %H:%M} [{group}]"
    return Difference(place, wrong)
