"""Whether a region's database can be written: it is tried, for a full disk can still be read."""

from __future__ import annotations

import asyncio
import errno
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from shutil import disk_usage
from time import monotonic

from sqlalchemy import make_url, update

from core.kernel.region import Region
from core.region.compatibility.model import Compatibility

BETWEEN_SECONDS = 5.0
"""No sooner than this is it tried again: whoever asks often must not write often."""

TIMEOUT_SECONDS = 3.0
NOTICE_SECONDS = 0.2
"""Who asks waits so long for a try; what comes of it later is told to who asks next."""

LEAST_FREE = 1_000_000
"""Bytes of room without which no appeal is taken in."""

LONGEST_BUSY_SECONDS = 60.0
"""So long others may be writing: an import holds SQLite for a while."""


@dataclass
class Pulse:
    """What is known of one region; `beat` raises what keeps it from being written.

    `began` is when this process began to serve it. `apart` is the region for whoever asks how it
    does: its connections are no others', so that large answers keep nobody waiting.
    """

    region: Region
    apart: Region = field(init=False)
    began: datetime = field(init=False)
    _tried: float = float("-inf")
    _wrote: float = field(default_factory=monotonic)
    _failure: Exception | None = None
    _trying: asyncio.Task[None] | None = None

    def __post_init__(self) -> None:
        self.began = self.region.now()
        self.apart = replace(self.region, database=self.region.database.apart())

    async def beat(self) -> None:
        """Write a row as it is, beside whoever asks; nothing else of the database changes."""
        idle = self._trying is None or self._trying.done()
        if idle and monotonic() - self._tried >= BETWEEN_SECONDS:
            self._tried = monotonic()
            self._trying = asyncio.ensure_future(self._try())
        if self._trying is not None:
            await asyncio.wait([self._trying], timeout=NOTICE_SECONDS)
        if self._failure is not None:
            raise self._failure

    async def close(self) -> None:
        """Let a try come to its end, and give back what it is asked over."""
        if self._trying is not None:
            await asyncio.wait([self._trying])
        await self.apart.database.close()

    async def _try(self) -> None:
        statement = update(Compatibility).values(number=Compatibility.number)
        try:
            self._require_room()
            async with asyncio.timeout(TIMEOUT_SECONDS):
                await self.region.database.touch(statement)
        except TimeoutError as error:
            busy = monotonic() - self._wrote < LONGEST_BUSY_SECONDS
            self._failure = None if busy else error
        except Exception as error:  # noqa: BLE001 - raised to whoever asks, until it passes
            self._failure = error
        else:
            self._wrote, self._failure = monotonic(), None

    def _require_room(self) -> None:
        """A row as it is still fits into the log of a file when nothing else does any more."""
        if self.region.database.is_sqlite:
            file = Path(make_url(self.region.database.url).database or "")
            if disk_usage(file.parent).free < LEAST_FREE:
                raise OSError(errno.ENOSPC, "no room")
