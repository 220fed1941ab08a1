"""What the resolvers of a subscription are given: a request that lasts, who asks as he is now."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from core.kernel.access import ANONYMOUS, Actor
from core.kernel.region import Region
from core.subscriptions.feed import Feed
from schema.graphql.context import Context

Listener = Callable[[str | None], Awaitable[Actor]]
"""Who listens, as he stands now, by a token or without one; a Refusal once it has ended."""


@dataclass(eq=False, slots=True)
class Place:
    """How far one subscription has been told."""

    cursor: int


class LiveContext(Context):
    """One connection; `connection_params` are what its client has said first."""

    def __init__(self, region: Region, feed: Feed, listener: Listener) -> None:
        super().__init__(region, ANONYMOUS, region.now(), feed=feed)
        self.connection_params: dict[str, Any] = {}
        self._listener = listener
        self._token: str | None = None
        self._places = set[Place]()

    async def come_in(self, token: str | None) -> None:
        """Find out who listens; the Refusal of a token that does not stand."""
        self._token = token
        await self.renewed()

    async def renewed(self) -> Actor:
        """Who listens, as he stands now; a Refusal once his token or his service has ended."""
        self.actor = await self._listener(self._token)
        return self.actor

    @property
    def told(self) -> int | None:
        """The cursor up to which every subscription of the connection has been told all of his."""
        return min((place.cursor for place in self._places), default=None)

    @contextmanager
    def listening(self, cursor: int) -> Iterator[Place]:
        """Remember how far one subscription has been told, while the block runs."""
        place = Place(cursor)
        self._places.add(place)
        try:
            yield place
        finally:
            self._places.discard(place)
