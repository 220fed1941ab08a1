"""Moving a region from SQLite to PostgreSQL: in batches, to be gone on with, proved at the end.

The source is held alone and marked, so that nobody writes there any more; the target is marked by
the same row until everything is there and proved. What was interrupted goes on with the next run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Connection,
    Table,
    create_engine,
    event,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import StaticPool

from core.db.address import place
from core.db.bulk import table_of
from core.db.database import Base
from core.kernel.codes import RefusalCode
from core.kernel.doors.model import Arrival, Way
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.region.backup import server
from core.region.backup.rows import count, key, plainly
from core.region.backup.sqlite import TABLES, file_of, in_use
from core.region.backup.tally import Tally
from core.region.migrate import connecting, load_models, upgrade

BATCH = 5_000
KEPT_REFERENCES = "moving_reference"
"""Where the target keeps the references that it lays aside; while it is there, not all is moved."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved: how many tables and rows; `again` says that it had been moved before."""

    tables: int
    rows: int
    again: bool = False


async def move(region: Region, target: Region, progress: Progress) -> Moved:
    """Bring everything of a region on SQLite to the same region on an empty PostgreSQL database.

    Refuses INVALID where somebody else has the source open, the target is not empty, or a table
    does not come out as it is.
    """
    await region.database.close()
    with held(region) as source:
        mark = _marked(region, source, place(target.database.url))
        load_models(region)
        tables = _tables(source)
        if not await _begun(target, source, mark):
            return Moved(len(tables), 0, again=True)
        total = sum(_many(source, table) for table in tables)
        done = 0
        for table in tables:
            done = await _copy(target, source, table, done, lambda n: progress(n, total))
        await _prove(target, source, tables)
        await _finish(target, tables)
        return Moved(len(tables), total)


async def cancel(region: Region) -> None:
    """Let the source be served again: the move is given up, whatever the target has."""
    await region.database.close()
    with held(region) as source:
        table = table_of(Arrival)
        source.execute(table.delete().where(_open_mark(table)))
        source.exec_driver_sql("COMMIT")


@contextmanager
def held(region: Region) -> Iterator[Connection]:
    """The database file, which nobody else has open; Refusal(INVALID) where somebody has."""
    way, file = region.database.embedded, file_of(region.database.url)
    engine = create_engine(
        f"sqlite:///{file}",
        module=way.module,
        creator=lambda: way.connect(file, timeout=5, check_same_thread=False),
        poolclass=StaticPool,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _exclusive)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
    except OperationalError as error:
        if "locked" not in str(error):
            raise
        raise in_use(region.code, " на время переноса") from None
    finally:
        engine.dispose()


def _exclusive(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    connection.execute("PRAGMA synchronous=FULL")


def _open_mark(table: Table) -> Any:
    return (table.c.way == Way.MOVED) & table.c.completed_at.is_(None)


def _marked(region: Region, source: Connection, to: str) -> int:
    """The id of the row by which the source is served no more; made by the first run."""
    table = table_of(Arrival)
    rows = source.execute(select(table.c.id, table.c.source).where(_open_mark(table))).all()
    if not rows:
        now = region.now()
        row = {"way": Way.MOVED, "source": to, "made_at": now, "began_at": now}
        source.execute(insert(table).values(row))
        source.exec_driver_sql("COMMIT")
        source.exec_driver_sql("BEGIN IMMEDIATE")
        return _marked(region, source, to)
    if rows[0].source != to:
        text = (
            f"База региона «{region.code}» уже переносится в {rows[0].source}: продолжите туда "
            f"или откажитесь: tsur move --cancel {region.code}"
        )
        raise Refusal(RefusalCode.INVALID, text)
    return int(rows[0].id)


def _tables(source: Connection) -> list[Table]:
    """The tables to be moved; Refusal(INVALID) for one with rows that no model describes."""
    names = {row[0] for row in source.exec_driver_sql(TABLES)}
    for name in sorted(names - Base.metadata.tables.keys() - {server.REVISIONS}):
        virtual = any(name.startswith(f"{one}_") for one in _virtual(source))
        if not virtual and source.exec_driver_sql(f'SELECT 1 FROM "{name}" LIMIT 1').first():
            text = f"Таблица «{name}» не от подключённых слоёв, а в ней есть строки"
            raise Refusal(RefusalCode.INVALID, text)
    return [table for table in Base.metadata.sorted_tables if table.name in names]


def _virtual(source: Connection) -> list[str]:
    """Tables of the full text search, which PostgreSQL has no need of."""
    query = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%'"
    return [row[0] for row in source.exec_driver_sql(query)]


async def _begun(target: Region, source: Connection, mark: int) -> bool:
    """Make an empty target ready, once; False where everything has been moved already.

    The row of the move is the first to come: by it the target is not served before its time.
    """
    async with connecting(target) as connection:
        driver = await _driver(connection)
        names = {one.name for one in await server.tables(driver)}
        if KEPT_REFERENCES in names:
            return True
        if names:
            if await _is_moved(connection, names, mark):
                return False
            text = f"В базе {place(target.database.url)} уже есть таблицы: переносят в пустую"
            raise Refusal(RefusalCode.INVALID, text)
        await connection.run_sync(upgrade, target)
        references = await server.empty_tables(driver)
        await driver.execute(f"CREATE TABLE {KEPT_REFERENCES} (owner text, name text, says text)")
        await driver.executemany(f"INSERT INTO {KEPT_REFERENCES} VALUES ($1, $2, $3)", references)
        arrivals = table_of(Arrival)
        await _put(connection, arrivals, [tuple(row) for row in source.execute(plainly(arrivals))])
    return True


async def _is_moved(connection: AsyncConnection, names: set[str], mark: int) -> bool:
    table = table_of(Arrival)
    if table.name not in names:
        return False
    query = select(table.c.completed_at).where(table.c.id == mark, table.c.way == Way.MOVED)
    return (await connection.execute(query)).scalar() is not None


async def _copy(
    target: Region, source: Connection, table: Table, done: int, tell: Callable[[int], None]
) -> int:
    """Bring the rows that are not there yet; how many are there, of the tables up to this one."""
    column = key(table)
    if not _many(source, table):
        return done
    there = 0
    while True:
        async with connecting(target) as connection:
            query = plainly(table)
            if column is not None:
                stands = select(func.max(column), func.count(column))
                last, there = (await connection.execute(stands)).one()
                query = query.where(column > (-1 if last is None else last)).order_by(column)
                query = query.limit(BATCH)
            else:
                await connection.execute(table.delete())
            rows = [tuple(row) for row in source.execute(query)]
            await _put(connection, table, rows)
        there += len(rows)
        tell(done + there)
        if column is None or len(rows) < BATCH:
            return done + there


async def _put(connection: AsyncConnection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    driver = await _driver(connection)
    names = [column.name for column in table.columns]
    await driver.copy_records_to_table(table.name, records=rows, columns=names)


async def _prove(target: Region, source: Connection, tables: Sequence[Table]) -> None:
    """Refuse tables that are not the same on both sides; those that were not are brought anew."""
    wanted = {table: Tally() for table in tables}
    for table, found in wanted.items():
        count(found, source.execute(plainly(table)))
    differing = await _differing(target, wanted)
    for table in differing:
        async with connecting(target) as connection:
            await connection.execute(table.delete())
        await _copy(target, source, table, 0, lambda _: None)
    if differing and (left := await _differing(target, {one: wanted[one] for one in differing})):
        text = f"Таблица «{left[0].name}» перенесена не такой, какая она есть"
        raise Refusal(RefusalCode.INVALID, text)


async def _differing(target: Region, wanted: Mapping[Table, Tally]) -> list[Table]:
    found = {table: Tally() for table in wanted}
    async with connecting(target) as connection:
        for table, counted in found.items():
            async for part in (await connection.stream(plainly(table))).partitions(BATCH):
                count(counted, part)
    return [table for table in wanted if found[table] != wanted[table]]


async def _finish(target: Region, tables: Sequence[Table]) -> None:
    """Put references, triggers and ids in order, and let the target be served."""
    async with connecting(target) as connection:
        driver = await _driver(connection)
        rows = await driver.fetch(f"SELECT owner, name, says FROM {KEPT_REFERENCES}")
        await driver.execute(f"DROP TABLE {KEPT_REFERENCES}")
        await server.finish_tables(driver, [tuple(row) for row in rows])
        for table in tables:
            if key(table) is not None:
                await driver.execute(NEXT_ID.format(table=table.name))
        arrivals = table_of(Arrival)
        whole = {"completed_at": target.now(), "released_at": target.now()}
        await connection.execute(update(arrivals).where(_open_mark(arrivals)).values(whole))


NEXT_ID = """
SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table} HAVING max(id) > 0
"""


async def _driver(connection: AsyncConnection) -> Any:
    return (await connection.get_raw_connection()).driver_connection


def _many(source: Connection, table: Table) -> int:
    return source.execute(select(func.count()).select_from(table)).scalar_one()
