"""Working through much: the next piece is made ahead, and garbage is looked for rarely."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncGenerator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
COLLECT = (500_000, 20, 50)
"""Thresholds of garbage collection: more objects than two batches of rows are, none of which is
in a cycle. So they go when they are done with, and a search begins once something was left."""


async def ahead(pieces: Iterator[T]) -> AsyncGenerator[T]:
    """The pieces in their order, each made by a thread of its own while the caller has another.

    Never more than one is waiting. Close it (`aclosing`) before what the pieces are made from.
    """
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1) as maker:
        upcoming = loop.run_in_executor(maker, next, pieces, None)
        while (piece := await upcoming) is not None:
            upcoming = loop.run_in_executor(maker, next, pieces, None)
            yield piece


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Let what lives longer than a batch be searched for garbage less often than usual."""
    usual = gc.get_threshold()
    gc.set_threshold(*COLLECT)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
