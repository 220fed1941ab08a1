"""One run of a plan: what it may depend on, and the rows that its fields still wait for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import nullcontext
from functools import cached_property
from typing import Any

from sqlalchemy import Dialect

from core.db.limits import limited
from core.db.statements import Atoms, Statement, among, compiled, key_list
from schema.graphql.context import Context
from schema.graphql.lookups import KEYS, asker_shape, slotted_asker
from schema.planner.reasons import Reason, Unplanned
from schema.planner.source import Source, Waiter

Resolve = Callable[..., Awaitable[Any]]

AT_ONCE = 4
"""How many statements of one request run side by side: others want connections too."""


class Deferred:
    """A value of the answer that stands when its rows have been read."""

    __slots__ = ("root", "value", "waiter")

    def __init__(self, waiter: Waiter, root: Any) -> None:
        self.waiter, self.root, self.value = waiter, root, None


class Execution:
    """Stands for `info` before pure functions; the actor's scopes are atoms like any value."""

    def __init__(self, context: Context, dialect: Dialect) -> None:
        self.context, self.dialect = context, dialect
        self._waiting: dict[Source, dict[Any, list[Deferred]]] = {}
        self.at_hand: dict[tuple[Source, Any], list[Any]] = {}
        self._turns: asyncio.Semaphore | None = None
        self._stopped = False

    def side_by_side(self) -> None:
        """Let statements wait for their turn: several fields are about to read at once."""
        self._turns = asyncio.Semaphore(AT_ONCE)

    def stop(self) -> None:
        """Begin no statement any more: the answer is already lost."""
        self._stopped = True

    @property
    def waits(self) -> bool:
        """Whether any field still waits for its rows."""
        return bool(self._waiting)

    @cached_property
    def asker(self) -> tuple[object, list[object]]:
        """The shape of who asks, and the first atoms of every statement."""
        atoms: list[object] = []
        return asker_shape(self.context, atoms), atoms

    def wait(self, waiter: Waiter, key: Any, root: Any) -> Any:
        """The value of a field that needs the rows of this key."""
        if key is None:
            return waiter.build(self, root, [] if waiter.many else [None])
        if (waiter.source, key) in self.at_hand:
            return waiter.build(self, root, self.at_hand[waiter.source, key])
        deferred = Deferred(waiter, root)
        self._waiting.setdefault(waiter.source, {}).setdefault(key, []).append(deferred)
        return deferred

    async def settle(self) -> None:
        """Read what is waited for: one statement a table and a round, until nothing waits."""
        while self._waiting:
            waiting, self._waiting = self._waiting, {}
            for source, by_key in waiting.items():
                found = await self._found(source, [*by_key])
                for key, fields in by_key.items():
                    for deferred in fields:
                        deferred.value = deferred.waiter.build(self, deferred.root, found[key])

    def fetch(self, statement: Statement, atoms: Atoms) -> Awaitable[Any]:
        """The rows of a statement, as the driver has them."""
        if self._turns is None:
            return self._read(statement, atoms)
        return self._read_in_turn(self._turns, statement, atoms)

    async def reckon(self, resolve: Resolve, given: Mapping[str, Any]) -> Any:
        """What a resolver reckons of what it reads itself; its time is limited as every read's."""
        async with self._turns or nullcontext():
            if self._stopped:
                raise Unplanned(Reason.STOPPED)
            with limited(self.context.region.settings.max_seconds):
                return await resolve(info=self, **given)

    async def _read_in_turn(
        self, turns: asyncio.Semaphore, statement: Statement, atoms: Atoms
    ) -> Any:
        async with turns:
            return await self._read(statement, atoms)

    def _read(self, statement: Statement, atoms: Atoms) -> Awaitable[Any]:
        if self._stopped:
            raise Unplanned(Reason.STOPPED)
        return self.context.database.fetch(statement.text, statement.values(atoms))

    async def _found(self, source: Source, keys: list[Any]) -> Mapping[Any, list[Any]]:
        rows = source.rows
        assert rows is not None
        shape, atoms = self.asker
        cut = None if rows.visible is None else shape
        statement = source.statements.recall(cut, lambda: self.statement(source))
        atoms[KEYS.number] = key_list(keys, self.dialect)
        found: dict[Any, list[Any]] = {key: [] for key in keys}
        for row in await self.fetch(statement, atoms):
            found[row[0]].append(row)
        if rows.order is None:
            return {key: same or [None] for key, same in found.items()}
        return found

    def statement(self, source: Source) -> Statement:
        """The statement that reads the rows of many keys, for whoever has this shape."""
        rows, (asker, _) = source.rows, slotted_asker(self.context)
        assert rows is not None
        query = rows.query(asker.actor, among(rows.key, KEYS, self.dialect))
        return compiled(source.narrowed(query), self.dialect)
