"""What every resolver is given: the region, who asks, and this moment."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import strawberry
from sqlalchemy.orm.exc import StaleDataError

from core.db.snapshot import Reads
from core.kernel.access import Actor
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.kernel.rules.calendar import WorkingCalendar, local_date
from core.kernel.tokens import NO_LINK
from core.kernel.work import Work
from core.law.rulebook import Rulebook
from core.subscriptions.feed import Feed
from schema.graphql.loaders import Loaders

T = TypeVar("T")
Wrong = Callable[[], Awaitable[None]]

CHANGED = {
    "appeal": "обращение",
    "document": "документ",
    "indicator": "показатель",
    "problem": "проблему",
}
"""What two may change at once, by its table."""


class Context:
    """One request. `now` is aware UTC to the second and the same for every resolver.

    `disclosed` are the ids of the appeals whose content is in the answer; whoever sends it off
    writes them down before, but for those that are `journalled`: operations of one page are one
    reading. `wrong_link` counts a link that leads nowhere, and may refuse the next.
    `feed` is the stream of the region's events in this process. What is read is read `of` one state
    of the database, where that is given.
    """

    def __init__(
        self,
        region: Region,
        actor: Actor,
        now: datetime,
        wrong_link: Wrong | None = None,
        feed: Feed | None = None,
        of: Reads | None = None,
        journalled: set[int] | None = None,
    ) -> None:
        self.database: Reads = of or region.database
        self.feed = feed or Feed(region)
        self.region, self.actor, self.now = region, actor, now
        self.disclosed = set[int]()
        self.journalled = set[int]() if journalled is None else journalled
        self._wrong_link = wrong_link
        self._once: dict[Hashable, asyncio.Future[Any]] = {}

    @asynccontextmanager
    async def by_link(self) -> AsyncIterator[None]:
        """What is done by a link: one that leads nowhere is counted, Refusal(TOO_OFTEN) beyond."""
        try:
            yield
        except Refusal as refusal:
            if refusal.code in NO_LINK and self._wrong_link is not None:
                await self._wrong_link()
            raise

    @cached_property
    def loaders(self) -> Loaders:
        """What batches the reads of ordinary resolvers."""
        return Loaders(self.database, self.actor)

    @property
    def rules(self) -> Rulebook:
        """The region's compiled law."""
        return self.region.rules

    @cached_property
    def zone(self) -> ZoneInfo:
        """The region's time zone."""
        return self.region.passport.zone

    @cached_property
    def today(self) -> date:
        """The local day of the region."""
        return local_date(self.now, self.zone)

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.region.database.dialect.name

    @property
    def calendar(self) -> WorkingCalendar:
        """Working time by the region's law."""
        return self.region.calendar

    def reading(self) -> AbstractAsyncContextManager[Work]:
        """A short unit of work that only reads; no two resolvers ever share one."""
        return self.region.reading(self.actor, self.database)

    async def once(self, asked: Hashable, find: Callable[[], Awaitable[T]]) -> T:
        """What many fields of one answer ask alike, found for the first of them."""
        if asked not in self._once:
            self._once[asked] = asyncio.ensure_future(find())
        found: T = await asyncio.shield(self._once[asked])
        return found

    async def row(self, kind: type[T], number: int) -> T | None:
        """The row of a table with this id, whoever may see it: for what is told of no case."""
        async with self.reading() as work:
            return await work.session.get(kind, number)

    @asynccontextmanager
    async def work(self) -> AsyncIterator[Work]:
        """A unit of work of the actor: commits when the block ends, undone when it raises.

        What was loaded before it is forgotten. A row changed meanwhile by someone else is
        Refusal(STALE).
        """
        try:
            async with self.region.work(self.actor) as work:
                yield work
        except StaleDataError as error:
            raise Refusal(RefusalCode.STALE, stale(error)) from error
        self.loaders = Loaders(self.database, self.actor)
        self._once.clear()


def stale(error: StaleDataError) -> str:
    """Which thing somebody else has changed; the error names its table in its words alone."""
    table = re.search(r"on table '(\w+)'", str(error))
    thing = CHANGED.get(table[1] if table else "", "эту запись")
    return f"Пока Вы работали, {thing} изменил другой сотрудник"


Info = strawberry.Info[Context, None]
