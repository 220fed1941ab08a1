"""The database as the limit talks to it: statements on the driver, nothing in between."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import asyncpg  # type: ignore[import-untyped]
import orjson


class Bare(asyncpg.Connection):  # type: ignore[misc]
    """A connection that is not reset between two uses: nothing session-level is ever set."""

    async def reset(self, **_: object) -> None:
        """Nothing."""


class Connections:
    """Connections handed out last in, first out; asyncpg keeps each one's prepared statements."""

    def __init__(self, url: str, size: int) -> None:
        self.url, self.size = url, size
        self._idle: asyncio.LifoQueue[asyncpg.Connection] = asyncio.LifoQueue()

    async def open(self) -> None:
        """Connect them all."""
        for _ in range(self.size):
            connection = await asyncpg.connect(self.url, connection_class=Bare)
            await connection.set_type_codec(
                "json", encoder=orjson.dumps, decoder=orjson.loads, schema="pg_catalog"
            )
            self._idle.put_nowait(connection)

    async def fetch(self, statement: str, *values: object) -> Sequence[Any]:
        """The rows of one statement."""
        connection = await self._idle.get()
        try:
            rows: Sequence[Any] = await connection.fetch(statement, *values)
        finally:
            self._idle.put_nowait(connection)
        return rows
