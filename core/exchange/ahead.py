"""Working ahead: the next piece is made while the last one is being used."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


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
