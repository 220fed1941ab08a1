"""So many at once, the others in the order they came.

`asyncio.Semaphore` makes two coroutines for each turn even where nobody waits: as much as a small
answer takes to be put together.
"""

from __future__ import annotations

import asyncio
from collections import deque


class Turns:
    """Places of which each is taken by one at a time. Whoever has one gives it back."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._waiting: deque[asyncio.Future[None]] = deque()

    def taken(self) -> bool:
        """Take a place if there is one; else False, and `wait` for it."""
        if self._free == 0:
            return False
        self._free -= 1
        return True

    async def wait(self) -> None:
        """Wait for a place: it is handed over, so that nobody who came later has it before."""
        place = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                self.give_back()  # handed over and called off at once
            raise

    def give_back(self) -> None:
        """Hand the place to who has waited longest, if anybody does."""
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(None)
                return
        self._free += 1
