"""Work of the processor that takes more than a moment: in a few threads of its own.

The loop serves everybody, and what keeps it busy for long keeps all regions waiting. Here a thread
works beside it and the two take turns every few milliseconds. What is given must be bounded by whom
it comes from: a thread cannot be ended, only no longer waited for.
"""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, TypeVar

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal

T = TypeVar("T")
THREADS = 2
SECONDS = 10.0
"""How long is waited, in the queue of the pool too."""

_read: dict[str, Any] = {}


async def aside(work: Callable[..., T], *given: object) -> T:
    """What the work gives; Refusal(TOO_MUCH) when it does not come in time."""
    asked = asyncio.get_running_loop().run_in_executor(_threads(), work, *given)
    try:
        async with asyncio.timeout(SECONDS):
            return await asked
    except TimeoutError as error:
        text = f"Запрос прерван: расчёт длился дольше {SECONDS:g} секунд"
        raise Refusal(RefusalCode.TOO_MUCH, text) from error


async def module(name: str) -> Any:
    """A module that is read when it is first asked for: many of them take half a second."""
    if name not in _read:
        _read[name] = await asyncio.to_thread(importlib.import_module, name)
    return _read[name]


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(THREADS, "aside")
