"""How long a database may work for whoever asks: past that moment it ends the statement itself.

A task that is cancelled leaves its statement behind: SQLite goes on in its thread, a server goes on
as long as it does not look at the connection. Jobs and commands set no limit.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from contextvars import ContextVar
from time import monotonic
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session, SessionTransaction
from sqlalchemy.util import await_only

ENDS = "ends"
WHOLE = "whole"
"""An option of connections whose transaction is limited as a whole, not for each session."""

NEVER = float("inf")
INSTRUCTIONS = 50_000
"""Of SQLite's machine between two looks at the clock: a few milliseconds."""

_ends: ContextVar[float] = ContextVar("ends", default=NEVER)


class LimitedSession(Session):
    """A session whose transactions end with the time of whoever asks."""


class _Limited:
    """A block by hand: `contextmanager` would cost every answer a generator."""

    __slots__ = ("_known", "_seconds")

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __enter__(self) -> None:
        self._known = _ends.set(monotonic() + self._seconds)

    def __exit__(self, *_: object) -> None:
        _ends.reset(self._known)


def limited(seconds: float) -> AbstractContextManager[None]:
    """Whatever transaction begins in this block has until this many seconds from now."""
    return _Limited(seconds)


def watch(connection: Any, record: Any) -> None:
    """Make a new connection of SQLite look at the clock while it works."""
    info = record.info

    def late() -> bool:
        ends: float = info.get(ENDS, NEVER)
        return monotonic() > ends

    await_only(connection.driver_connection.set_progress_handler(late, INSTRUCTIONS))


def _begun(_session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    if connection.get_execution_options().get(WHOLE):
        return
    ends = _ends.get()
    if connection.dialect.name == "sqlite":
        connection.info[ENDS] = ends
    elif ends != NEVER:
        left = max(int((ends - monotonic()) * 1000), 1)
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {left}")


event.listen(LimitedSession, "after_begin", _begun)
