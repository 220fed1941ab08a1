"""Connections to PostgreSQL: to the server itself, or through PgBouncer in transaction mode.

Through PgBouncer a connection changes its server between transactions. So nothing is asked of it
at start, no statement has a name (another's would meet it there), and a statement that the driver
sends in two messages, to parse and to run, stands in a transaction.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.util import await_only

from core.db.address import connect_timeout, dsn

KEPT_STATEMENTS = 500
"""Prepared statements of a connection; each is one text of a compiled query."""

JIT = "off"
"""What is asked of PostgreSQL: compiling a statement would take longer than any runs.

A fold of ten changes takes 0.04 s, and 0.9 s if it is compiled to machine code first.
"""

READ_ONLY = f"BEGIN READ ONLY; SET LOCAL jit = {JIT}"
CONNECT_SECONDS = 5.0


class ThroughPooler(asyncpg.Connection):  # type: ignore[misc]
    """A connection whose server may be another one in the next transaction."""

    def _get_unique_id(self, prefix: str) -> str:
        """No name for a statement: the next transaction could not drop it, others would meet it."""
        return "" if prefix == "stmt" else str(super()._get_unique_id(prefix))

    async def set_type_codec(self, *names: Any, **how: Any) -> None:
        """The driver looks types up by a statement of two messages."""
        async with self.transaction():
            await super().set_type_codec(*names, **how)

    async def fetch_alone(
        self, text: str, values: Sequence[object], milliseconds: str = "0"
    ) -> Sequence[Any]:
        """The rows of one reading statement, in a transaction of its own; 0 sets no limit."""
        await self.execute(f"{READ_ONLY}; SET LOCAL statement_timeout = {milliseconds}")
        rows: Sequence[Any] = await self.fetch(text, *values)
        await self.execute("COMMIT")
        return rows


async def connect(url: str, *, pooled: bool, asked: Mapping[str, str] | None = None) -> Any:
    """An asyncpg connection; `asked` are settings of the session, none of which a pooler takes."""
    address = make_url(url)
    options: dict[str, Any] = {"timeout": connect_timeout(address) or CONNECT_SECONDS}
    if pooled:
        options |= {"connection_class": ThroughPooler, "statement_cache_size": 0}
    else:
        options["server_settings"] = {"jit": JIT, **(asked or {})}
        options["statement_cache_size"] = KEPT_STATEMENTS
    return await asyncpg.connect(dsn(address), **options)


async def fetch(adapted: Any, text: str, values: Sequence[object]) -> Sequence[Any]:
    """The rows of one statement on a connection of an engine, between what SQLAlchemy runs there.

    A transaction must have begun.
    """
    async with adapted._execute_mutex:  # SQLAlchemy's own: the driver takes one at a time
        rows: Sequence[Any] = await adapted.driver_connection.fetch(text, *values)
        return rows


def engine(url: str, *, pooled: bool, **options: Any) -> AsyncEngine:
    """An engine on such connections. Its errors quote no parameters: they may be personal data."""
    arguments: dict[str, Any] = {"async_creator_fn": _creator(url, pooled)}
    if pooled:
        arguments |= {
            "prepared_statement_cache_size": 0,
            "prepared_statement_name_func": lambda: "",
        }
    bare = make_url(url).set(query={})
    made = create_async_engine(bare, hide_parameters=True, connect_args=arguments, **options)
    if pooled:
        event.listen(made.sync_engine, "begin", _without_compiling)
    else:
        made.sync_engine.dialect.do_ping = _answers  # type: ignore[assignment, method-assign]
    return made


def _answers(adapted: Any) -> bool:
    """Whether the server still answers, in one message: SQLAlchemy asks in a transaction, in three.

    That is for poolers; each page and each session begins with it.
    """
    try:
        await_only(adapted.driver_connection.fetchrow(";"))
    except Exception as error:  # noqa: BLE001 - what it means, the adapter knows
        adapted._handle_exception(error)
    return True


def _creator(url: str, pooled: bool) -> Callable[..., Awaitable[Any]]:
    async def create(*_given: Any, **_more: Any) -> Any:
        """What SQLAlchemy took out of the address is in the address."""
        return await connect(url, pooled=pooled)

    return create


def _without_compiling(connection: Connection) -> None:
    connection.exec_driver_sql(f"SET LOCAL jit = {JIT}")
