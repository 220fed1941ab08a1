"""Who has read what is written in cases: lines of the journal, committed together."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from core.appeals.content import record_reading
from core.kernel.access import Actor, system
from core.kernel.region import Region


@dataclass(frozen=True, eq=False, slots=True)
class Reading:
    """Whose content an actor is about to be shown; `written` once the journal says so."""

    actor: Actor
    appeal_ids: Collection[int]
    written: asyncio.Future[None]


@dataclass(eq=False, slots=True)
class ReadingJournal:
    """Writes down a region's readings, in one transaction at a time.

    Those that come meanwhile go together into the next: a reading costs a line, not a commit.
    """

    region: Region
    _waiting: list[Reading] = field(default_factory=list)
    _writer: asyncio.Task[None] | None = None

    async def record(self, actor: Actor, appeal_ids: Collection[int]) -> None:
        """Return when the lines stand; raise what has kept them from being written."""
        reading = Reading(actor, appeal_ids, asyncio.get_running_loop().create_future())
        self._waiting.append(reading)
        if self._writer is None:
            self._writer = asyncio.create_task(self._write())
        await reading.written

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            failed: Exception | None = None
            try:
                await self._commit(batch)
            except Exception as error:  # noqa: BLE001 - each of those who wait raises it
                failed = error
            for reading in batch:
                _tell(reading, failed)
        self._writer = None

    async def _commit(self, batch: Sequence[Reading]) -> None:
        read: dict[Actor, list[int]] = defaultdict(list)
        for reading in batch:
            read[reading.actor] += reading.appeal_ids
        async with self.region.work(system()) as work:
            for actor, appeal_ids in read.items():
                await record_reading(replace(work, actor=actor), appeal_ids)


def _tell(reading: Reading, failed: Exception | None) -> None:
    if reading.written.cancelled():  # who asked has gone; the line stays, for it may have been seen
        return
    if failed is None:
        reading.written.set_result(None)
    else:
        reading.written.set_exception(failed)
