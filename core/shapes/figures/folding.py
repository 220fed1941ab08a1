"""Adding changes up into cells. A fold is one transaction: nothing is lost and nothing twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from itertools import product
from secrets import token_hex
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Insert,
    MetaData,
    Row,
    Select,
    Table,
    bindparam,
    cast,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    true,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from core.db.bulk import upsert
from core.db.database import UtcDateTime
from core.kernel.work import Work
from core.shapes.figures.cuts import Cut
from core.shapes.figures.facts import of_rows, pending_changes, pending_rows, unfolded
from core.shapes.figures.measures import DAYS
from core.shapes.figures.periods import Level
from core.shapes.figures.stretches import STRETCH, sqlite_stretch, stretch
from core.shapes.figures.subject import Subject
from core.shapes.figures.tables import SumTable

NOW = bindparam("now", type_=UtcDateTime())
FINER = {Level.MONTH: Level.DAY, Level.SIX_HOURS: Level.HOUR}
"""From whose cells a level can be made: its stretches are made of theirs in every zone."""

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


async def fold(work: Work, subject: Subject[Any]) -> None:
    """Add every change that stands into the cells, and note whose moments have passed.

    Folds of a subject take turns. Cells of other cuts, or none yet, are made anew from the rows;
    so are those that a clock since set back has made.
    """
    state, session, now = await _state(work, subject), work.session, work.now
    if state.edition != edition(subject, work.zone) or state.folded_at > now:
        await rebuild(work, subject)
        return
    change, pending = subject.tables.change, subject.pending
    if not await session.scalar(select(or_(*(one.exists() for one in unfolded(subject, now))))):
        return
    await session.execute(update(change).values(folding=True))
    await prepare(work)
    for kept in subject.tables.kept:
        await session.execute(_folding(subject, kept, work.zone, work.dialect), {"now": now})
    waiting = subject.tables.waiting
    if waiting is not None and pending is not None:
        await session.execute(delete(waiting).where(waiting.c[pending.at] < now))
        fresh = pending_changes(subject, pending, now).where(_folded(subject))
        await session.execute(_inserting(waiting, fresh))
    await session.execute(delete(change).where(_folded(subject)))
    await session.execute(update(subject.tables.state).values(folded_at=now, fold=_word()))


async def rebuild(work: Work, subject: Subject[Any]) -> None:
    """Make every cell anew from the rows; whoever changes one waits while it lasts."""
    await _state(work, subject)
    session, dialect, tables = work.session, work.dialect, subject.tables
    if dialect == "postgresql":
        lock = f"LOCK TABLE {subject.table.name} IN SHARE ROW EXCLUSIVE MODE"
        await session.execute(text(lock))
    emptied = (tables.change, tables.waiting, *(kept.table for kept in tables.kept))
    for table in emptied:
        if table is not None:
            await session.execute(delete(table))
    if not await session.scalar(select(subject.table).exists().select()):
        await _begin(work, subject, LONG_AGO)
        return
    await prepare(work)
    async with _kept(session, of_rows(subject, work.now, dialect)) as rows:
        for kept, cut in product(tables.kept, subject.cuts):
            for level in reversed(kept.levels(cut)):
                finer = FINER.get(level)
                source = kept.facts(cut, finer) if finer in kept.levels(cut) else rows
                start = stretch(source.c[subject.at], level, work.zone, dialect)
                cells = _cells(source, subject, kept, cut, level, start).order_by("start")
                await session.execute(_adding(kept, cells, dialect))
    if tables.waiting is not None and subject.pending is not None:
        waiting = pending_rows(subject, subject.pending, work.now, dialect)
        await session.execute(_inserting(tables.waiting, waiting))
    found = await session.scalar(select(tables.cells.table).exists().select())
    await _begin(work, subject, work.now if found else LONG_AGO)


async def _begin(work: Work, subject: Subject[Any], folded_at: datetime) -> None:
    """Note what the cells are of, and as of when."""
    known = {"folded_at": folded_at, "edition": edition(subject, work.zone), "fold": _word()}
    await work.session.execute(update(subject.tables.state).values(known))


def _word() -> str:
    """The name of one fold: of those that are undone too none is ever called so again."""
    return token_hex(8)


def edition(subject: Subject[Any], zone: ZoneInfo) -> str:
    """What the cells depend on beside the rows: what is kept, and the region's zone."""
    cuts = [
        f"{kept.table.name}/{cut.key}/{'+'.join(kept.levels(cut))}"
        for kept, cut in product(subject.tables.kept, subject.cuts)
    ]
    return sha256(" ".join([*cuts, zone.key]).encode()).hexdigest()


async def _state(work: Work, subject: Subject[Any]) -> Row[Any]:
    """The row about the cells, locked until the end of the work."""
    table = subject.tables.state
    fresh = upsert(work.dialect, table).values(id=1, folded_at=LONG_AGO, edition="")
    await work.session.execute(fresh.on_conflict_do_nothing())
    return (await work.session.execute(select(table).with_for_update())).one()


@cache
def _folding(subject: Subject[Any], kept: SumTable, zone: ZoneInfo, dialect: str) -> Insert:
    """The statement that adds what is folded at the moment `now` to the cells of every cut.

    One for all, which reads the changes once: for a few of them there is no other work to do.
    """
    changes, *others = unfolded(subject, NOW)
    changed = union_all(changes.where(_folded(subject)), *others).subquery()
    at = changed.c[subject.at]
    starts = (stretch(at, one, zone, dialect).label(one) for one in kept.has)
    rows = select(changed, *starts).cte("facts")
    cells = (
        _cells(rows, subject, kept, cut, level, rows.c[level])
        for cut in subject.cuts
        for level in kept.levels(cut)
    )
    return _adding(kept, union_all(*cells), dialect)


def _folded(subject: Subject[Any]) -> ColumnElement[bool]:
    """The changes that this fold works on."""
    return subject.tables.change.c.folding.is_(True)


def _cells(
    rows: FromClause,
    subject: Subject[Any],
    kept: SumTable,
    cut: Cut,
    level: Level,
    start: ColumnElement[datetime],
) -> Select[Any]:
    """What rows of facts add up to in one cut at one level, whose stretches begin at `start`."""
    grouping = kept.grouping(cut)
    keys = [
        (rows.c[key] if key in grouping else literal(subject.empty(key))).label(key)
        for key in kept.keys
    ]
    sums = [cast(func.sum(rows.c[name]), BigInteger).label(name) for name in kept.sums]
    return (
        select(literal(cut.key).label("cut"), literal(level.value).label("level"))
        .add_columns(start.label("start"), *keys, *sums)
        .where(rows.c[DAYS].is_not(None) if DAYS in grouping else true())
        .group_by("start", *(rows.c[name] for name in grouping))
        .having(or_(*(func.sum(rows.c[name]) != 0 for name in kept.sums)))
    )


def _adding(kept: SumTable, cells: Select[Any] | CompoundSelect[Any], dialect: str) -> Insert:
    """The statement that adds these cells to those kept."""
    added = upsert(dialect, kept.table).from_select(cells.selected_columns.keys(), cells)
    sum_up = {name: kept.table.c[name] + added.excluded[name] for name in kept.sums}
    return added.on_conflict_do_update(index_elements=[*kept.table.primary_key], set_=sum_up)


def _inserting(table: Table, rows: Select[Any]) -> Insert:
    return insert(table).from_select(rows.selected_columns.keys(), rows)


@asynccontextmanager
async def _kept(session: AsyncSession, facts: Select[Any]) -> AsyncIterator[Table]:
    """Facts in a table of their own while the block lasts: narrow, and read many times."""
    columns = [Column(column.key, column.type) for column in facts.selected_columns]
    table = Table("rollup_facts", MetaData(), *columns, prefixes=["TEMPORARY"])
    connection = await session.connection()
    await connection.run_sync(table.create)
    await session.execute(insert(table).from_select([*table.c.keys()], facts))
    yield table
    await connection.run_sync(table.drop)


async def prepare(work: Work) -> None:
    """SQLite knows no zones: it is given a function."""
    if work.dialect == "sqlite":
        raw = await (await work.session.connection()).get_raw_connection()
        assert raw.driver_connection is not None
        await raw.driver_connection.create_function(STRETCH, 2, sqlite_stretch(work.zone))
