"""Proof that the figures are right: the rows of a subject against its cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    CTE,
    BigInteger,
    FromClause,
    Select,
    Subquery,
    cast,
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
    moment, kept = await _moment(work, subject), subject.tables.kept
    found = list[Difference]()
    for number, one in enumerate(kept, start=1):
        if not await _plainly_equal(work, subject, one, moment):
            query = _left_over(subject, one, work.zone, work.dialect)
            rows = (await work.session.execute(query, {"now": moment})).fetchmany(MOST_SHOWN)
            found += [_cell_difference(subject, one, row) for row in rows]
        progress(len(subject.cuts) * number // len(kept))
    return found


async def hold_still(work: Work) -> None:
    """See everything as of one moment; nothing may have been read in this work before."""
    if work.dialect == "postgresql":
        await work.session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


async def _plainly_equal(
    work: Work, subject: Subject[Any], kept: SumTable, moment: datetime
) -> bool:
    """Whether nothing is folded yet and row by row nothing is left over: no cut can differ then."""
    if await work.session.scalar(select(literal(1)).select_from(kept.table).limit(1)):
        return False
    query = _ungrouped(subject, kept, work.dialect)
    return (await work.session.execute(query, {"now": moment})).first() is None


@cache
def _ungrouped(subject: Subject[Any], kept: SumTable, dialect: str) -> Select[Any]:
    """What is left of the rows by all that is known of them, less what no cell has yet."""
    rows = _rows(subject, kept, dialect)
    sums = (cast(func.sum(rows.c[name]), BigInteger) for name in kept.sums)
    query = select(literal(1)).select_from(rows)
    query = query.group_by(rows.c[kept.at], *(rows.c[key] for key in kept.keys))
    return query.having(or_(*(one != 0 for one in sums))).limit(1)


@cache
def _left_over(subject: Subject[Any], kept: SumTable, zone: ZoneInfo, dialect: str) -> Select[Any]:
    """What is left where the rows are added up and what is kept of them is taken away.

    One statement for all cuts, which reads the rows once.
    """
    facts = _facts(subject, kept, zone, dialect)
    parts = [
        _added(subject, kept, facts, cut, level)
        for cut in subject.cuts
        for level in kept.levels(cut)
    ]
    rows = union_all(*parts, _taken(kept)).subquery()
    keys = [rows.c[name] for name in ("cut", "level", "start", *kept.keys)]
    sums = {name: cast(func.sum(rows.c[name]), BigInteger) for name in kept.sums}
    query = select(*keys, *(one.label(name) for name, one in sums.items())).group_by(*keys)
    return query.having(or_(*(one != 0 for one in sums.values())))


def _facts(subject: Subject[Any], kept: SumTable, zone: ZoneInfo, dialect: str) -> CTE:
    """The rows, less what no cell has yet, with the starts of their stretches."""
    rows = _rows(subject, kept, dialect)
    starts = (stretch(rows.c[kept.at], one, zone, dialect).label(one) for one in kept.has)
    return select(rows, *starts).cte("facts")


def _rows(subject: Subject[Any], kept: SumTable, dialect: str) -> Subquery:
    """The rows, less what no cell has yet."""
    counted = of_rows(subject, NOW, dialect).subquery()
    known = [_signed(kept, one.subquery(), -1) for one in unfolded(subject, NOW)]
    return union_all(_signed(kept, counted, 1), *known).subquery()


def _added(
    subject: Subject[Any], kept: SumTable, facts: CTE, cut: Cut, level: Level
) -> Select[Any]:
    """The facts added up in one cut at one level."""
    grouping = kept.grouping(cut)
    keys = [
        (facts.c[key] if key in grouping else literal(subject.empty(key))).label(key)
        for key in kept.keys
    ]
    sums = [cast(func.sum(facts.c[name]), BigInteger).label(name) for name in kept.sums]
    where = literal(cut.key).label("cut"), literal(level.value).label("level")
    query: Select[Any] = select(*where, facts.c[level].label("start"), *keys, *sums)
    return query.group_by("start", *(facts.c[name] for name in grouping))


def _taken(kept: SumTable) -> Select[Any]:
    """Every cell there is, taken away: one of a cut that is not kept is left over too."""
    cells = kept.table.c
    sums = (cast(-cells[name], BigInteger).label(name) for name in kept.sums)
    return select(cells.cut, cells.level, cells.start, *(cells[key] for key in kept.keys), *sums)


async def _moment(work: Work, subject: Subject[Any]) -> datetime:
    """Now, but never before the cells' own moment."""
    folded_at = await work.session.scalar(select(subject.tables.state.c.folded_at))
    return max(work.now, folded_at) if folded_at else work.now


def _signed(kept: SumTable, rows: FromClause, sign: int) -> Select[Any]:
    columns = [rows.c[kept.at], *(rows.c[key] for key in kept.keys)]
    return select(*columns, *((literal(sign) * rows.c[name]).label(name) for name in kept.sums))


def _cell_difference(subject: Subject[Any], kept: SumTable, row: Sequence[Any]) -> Difference:
    cut, level, start, *rest = row
    given = dict(zip(kept.keys, rest, strict=False))
    known = next((one for one in subject.cuts if one.key == cut), None)
    keys = kept.grouping(known) if known else kept.keys
    group = ", ".join(f"{DAYS}: {given[key]}" if key == DAYS else str(given[key]) for key in keys)
    missing = zip(kept.sums, rest[len(kept.keys) :], strict=True)
    wrong = ", ".join(f"{name}: не хватает {number}" for name, number in missing if number)
    place = f"{kept.table.name} {cut}/{level} {start:%Y-%m-%d %H:%M} [{group}]"
    return Difference(place, wrong)
