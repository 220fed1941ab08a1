"""PostgreSQL's side of the database, read when one is used: its driver takes a while to load."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

MODULE = "core.db.postgresql"


def engine(url: str, **how: Any) -> AsyncEngine:
    """An engine of the server, as `core.db.postgresql.engine` makes it."""
    made: AsyncEngine = importlib.import_module(MODULE).engine(url, **how)
    return made


async def connect(url: str, *, pooled: bool, asked: Mapping[str, str] | None = None) -> Any:
    """A connection of the driver, as `core.db.postgresql.connect` makes it."""
    return await importlib.import_module(MODULE).connect(url, pooled=pooled, asked=asked)


async def fetch(adapted: Any, text: str, values: Sequence[object]) -> Sequence[Any]:
    """The rows of one statement, as `core.db.postgresql.fetch` reads them."""
    rows: Sequence[Any] = await importlib.import_module(MODULE).fetch(adapted, text, values)
    return rows
