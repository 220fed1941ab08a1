"""Adding changes up into cells. A fold is one transaction: nothing is lost and nothing twice."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
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
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from core.bulk import table_of, upsert
from core.database import UtcDateTime
from core.rollups.cuts import CUTS, Cut, Dimension
from core.rollups.facts import (
    FIGURES,
    KEYS,
    of_appeals,
    of_changes,
    of_waiting,
    pending_appeals,
    pending_changes,
)
from core.rollups.model import Rollup, RollupCell, RollupChange, RollupWaiting
from core.rollups.periods import Level
from core.rollups.stretches import STRETCH, sqlite_stretch, stretch
from core.work import Work

CHANGE, WAITING, CELL = (table_of(model) for model in (RollupChange, RollupWaiting, RollupCell))
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
    for cut in CUTS:
        for level in cut.levels:
            await session.execute(_folding(cut, level, work.zone, work.dialect), {"now": now})
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
    for table in (CHANGE, WAITING, CELL):
        await session.execute(delete(table))
    await prepare(work)
    async with _kept(session, of_appeals(work.now, dialect)) as rows:
        for cut in CUTS:
            for level in reversed(cut.levels):
                finer = FINER.get(level)
                source = cells_of(cut, finer) if finer in cut.levels else rows
                await session.execute(_adding(source, cut, level, work.zone, dialect))
    await session.execute(_waiting(pending_appeals(work.now)))
    cells = await session.scalar(select(CELL).exists().select())
    state.folded_at, state.edition = work.now if cells else LONG_AGO, edition(work.zone)


def edition(zone: ZoneInfo) -> str:
    """What the cells depend on beside the appeals: the cuts, their levels and the region's zone."""
    cuts = [f"{cut.key}/{'+'.join(cut.levels)}" for cut in CUTS]
    return sha256(" ".join([*cuts, zone.key]).encode()).hexdigest()


async def _state(work: Work) -> Rollup:
    """The row about the cells, locked until the end of the work."""
    first = {"id": 1, "folded_at": LONG_AGO, "edition": ""}
    fresh = upsert(work.dialect, table_of(Rollup)).values(first)
    await work.session.execute(fresh.on_conflict_do_nothing())
    query = select(Rollup).with_for_update().execution_options(populate_existing=True)
    return (await work.session.scalars(query)).one()


@cache
def _folding(cut: Cut, level: Level, zone: ZoneInfo, dialect: str) -> Insert:
    """The statement that adds what is folded at the moment `now` to the cells."""
    rows = union_all(of_changes(NOW).where(FOLDING), of_waiting(NOW)).subquery()
    return _adding(rows, cut, level, zone, dialect)


def _adding(rows: FromClause, cut: Cut, level: Level, zone: ZoneInfo, dialect: str) -> Insert:
    """The statement that adds rows of facts to the cells of one cut at one level."""
    start = stretch(rows.c.received_at, level, zone, dialect).label("start")
    keys = [_kept_key(rows, cut, key).label(key) for key in KEYS]
    sums = [cast(func.sum(rows.c[name]), BigInteger).label(name) for name in FIGURES]
    query = (
        select(literal(cut.key).label("cut"), literal(level.value).label("level"), start)
        .add_columns(*keys, *sums)
        .group_by("start", *(rows.c[name] for name in (*cut.dimensions, "views")))
        .having(or_(*(func.sum(rows.c[name]) != 0 for name in FIGURES)))
        .order_by("start")
    )
    added = upsert(dialect, CELL).from_select(query.selected_columns.keys(), query)
    sum_up = {name: CELL.c[name] + added.excluded[name] for name in FIGURES}
    return added.on_conflict_do_update(index_elements=[*CELL.primary_key], set_=sum_up)


def _kept_key(rows: FromClause, cut: Cut, key: str) -> ColumnElement[Any]:
    """The row's own value where the cut has the dimension, none where it sums over it."""
    if key in cut.dimensions or key == "views":
        return rows.c[key]
    return literal(0) if key == Dimension.BODY else literal("")


def cells_of(cut: Cut, level: Level | None) -> FromClause:
    """The cells of a cut at one level as facts."""
    columns = [CELL.c[name] for name in (*KEYS, *FIGURES)]
    cells = select(CELL.c.start.label("received_at"), *columns)
    return cells.where(CELL.c.cut == cut.key, CELL.c.level == level).subquery()


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
