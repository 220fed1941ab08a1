"""Rows that many fields of one answer ask for, read together: one statement a kind of question."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute
from strawberry.dataloader import DataLoader

from core.db.database import Base
from core.db.snapshot import Reads
from core.kernel.access import Actor

LARGEST_BATCH = 1_000


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows of a table that belong to a value of their `key`: many in an order, or at most one.

    Only those that the actor may see, where `visible` says which these are.
    """

    key: InstrumentedAttribute[Any]
    order: InstrumentedAttribute[Any] | None = None
    where: tuple[ColumnElement[bool], ...] = ()
    visible: Callable[[Actor], ColumnElement[bool]] | None = None

    @property
    def model(self) -> type[Base]:
        """The table's class."""
        model: type[Base] = self.key.class_  # type: ignore[assignment]
        return model

    @property
    def alone(self) -> bool:
        """Whether the key alone decides which rows these are, whoever asks."""
        return self.visible is None and not self.where

    def query(self, actor: Actor, among: ColumnElement[bool]) -> Select[Any]:
        """The rows whose keys are among some."""
        query = select(self.model).where(among, *self.where)
        if self.visible is not None:
            query = query.where(self.visible(actor))
        return query if self.order is None else query.order_by(self.order)


class Loaders:
    """The loaders of one request, each made when it is first asked for."""

    def __init__(self, database: Reads, actor: Actor) -> None:
        self._database, self._actor = database, actor
        self._made: dict[Rows, DataLoader[Hashable, Any]] = {}

    async def load(self, rows: Rows, value: Hashable) -> Any:
        """The rows of this value; a row or None where there is at most one."""
        if value is None:
            return None if rows.order is None else []
        if rows not in self._made:
            self._made[rows] = self._loader(rows)
        # An error cancels the fields beside it; what others wait for too must not end with them.
        return await asyncio.shield(self._made[rows].load(value))

    def _loader(self, rows: Rows) -> DataLoader[Hashable, Any]:
        async def load(keys: list[Hashable]) -> Sequence[Any]:
            found: defaultdict[Hashable, list[Any]] = defaultdict(list)
            async with self._database.reading() as session:
                query = rows.query(self._actor, rows.key.in_(keys))
                for row in await session.scalars(query):
                    found[getattr(row, rows.key.key)].append(row)
            if rows.order is None:
                return [found[key][0] if key in found else None for key in keys]
            return [found[key] for key in keys]

        return DataLoader(load_fn=load, max_batch_size=LARGEST_BATCH)
