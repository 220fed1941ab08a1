"""Tables, columns and connections: one database per region, SQLite by default."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Executable,
    Integer,
    MetaData,
    TypeDecorator,
    event,
    make_url,
)
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    AsyncSession,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.sql.compiler import InsertmanyvaluesSentinelOpts

from core.db.address import understood
from core.db.embedded import PLAIN, Embedded
from core.db.files import close_file
from core.db.limits import LimitedSession, watch
from core.db.reader import open_reader
from core.db.server import engine as server_engine
from core.db.snapshot import Snapshot, State, one_state
from core.db.turns import Turns
from core.db.visits import Driver

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
MOMENT = "moment"
"""Where a session knows of what moment its unit of work is."""

PRAGMAS = (
    "journal_mode=WAL",
    "foreign_keys=ON",
    "recursive_triggers=ON",  # or INSERT OR REPLACE deletes without them
    "busy_timeout=30000",
    "synchronous=FULL",
)
"""How every connection to SQLite is set up."""

Id = BigInteger().with_variant(Integer(), "sqlite")
"""A row's id: 64 bits on both databases."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; a naive one is a mistake of the caller."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments; SQLite keeps no zone, so it gets UTC without one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        utc = value if value.tzinfo is UTC else value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give every moment back as aware UTC."""
        return None if value is None else _aware(value)


def _aware(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The tables of every layer, on one metadata."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {
        datetime: UtcDateTime,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }


class Database:
    """The connections of one region. Reading sessions never write; a writing one commits once.

    `pooled` says that PgBouncer in transaction mode stands before the server. A statement of the
    reader has so many `seconds`; those of sessions end with the time of whoever asks. How a file is
    opened, `embedded` knows.
    """

    def __init__(
        self,
        url: str,
        *,
        pool_size: int = 10,
        pooled: bool = False,
        seconds: float | None = None,
        embedded: Embedded = PLAIN,
    ) -> None:
        self.url, self.pooled, self.embedded = understood(url), pooled, embedded
        self.is_sqlite = self.url.startswith("sqlite")
        if self.is_sqlite:
            self._reading = _engine(self.url, embedded, pool_size, writing=False)
            self._writing = _engine(self.url, embedded, pool_size, writing=True)
        else:
            options: dict[str, Any] = {"pool_size": pool_size, "pool_pre_ping": True}
            self._reading = server_engine(self.url, pooled=pooled, **options)
            self._writing = self._reading
        self.dialect: Dialect = self._reading.dialect
        self.reader = open_reader(
            self.url, pool_size, pooled=pooled, seconds=seconds, embedded=embedded
        )
        self._seconds, self._turns = seconds, Turns(pool_size)
        self._apart = partial(
            Database, url, pool_size=1, pooled=pooled, seconds=seconds, embedded=embedded
        )
        self.after_commit: list[Callable[[], None]] = []

    def apart(self) -> Database:
        """The same over connections of its own, which wait for no others; the caller closes it."""
        return self._apart()

    @property
    def is_there(self) -> bool:
        """Whether there is a database to ask: SQLite would make the file of one that is not."""
        return not self.is_sqlite or Path(make_url(self.url).database or "").exists()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A short session to read with; what it changed is dropped."""
        async with _session(self._reading) as session:
            yield session

    def fetch(self, text: str, values: Sequence[object]) -> Awaitable[Sequence[Any]]:
        """The rows of one statement, by the reader."""
        return self.reader.fetch(text, values)

    @asynccontextmanager
    async def snapshot(self, *, at_once: bool = True) -> AsyncIterator[Snapshot]:
        """One state of the database, to read in parts what has to agree.

        Not `at_once`, it is opened when it is first read from: who reads nothing holds nothing.
        No more at once than the pool keeps connections: who holds one may want another to write.
        """
        async with AsyncExitStack() as kept:

            async def opened() -> State:
                if not self._turns.taken():
                    await self._turns.wait()
                kept.callback(self._turns.give_back)
                return await kept.enter_async_context(one_state(self._reading, self._seconds))

            one = Snapshot(opened)
            if at_once:
                await one.open()
            yield one

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """A session that commits when the block ends and rolls back when it raises."""
        async with _session(self._writing) as session, session.begin():
            yield session
        for tell in self.after_commit:
            tell()

    async def touch(self, statement: Executable) -> None:
        """Run a statement and commit it; nobody is told, for nothing that is remembered changes."""
        async with self._writing.begin() as connection:
            await connection.execute(statement)

    @asynccontextmanager
    async def connecting(self) -> AsyncIterator[AsyncConnection]:
        """A bare connection for statements that need no objects."""
        async with self._reading.connect() as connection:
            yield connection

    async def close(self) -> None:
        """Give every connection back."""
        await self.reader.close()
        await self._reading.dispose()
        await self._writing.dispose()


def _session(engine: AsyncEngine) -> AsyncSession:
    return AsyncSession(engine, expire_on_commit=False, sync_session_class=LimitedSession)


def _engine(url: str, embedded: Embedded, pool_size: int, *, writing: bool) -> AsyncEngine:
    """SQLite's. Errors of an engine quote no parameters: they may be personal data.

    Writers of a process wait for their one connection in the order they came: of several at the
    lock whoever happens to look first gets it, and the others may wait for many seconds.
    """
    sizes = {"pool_size": 1, "max_overflow": 0} if writing else {"pool_size": pool_size}
    engine = create_async_engine(url, module=Driver(embedded), hide_parameters=True, **sizes)
    file = Path(make_url(url).database or "")

    def prepare(connection: Any, record: Any) -> None:
        close_file(file)  # before the log is made beside it
        _prepare_sqlite(connection, record)

    event.listen(engine.sync_engine, "connect", prepare)
    # Rows of one INSERT get their ids in order, so many may be sent at once and told apart.
    engine.dialect.insertmanyvalues_implicit_sentinel = (
        InsertmanyvaluesSentinelOpts.ANY_AUTOINCREMENT
    )
    event.listen(engine.sync_engine, "begin", _lock if writing else _begin)
    return engine


def _lock(connection: Connection) -> None:
    """A write transaction takes the lock at its start: two that both read first would deadlock."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    """To read is to begin with the first statement: SQLite takes its snapshot no sooner."""
    adapted: Any = connection.connection.dbapi_connection
    adapted.begins = True


def _prepare_sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by the listener above
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    watch(connection, record)
