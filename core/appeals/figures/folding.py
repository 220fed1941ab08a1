"""Adding changes up into cells. A fold is one transaction: nothing is lost and nothing twice."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from itertools import product
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

from core.appeals.figures.cuts import CUTS, Cut, Dimension
from core.appeals.figures.facts import (
    DAYS,
    of_appeals,
    of_changes,
    of_waiting,
    pending_appeals,
    pending_changes,
)
from core.appeals.figures.kept import CELLS, KEPT, Kept
from core.appeals.figures.model import Rollup, RollupChange, RollupWaiting
from core.appeals.figures.periods import Level
from core.appeals.figures.stretches import STRETCH, sqlite_stretch, stretch
from core.db.bulk import table_of, upsert
from core.db.database import UtcDateTime
from core.kernel.work import Work

CHANGE, WAITING = table_of(RollupChange), table_of(RollupWaiting)
FOLDING = CHANGE.c.folding.is_(True)
NOW = bindparam("now", type_=UtcDateTime())
FINER = {Level.MONTH: Level.DAY, Level.SIX_HOURS: Level.HOUR}
"""From whose cells a level can be made: its stretches are made of theirs in every zone."""

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


async def run_fold(work: Work, _payload: Mapping[str, object]) -> None:
    """Periodic job: fold what has changed since the last one."""
    await fold(work)


async def fold(work: Work) -> None:
    """Add every change that stands into the cells, and note whose deadlines have passed.

    Folds take turns. Cells of other cuts, or none yet, are made anew from the appeals; so are
    those that a clock since set back has made.
    """
    state, session, now = await _state(work), work.session, work.now
    if state.edition != edition(work.zone) or state.folded_at > now:
        await rebuild(work)
        return
    if not await session.scalar(select(or_(select(CHANGE).exists(), of_waiting(now).exists()))):
        return
    await session.execute(update(CHANGE).values(folding=True))
    await prepare(work)
    for kept in KEPT:
        await session.execute(_folding(kept, work.zone, work.dialect), {"now": now})
    await session.execute(delete(WAITING).where(WAITING.c.due_at < now))
    await session.execute(_waiting(pending_changes(now).where(FOLDING)))
    await session.execute(delete(CHANGE).where(FOLDING))
    state.folded_at = now


async def rebuild(work: Work) -> None:
    """Make every cell anew from the appeals; whoever changes one waits while it lasts."""
    state, session = await _state(work), work.session
    dialect = work.dialect
    if dialect == "postgresql":
        await session.execute(text("LOCK TABLE appeal IN SHARE ROW EXCLUSIVE MODE"))
    for table in (CHANGE, WAITING, *(kept.table for kept in KEPT)):
        await session.execute(delete(table))
    await prepare(work)
    async with _kept(session, of_appeals(work.now, dialect)) as rows:
        for kept, cut in product(KEPT, CUTS):
            for level in reversed(kept.levels(cut)):
                finer = FINER.get(level)
                source = kept.facts(cut, finer) if finer in kept.levels(cut) else rows
                start = stretch(source.c.received_at, level, work.zone, dialect)
                cells = _cells(source, kept, cut, level, start).order_by("start")
                await session.execute(_adding(kept, cells, dialect))
    await session.execute(_waiting(pending_appeals(work.now)))
    cells = await session.scalar(select(CELLS.table).exists().select())
    state.folded_at, state.edition = work.now if cells else LONG_AGO, edition(work.zone)


def edition(zone: ZoneInfo) -> str:
    """What the cells depend on beside the appeals: what is kept, and the region's zone."""
    cuts = [
        f"{kept.table.name}/{cut.key}/{'+'.join(kept.levels(cut))}"
        for kept, cut in product(KEPT, CUTS)
    ]
    return sha256(" ".join([*cuts, zone.key]).encode()).hexdigest()


async def _state(work: Work) -> Rollup:
    """The row about the cells, locked until the end of the work."""
    first = {"id": 1, "folded_at": LONG_AGO, "edition": ""}
    fresh = upsert(work.dialect, table_of(Rollup)).values(first)
    await work.session.execute(fresh.on_conflict_do_nothing())
    query = select(Rollup).with_for_update().execution_options(populate_existing=True)
    return (await work.session.scalars(query)).one()


@cache
def _folding(kept: Kept, zone: ZoneInfo, dialect: str) -> Insert:
    """The statement that adds what is folded at the moment `now` to the cells of every cut.

    One for all, which reads the changes once: for a few of them there is no other work to do.
    """
    changed = union_all(of_changes(NOW).where(FOLDING), of_waiting(NOW)).subquery()
    starts = (stretch(changed.c.received_at, one, zone, dialect).label(one) for one in kept.has)
    rows = select(changed, *starts).cte("facts")
    cells = (
        _cells(rows, kept, cut, level, rows.c[level]) for cut in CUTS for level in kept.levels(cut)
    )
    return _adding(kept, union_all(*cells), dialect)


def _cells(
    rows: FromClause, kept: Kept, cut: Cut, level: Level, start: ColumnElement[datetime]
) -> Select[Any]:
    """What rows of facts add up to in one cut at one level, whose stretches begin at `start`."""
    grouping = kept.grouping(cut)
    keys = [(rows.c[key] if key in grouping else _none(key)).label(key) for key in kept.keys]
    sums = [cast(func.sum(rows.c[name]), BigInteger).label(name) for name in kept.sums]
    return (
        select(literal(cut.key).label("cut"), literal(level.value).label("level"))
        .add_columns(start.label("start"), *keys, *sums)
        .where(rows.c[DAYS].is_not(None) if DAYS in grouping else true())
        .group_by("start", *(rows.c[name] for name in grouping))
        .having(or_(*(func.sum(rows.c[name]) != 0 for name in kept.sums)))
    )


def _adding(kept: Kept, cells: Select[Any] | CompoundSelect[Any], dialect: str) -> Insert:
    """The statement that adds these cells to those kept."""
    added = upsert(dialect, kept.table).from_select(cells.selected_columns.keys(), cells)
    sum_up = {name: kept.table.c[name] + added.excluded[name] for name in kept.sums}
    return added.on_conflict_do_update(index_elements=[*kept.table.primary_key], set_=sum_up)


def _none(key: str) -> ColumnElement[Any]:
    """What stands for a dimension that is summed over."""
    return literal(0) if key == Dimension.BODY else literal("")


def _waiting(pending: Select[Any]) -> Insert:
    return insert(WAITING).from_select(pending.selected_columns.keys(), pending)


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
