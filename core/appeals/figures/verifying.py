"""Proof that the figures are right: ledgers against cases, and cases against cells."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
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

from core.appeals.figures.cuts import CUTS, Cut
from core.appeals.figures.facts import DAYS, of_appeals, of_changes, of_waiting
from core.appeals.figures.folding import NOW, prepare
from core.appeals.figures.kept import KEPT, Kept
from core.appeals.figures.model import Rollup
from core.appeals.figures.periods import Level
from core.appeals.figures.stretches import stretch
from core.appeals.ledger import deadlines_of, pure
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.rules.deadlines import governing
from core.appeals.rules.ledger import Entry, summary
from core.appeals.satisfaction.model import Survey
from core.directory.model import Body
from core.kernel.work import Work

PAGE = 2_000
MOST_SHOWN = 20
Progress = Callable[[int, int], None]
"""Told how many of how many steps are done: appeals first, then cuts."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two tellings differ: an appeal's number and field, or a cut, its stretch and group."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What was compared, and the first differences found; none proves equality."""

    appeals: int
    cuts: int
    differences: tuple[Difference, ...]


async def verify_rollups(work: Work, *, progress: Progress = lambda done, total: None) -> Proof:
    """Recompute every case from its ledger and every cell from the cases.

    Changes not folded yet are counted in, so it may run at any moment; while others write,
    `hold_still` must come first.
    """
    total = await work.session.scalar(select(func.count(Appeal.id))) or 0
    found = [
        *await verify_cases(work, progress=lambda done: progress(done, total)),
        *await verify_cells(work, progress=lambda done: progress(done, len(CUTS))),
    ]
    return Proof(total, len(CUTS), tuple(found[:MOST_SHOWN]))


async def verify_cases(work: Work, *, progress: Callable[[int], None]) -> list[Difference]:
    """Where the row of an appeal is not what its ledger says."""
    done, found = 0, list[Difference]()
    async for page in _pages(work):
        found += [difference for one in page for difference in _of_case(work, *one)]
        done += len(page)
        progress(done)
    return found


async def verify_cells(work: Work, *, progress: Callable[[int], None]) -> list[Difference]:
    """Where the cells, with what is not folded yet, are not what the rows of appeals add up to."""
    await prepare(work)
    found = list[Difference]()
    for number, cut in enumerate(CUTS, start=1):
        for kept in KEPT:
            found += await _of_cells(work, kept, cut)
        progress(number)
    return found


async def hold_still(work: Work) -> None:
    """See everything as of one moment; nothing may have been read in this work before."""
    if work.dialect == "postgresql":
        await work.session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


async def _pages(work: Work) -> AsyncIterator[Sequence[tuple[Appeal, str | None, int | None, Any]]]:
    """Appeals with the keys of their holders, their last marks and ledgers, a page at a time."""
    last = 0
    while page := await _page(work, last):
        last = page[-1][0].id
        numbers = [appeal.id for appeal, *_ in page]
        ledgers = await _ledgers(work, numbers)
        marks = await _marks(work, numbers)
        yield [(a, holder, marks.get(a.id), ledgers.get(a.id, ())) for a, holder in page]
        work.session.expunge_all()


async def _page(work: Work, last: int) -> Sequence[Any]:
    query = select(Appeal, Body.key).outerjoin(Body, Body.id == Appeal.body_id)
    query = query.where(Appeal.id > last).order_by(Appeal.id).limit(PAGE)
    return (await work.session.execute(query)).all()


async def _ledgers(work: Work, numbers: Sequence[int]) -> Mapping[int, Sequence[Entry]]:
    query = select(LedgerEntry).where(LedgerEntry.appeal_id.in_(numbers))
    rows: dict[int, list[LedgerEntry]] = {}
    for row in await work.session.scalars(query.order_by(LedgerEntry.appeal_id, LedgerEntry.seq)):
        rows.setdefault(row.appeal_id, []).append(row)
    return {number: pure(entries) for number, entries in rows.items()}


async def _marks(work: Work, numbers: Sequence[int]) -> Mapping[int, int]:
    query = select(Survey.appeal_id, Survey.mark).where(
        Survey.appeal_id.in_(numbers), Survey.mark.is_not(None)
    )
    ordered = query.order_by(Survey.answered_at, Survey.id)
    return {number: mark for number, mark in await work.session.execute(ordered) if mark}


def _of_case(
    work: Work, appeal: Appeal, holder: str | None, mark: int | None, entries: Sequence[Entry]
) -> list[Difference]:
    told = summary(entries)
    due = governing(deadlines_of(work, appeal, entries))
    compared = (
        ("state", appeal.state, told.state),
        ("body", holder, told.holder),
        ("outcome", appeal.outcome, told.outcome),
        ("answered_at", appeal.answered_at, told.answered_at),
        ("reworks", appeal.reworks, told.reworks),
        ("due_at", appeal.due_at, due and due.due_at),
        ("due_rule", appeal.due_rule, due and due.rule.key),
        ("mark", appeal.mark, mark),
    )
    return [
        Difference(appeal.number, f"{name}: {_said(row)}, по журналу {_said(ledger)}")
        for name, row, ledger in compared
        if row != ledger
    ]


async def _of_cells(work: Work, kept: Kept, cut: Cut) -> list[Difference]:
    query = _left_over(kept, cut, work.zone, work.dialect)
    found = (await work.session.execute(query, {"now": await _moment(work)})).all()
    return [_cell_difference(kept, cut, row) for row in found[:MOST_SHOWN]]


@cache
def _left_over(kept: Kept, cut: Cut, zone: ZoneInfo, dialect: str) -> CompoundSelect[Any]:
    """What is left where the cases are added up and what is kept of them is taken away."""
    return union_all(*(_left_at(kept, cut, level, zone, dialect) for level in kept.levels(cut)))


def _left_at(kept: Kept, cut: Cut, level: Level, zone: ZoneInfo, dialect: str) -> Select[Any]:
    known = (kept.facts(cut, level), of_changes(NOW).subquery(), of_waiting(NOW).subquery())
    appeals = of_appeals(NOW, dialect).subquery()
    parts = [_signed(kept, appeals, 1), *(_signed(kept, part, -1) for part in known)]
    rows = union_all(*parts).subquery()
    start = stretch(rows.c.received_at, level, zone, dialect).label("start")
    keys = [rows.c[name] for name in kept.grouping(cut)]
    sums = [func.sum(rows.c[name]).label(name) for name in kept.sums]
    query = select(literal(level.value).label("level"), start, *keys, *sums)
    query = query.group_by("start", *keys)
    return query.having(or_(*(func.sum(rows.c[name]) != 0 for name in kept.sums)))


async def _moment(work: Work) -> datetime:
    """Now, but never before the cells' own moment."""
    folded_at = await work.session.scalar(select(Rollup.folded_at))
    return max(work.now, folded_at) if folded_at else work.now


def _signed(kept: Kept, rows: FromClause, sign: int) -> Select[Any]:
    columns = [rows.c.received_at, *(rows.c[key] for key in kept.keys)]
    return select(*columns, *((literal(sign) * rows.c[name]).label(name) for name in kept.sums))


def _cell_difference(kept: Kept, cut: Cut, row: Sequence[Any]) -> Difference:
    level, start, *rest = row
    keys = kept.grouping(cut)
    values = zip(keys, rest, strict=False)
    group = ", ".join(f"{DAYS}: {value}" if key == DAYS else str(value) for key, value in values)
    missing = zip(kept.sums, rest[len(keys) :], strict=True)
    wrong = ", ".join(f"{name}: не хватает {number}" for name, number in missing if number)
    return Difference(f"{cut.key}/{level} {start:%Y-%m-%d %H:%M} [{group}]", wrong)


def _said(value: object) -> str:
    return "нет" if value is None else str(value)
