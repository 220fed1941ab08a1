"""Working through much: the next piece is made while the database works, garbage sought rarely."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

T = TypeVar("T")
COLLECT = (500_000, 20, 50)
"""Thresholds of garbage collection: more objects than two batches of rows are, none of which is
in a cycle. So they go when they are done with, and a search begins once something was left."""


class Prefetch(Generic[T]):
    """The pieces in their order, each made from when `go_on` is called or it is asked for.

    Never more than one is waiting. Who makes them gives way often (`asyncio.sleep(0)`): one thread
    does all of it, so that what the caller waits for is never behind more than a few rows.
    Close it (`aclosing`) before what the pieces are made from.
    """

    def __init__(self, pieces: AsyncGenerator[T]) -> None:
        self._pieces = pieces
        self._upcoming: asyncio.Task[T | None] | None = None

    def go_on(self) -> None:
        """Make the next piece meanwhile: the caller is about to wait for long."""
        if self._upcoming is None:
            self._upcoming = asyncio.create_task(_next(self._pieces))

    async def __aiter__(self) -> AsyncIterator[T]:
        while True:
            self.go_on()
            assert self._upcoming is not None
            piece = await self._upcoming
            if piece is None:
                return
            self._upcoming = None
            yield piece

    async def aclose(self) -> None:
        """Give up what is being made, and close what makes it."""
        if self._upcoming is not None:
            self._upcoming.cancel()
            await asyncio.gather(self._upcoming, return_exceptions=True)
        await self._pieces.aclose()


async def _next(pieces: AsyncGenerator[T]) -> T | None:
    return await anext(pieces, None)


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Let what lives longer than a batch be searched for garbage less often than usual."""
    usual = gc.get_threshold()
    gc.set_threshold(*COLLECT)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
