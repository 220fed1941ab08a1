"""Statements run as text on the driver itself: for reading alone, and for where every step counts.

SQLAlchemy still writes the text (`core.db.statements`); only its running of it is left out.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol

import orjson
from sqlalchemy import make_url

from core.db.embedded import PLAIN, Embedded
from core.db.server import connect
from core.db.turns import Turns

READING = {"default_transaction_read_only": "on"}
BUSY_SECONDS = 30.0


class Reader(Protocol):
    """Connections of one region that only read. Nothing session-level is ever set on them."""

    async def fetch(self, text: str, values: Sequence[object]) -> Sequence[Any]:
        """The rows of one statement, in the driver's own values."""

    async def close(self) -> None:
        """Give every connection back."""


def open_reader(
    url: str,
    size: int,
    *,
    pooled: bool = False,
    seconds: float | None = None,
    embedded: Embedded = PLAIN,
) -> Reader:
    """The reader of a database; it connects when it is first asked.

    A server ends a statement itself after so many `seconds`; SQLite is interrupted from here.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return SqliteReader(address.database or "", size, embedded)
    return PostgresqlReader(url, size, pooled=pooled, seconds=seconds)


class PostgresqlReader:
    """asyncpg's prepared statements. A connection is not reset after use: nothing was set on it."""

    def __init__(
        self, url: str, size: int, *, pooled: bool = False, seconds: float | None = None
    ) -> None:
        self._url, self._pooled = url, pooled
        self._milliseconds = str(int((seconds or 0) * 1000))  # 0 is no limit to the server
        self._turns = Turns(size)
        self._idle: list[Any] = []

    async def fetch(self, text: str, values: Sequence[object]) -> Sequence[Any]:
        """See Reader. A connection that was interrupted or broke is not used again."""
        if not self._turns.taken():
            await self._turns.wait()
        try:
            connection = self._standing() or await self._connect()
            try:
                if self._pooled:
                    told = self._milliseconds
                    rows: Sequence[Any] = await connection.fetch_alone(text, values, told)
                else:
                    rows = await connection.fetch(text, *values)
            except BaseException:
                connection.terminate()
                raise
            self._idle.append(connection)
            return rows
        finally:
            self._turns.give_back()

    async def close(self) -> None:
        """See Reader."""
        while self._idle:
            await self._idle.pop().close()

    def _standing(self) -> Any:
        """A connection that the server has not closed meanwhile, as one that restarts does."""
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
        return None

    async def _connect(self) -> Any:
        asked = {**READING, "statement_timeout": self._milliseconds}
        connection = await connect(self._url, pooled=self._pooled, asked=asked)
        for name in ("json", "jsonb"):
            await connection.set_type_codec(
                name, schema="pg_catalog", encoder=orjson.dumps, decoder=orjson.loads
            )
        return connection


class SqliteReader:
    """sqlite3 in threads of its own; a statement nobody waits for any more is interrupted."""

    def __init__(self, path: str, size: int, embedded: Embedded = PLAIN) -> None:
        self._path, self._embedded = path, embedded
        self._turns = Turns(size)
        self._threads = ThreadPoolExecutor(size, "sqlite-reader")
        self._idle: list[sqlite3.Connection] = []

    async def fetch(self, text: str, values: Sequence[object]) -> Sequence[Any]:
        """See Reader."""
        if not self._turns.taken():
            await self._turns.wait()
        try:
            connection = self._idle.pop() if self._idle else self._connect()
            work = self._threads.submit(_rows, connection, text, values)
            work.add_done_callback(lambda done: self._back(connection, done))
            try:
                return await asyncio.wrap_future(work)
            except asyncio.CancelledError:
                connection.interrupt()
                raise
        finally:
            self._turns.give_back()

    async def close(self) -> None:
        """See Reader."""
        await asyncio.to_thread(self._threads.shutdown)
        while self._idle:
            self._idle.pop().close()

    def _back(self, connection: sqlite3.Connection, _done: Future[Any]) -> None:
        self._idle.append(connection)

    def _connect(self) -> sqlite3.Connection:
        connection = self._embedded.connect(
            self._path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA query_only=ON")
        return connection


def _rows(
    connection: sqlite3.Connection, text: str, values: Sequence[object]
) -> list[tuple[Any, ...]]:
    return connection.execute(text, values).fetchall()
