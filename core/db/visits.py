"""SQLite in one visit to its thread a statement: SQLAlchemy's own adapter makes five.

Each visit wakes a thread, and then the loop; for the small statements of a request that is most of
what they cost. Here the statement is run, read and closed there before anybody comes back.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)


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
        return await self._visit(sqlite3.Cursor.execute, operation, parameters or ())

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> Any:
        return await self._visit(sqlite3.Cursor.executemany, operation, seq_of_parameters)

    async def _visit(self, way: Callable[..., object], text: str, values: Any) -> None:
        done: Any = await self._adapt_connection.visit(way, text, values)
        self._cursor, self._rows = done, deque(done.rows)


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
        return (await self.visit(sqlite3.Cursor.execute, text, values)).rows

    def rollback(self) -> None:
        """Undo what was begun; that there is nothing to undo is known without a visit."""
        self.begins = False
        if self._connection._connection and self._connection.in_transaction:
            super().rollback()


class Driver(AsyncAdapt_aiosqlite_dbapi):
    """The module that an engine is given as its driver."""

    def __init__(self) -> None:
        super().__init__(aiosqlite, sqlite3)

    def connect(self, *args: Any, **options: Any) -> Connection:
        """A new connection, in a thread of its own."""
        return Connection(self, super().connect(*args, **options)._connection)
