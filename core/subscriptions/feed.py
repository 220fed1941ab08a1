"""The journal as a stream: what comes after a cursor, in order, none of it twice or left out.

A cursor is the number of the last line that was seen. Lines of one database are numbered before
they are committed, so a later number may be seen first: nobody is given a line before all that have
smaller numbers are either there or undone.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from core.kernel.access import ANONYMOUS, Actor
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.kernel.work import Work
from core.subscriptions.audience import Audience

TRIES = 20
PORTION = 200
"""Lines that are looked at in one transaction."""

POLL_SECONDS = 1.0
"""How soon is seen what another process has committed."""

ASKED_SECONDS = 20.0
"""How long somebody who hears nothing may listen without being asked for his rights again."""

FINISHED = text(
    "SELECT pg_snapshot_xmin(pg_current_snapshot())::text, "
    "pg_snapshot_xmax(pg_current_snapshot())::text"
)
"""Of PostgreSQL: the oldest transaction that still runs, and the first one that has not begun."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as somebody may learn of it; `number` is of the case it happened to, if any."""

    cursor: int
    at: datetime
    name: str
    subject: str
    number: str | None
    before: Mapping[str, Any]
    after: Mapping[str, Any]


class Feed:
    """One region's stream in one process: all who wait for more are woken by one look."""

    def __init__(self, region: Region) -> None:
        self._region = region
        self._head, self._candidate, self._until = -1, -1, 0
        self._committed, self._moved = asyncio.Event(), asyncio.Condition()
        self._watching: asyncio.Task[None] | None = None
        self._waiting, self.stopped = 0, False

    async def head(self) -> int:
        """The cursor of this moment: all that comes after it is new.

        Refusal(UNAVAILABLE) while a long change keeps it from being known.
        """
        for _ in range(TRIES):
            await self._look()
            if self._head >= 0:
                return self._head
            await asyncio.sleep(POLL_SECONDS / TRIES)
        raise Refusal(RefusalCode.UNAVAILABLE, "Идёт долгая запись: повторите через минуту")

    async def beyond(self, cursor: int, seconds: float) -> int:
        """The cursor of now, once there is something after this one, or when the time is over."""
        self._waiting += 1
        try:
            self._watch()
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds), self._moved:
                    await self._moved.wait_for(lambda: self.stopped or self._head > cursor)
        finally:
            self._waiting -= 1
        return self._head

    async def stop(self) -> None:
        """Let every stream come to its end: the server is going, and listeners will come back."""
        self.stopped = True
        async with self._moved:
            self._moved.notify_all()

    async def close(self) -> None:
        """Look no more."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)

    def _watch(self) -> None:
        """Look while anybody waits; who comes first begins."""
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._go_round())

    async def _go_round(self) -> None:
        told = self._region.database.after_commit
        told.append(self._committed.set)
        try:
            while self._waiting:
                self._committed.clear()
                with suppress(SQLAlchemyError, OSError):  # out of reach: looked at again
                    await self._look()
                with suppress(TimeoutError):
                    async with asyncio.timeout(POLL_SECONDS):
                        await self._committed.wait()
        finally:
            told.remove(self._committed.set)
            self._watching = None  # whoever comes from now on begins again

    async def _look(self) -> None:
        async with self._region.reading(ANONYMOUS) as work:
            head = await self._settled(work)
        if head > self._head:
            self._head = head
            async with self._moved:
                self._moved.notify_all()

    async def _settled(self, work: Work) -> int:
        """The last line before which none can appear any more."""
        last = await work.session.scalar(select(func.max(JournalEntry.id))) or 0
        if work.dialect == "sqlite":
            return last  # which has one writer at a time
        oldest, beginning = (await work.session.execute(FINISHED)).one()
        settled = self._head
        if int(oldest) >= self._until:
            settled, self._candidate, self._until = self._candidate, last, int(beginning)
        return last if oldest == beginning else settled  # nothing runs


async def read(
    work: Work, cursor: int, head: int, names: Collection[str] = ()
) -> tuple[list[Happening], int]:
    """What the actor may learn of the next lines after the cursor, and the cursor behind them.

    A portion at most: while the cursor is below the `head` there is more.
    """
    lines = select(JournalEntry).where(JournalEntry.id > cursor, JournalEntry.id <= head)
    rows = (await work.session.scalars(lines.order_by(JournalEntry.id).limit(PORTION))).all()
    audience = Audience(work.session, work.actor)
    asked = [row for row in rows if not names or row.name in names]
    numbers = await audience.numbers({row.subject for row in asked})
    heard = [
        Happening(
            row.id, row.at, row.name, row.subject, numbers.get(row.subject), row.before, row.after
        )
        for row in asked
        if audience.hears(row.name, row.subject, numbers)
    ]
    return heard, rows[-1].id if len(rows) == PORTION else head


Asked = Callable[[], Awaitable[Actor]]
"""Who listens, as he stands now; a Refusal once he may not any more."""


async def follow(
    feed: Feed, region: Region, asked: Asked, cursor: int, names: Collection[str] = ()
) -> AsyncGenerator[tuple[list[Happening], int]]:
    """Portions of what comes after the cursor, each with the cursor behind it; some are empty.

    Who listens is asked for before each, and while nothing happens every ASKED_SECONDS. It ends
    when the feed is stopped.
    """
    while not feed.stopped:
        head = await feed.beyond(cursor, ASKED_SECONDS)
        async with region.reading(await asked()) as work:
            heard, cursor = await read(work, cursor, max(head, cursor), names)
        yield heard, cursor
