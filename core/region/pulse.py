"""Whether a region's database can be written: it is tried, for a full disk can still be read."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from time import monotonic

from sqlalchemy import update

from core.kernel.region import Region
from core.region.compatibility.model import Compatibility

BETWEEN_SECONDS = 5.0
"""No sooner than this is it tried again: whoever asks often must not write often."""

PATIENCE_SECONDS = 3.0
LONGEST_BUSY_SECONDS = 60.0
"""So long others may be writing: an import holds SQLite for a while."""


@dataclass
class Pulse:
    """What is known of one region; `beat` tries, and raises what keeps it from being written."""

    region: Region
    _tried: float = float("-inf")
    _wrote: float = float("-inf")
    _failure: Exception | None = None

    async def beat(self) -> None:
        """Write a row as it is; nothing else of the database changes."""
        now = monotonic()
        if now - self._tried >= BETWEEN_SECONDS:
            self._tried = now
            await self._try(now)
        if self._failure is not None:
            raise self._failure

    async def _try(self, now: float) -> None:
        statement = update(Compatibility).values(number=Compatibility.number)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self.region.database.touch(statement)
        except TimeoutError as error:
            busy = now - self._wrote < LONGEST_BUSY_SECONDS
            self._failure = None if busy else error
        except Exception as error:  # noqa: BLE001 - raised to whoever asks, until it passes
            self._failure = error
        else:
            self._wrote, self._failure = now, None
