"""SQLite in one visit to its thread a statement: SQLAlchemy's own adapter makes five.

Each visit wakes a thread, and then the loop; for the small statements of a request that is most of
what they cost. Here the statement is run, read and closed there before anybody comes back.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)
from sqlalchemy.util import await_only

from core.db.embedded import PLAIN, Embedded

KINDS = (
    "DatabaseError", "Error", "IntegrityError", "NotSupportedError", "OperationalError",
    "ProgrammingError", "sqlite_version", "sqlite_version_info",
)  # fmt: skip
"""What SQLAlchemy asks of a driver by these names: each driver's errors are its own."""

ROWS_AT_ONCE = 64


@dataclass(slots=True)
class Done:
    """What is left of a cursor that has been closed."""

    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    arraysize: int = 1
    rows: Sequence[Any] = ()

    def close(self) -> None:
        """Let go of what was not read: the cursor itself is closed."""
        self.rows = ()


class Cursor(AsyncAdapt_aiosqlite_cursor):
    """A cursor whose rows are here when `execute` returns; what streams has SQLAlchemy's own."""

    __slots__ = ()
    _awaitable_cursor_close = False
    _adapt_connection: Connection

    def _make_new_cursor(self, connection: Any) -> Any:
        return Done()

    def _aenter_cursor(self, cursor: Any) -> Any:
        return cursor

    async def _execute_async(self, operation: Any, parameters: Any) -> Any:
        return await self._visit(_execute, operation, parameters or ())

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> Any:
        return await self._visit(_executemany, operation, seq_of_parameters)

    async def _visit(self, way: Callable[..., object], text: str, values: Any) -> None:
        done: Any = await self._adapt_connection.visit(way, text, values)
        self._cursor, self._rows = done, deque(done.rows)


def _execute(cursor: sqlite3.Cursor, text: str, values: Any) -> None:
    cursor.execute(text, values)


def _executemany(cursor: sqlite3.Cursor, text: str, values: Any) -> None:
    cursor.executemany(text, values)


def _visited(
    connection: sqlite3.Connection,
    way: Callable[..., object],
    text: str,
    values: Any,
    begins: bool,
) -> Done:
    cursor = connection.cursor()
    try:
        if begins:
            cursor.execute("BEGIN")
        way(cursor, text, values)
        rows = cursor.fetchall() if cursor.description else ()
        return Done(cursor.description, cursor.rowcount, cursor.lastrowid, rows=rows)
    finally:
        cursor.close()


class Connection(AsyncAdapt_aiosqlite_connection):
    """A connection with such cursors; where it `begins`, its next statement is the first."""

    __slots__ = ("begins",)
    _cursor_cls = Cursor
    begins: bool

    def __init__(self, dbapi: Any, connection: Any) -> None:
        super().__init__(dbapi, connection)
        self.begins = False

    async def visit(self, way: Callable[..., object], text: str, values: Any) -> Done:
        """Run one statement in the thread, and have its rows with it."""
        connection = self._connection
        async with self._execute_mutex:
            begins, self.begins = self.begins, False
            asked = (connection._conn, way, text, values, begins)
            # The thread of a connection takes work of any kind by this name alone.
            done: Done = await connection._execute(_visited, *asked)
        return done

    async def fetch(self, text: str, values: Sequence[object]) -> Sequence[Any]:
        """The rows of one statement, between what SQLAlchemy runs here."""
        return (await self.visit(_execute, text, values)).rows

    def rollback(self) -> None:
        """Undo what was begun; that there is nothing to undo is known without a visit."""
        self.begins = False
        if self._connection._connection and self._connection.in_transaction:
            super().rollback()


class Driver(AsyncAdapt_aiosqlite_dbapi):
    """The module that an engine is given as its driver."""

    def __init__(self, embedded: Embedded = PLAIN) -> None:
        module = embedded.module
        super().__init__(aiosqlite, module)
        self._embedded = embedded
        for name in KINDS:
            setattr(self, name, getattr(module, name))

    def connect(self, *args: Any, **options: Any) -> Connection:
        """A new connection, in a thread of its own."""
        opens = partial(self._embedded.connect, *args, **options)
        made = aiosqlite.Connection(opens, ROWS_AT_ONCE)
        made._thread.daemon = True  # or a process would not end before it
        return Connection(self, await_only(made))
