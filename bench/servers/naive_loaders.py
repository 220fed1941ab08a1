"""One session and one set of dataloaders for each request."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import strawberry
from sqlalchemy import Column, MetaData, String, Table, select
from sqlalchemy.ext.asyncio import AsyncSession
from strawberry.dataloader import DataLoader

from bench.servers.judging import Judge
from core.appeals.model import LedgerEntry
from core.directory.model import Body
from core.kernel.region import Region

Key = TypeVar("Key")
Value = TypeVar("Value")
PLACES = Table(
    "municipality",
    MetaData(schema="bench"),
    Column("key", String, primary_key=True),
    Column("name", String),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality as a row."""

    key: str
    name: str


class Context:
    """One request."""

    def __init__(self, region: Region, judge: Judge) -> None:
        self.region, self.judge, self.now = region, judge, region.now()
        self.bodies = DataLoader(load_fn=self._loading(Body, Body.id))
        self.bodies_by_key = DataLoader(load_fn=self._loading(Body, Body.key))
        self.places = DataLoader(load_fn=self._places)
        self.ledgers = DataLoader(load_fn=self._ledgers)

    def session(self) -> AsyncSession:
        """A new session: concurrent resolvers may not share one."""
        return AsyncSession(self.region.database._reading)

    def _loading(self, model: Any, key: Any) -> Callable[[list[Any]], Awaitable[Sequence[Any]]]:
        async def load(keys: list[Any]) -> Sequence[Any]:
            async with self.session() as session:
                rows = await session.scalars(select(model).where(key.in_(keys)))
                found = {getattr(row, key.key): row for row in rows}
            return [found.get(wanted) for wanted in keys]

        return load

    async def _places(self, keys: list[str]) -> Sequence[Place | None]:
        async with self.session() as session:
            rows = await session.execute(select(PLACES).where(PLACES.c.key.in_(keys)))
            found = {key: Place(key, name) for key, name in rows}
        return [found.get(key) for key in keys]

    async def _ledgers(self, keys: list[int]) -> Sequence[list[LedgerEntry]]:
        found: defaultdict[int, list[LedgerEntry]] = defaultdict(list)
        query = select(LedgerEntry).where(LedgerEntry.appeal_id.in_(keys))
        async with self.session() as session:
            for row in await session.scalars(query.order_by(LedgerEntry.seq)):
                found[row.appeal_id].append(row)
        return [found[key] for key in keys]


Info = strawberry.Info[Context, None]
