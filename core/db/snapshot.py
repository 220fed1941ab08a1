"""One state of a database over one connection: for what is read in parts and has to agree.

What others commit meanwhile is not seen. Statements go one after another, by sessions and by
text alike; whoever holds a snapshot keeps a connection from others, so it is made to be short.
"""

from __future__ import annotations

from asyncio import Lock
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

from core.db import server
from core.db.limits import ENDS, NEVER, WHOLE, LimitedSession

ONE_STATE = {WHOLE: True}
OF_SERVER = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True, **ONE_STATE}


LIMITED = "SELECT set_config('statement_timeout', '{}', true)"
OPENED = "SELECT 1 FROM sqlite_schema LIMIT 1"
"""The first statements of a state: a database fixes it when it is first asked for rows."""


class Reads(Protocol):
    """What is read from: a database as it stands at each statement, or one state of it."""

    def reading(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A short session to read with; what it changed is dropped."""

    def fetch(self, text: str, values: Sequence[object]) -> Awaitable[Sequence[Any]]:
        """The rows of one statement, in the driver's own values."""


@dataclass(frozen=True, slots=True)
class State:
    """A transaction that sees one state, and how a statement is run in it as a text."""

    connection: AsyncConnection
    fetch: Callable[..., Awaitable[Any]]


class Snapshot:
    """See Reads: whatever is read through it is of the state in which it was opened."""

    def __init__(self, opens: Callable[[], Awaitable[State]]) -> None:
        self._opens, self._opening = opens, Lock()
        self._state: State | None = None

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """See Reads. Its end leaves the transaction as it is."""
        state = self._state or await self.open()
        asked: dict[str, Any] = {"expire_on_commit": False, "sync_session_class": LimitedSession}
        async with AsyncSession(state.connection, **asked) as session:
            yield session

    async def fetch(self, text: str, values: Sequence[object]) -> Sequence[Any]:
        """See Reads."""
        state = self._state or await self.open()
        rows: Sequence[Any] = await state.fetch(text, values)
        return rows

    async def open(self) -> State:
        """The state, which is opened by whoever asks first."""
        async with self._opening:
            if self._state is None:
                self._state = await self._opens()
            return self._state


@asynccontextmanager
async def one_state(engine: AsyncEngine, seconds: float | None) -> AsyncIterator[State]:
    """A state that is read within so many seconds; of a server, each of its statements is."""
    on_server = engine.dialect.name != "sqlite"
    async with engine.connect() as connection:
        await connection.execution_options(**(OF_SERVER if on_server else ONE_STATE))
        await connection.begin()
        adapted: Any = (await connection.get_raw_connection()).dbapi_connection
        if on_server:
            milliseconds = int((seconds or 0) * 1000)  # 0 is no limit to the server
            await connection.exec_driver_sql(LIMITED.format(milliseconds))
            yield State(connection, lambda *asked: server.fetch(adapted, *asked))
        else:
            ends = NEVER if seconds is None else monotonic() + seconds
            (await connection.get_raw_connection()).info[ENDS] = ends
            await connection.exec_driver_sql(OPENED)
            yield State(connection, adapted.fetch)
