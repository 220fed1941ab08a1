"""Working through much: the next piece is made while this one waits, garbage sought rarely."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, contextmanager
from typing import TypeVar

T = TypeVar("T")
COLLECT = (500_000, 20, 50)
"""Thresholds of garbage collection: more objects than two batches of rows are, none of which is
in a cycle. So they go when they are done with, and a search begins once something was left."""


async def ahead(pieces: AsyncGenerator[T]) -> AsyncGenerator[T]:
    """The pieces in their order, each made in the time that the caller waits for another.

    Never more than one is waiting. Who makes them gives way often (`asyncio.sleep(0)`): one thread
    does all of it, so that what the caller waits for is never behind more than a few rows.
    Close it (`aclosing`) before what the pieces are made from.
    """
    async with aclosing(pieces):
        upcoming = asyncio.create_task(_next(pieces))
        try:
            while (piece := await upcoming) is not None:
                upcoming = asyncio.create_task(_next(pieces))
                yield piece
        finally:
            upcoming.cancel()
            await asyncio.gather(upcoming, return_exceptions=True)


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
