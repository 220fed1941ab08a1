"""How long one request may take: a single timer for all, since whoever began first is late first.

`asyncio.timeout` makes a timer for each block and throws it away: a tenth of a small answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(eq=False, slots=True)
class _Wait:
    task: asyncio.Task[Any]
    ends: float
    cancelled_before: int
    late: bool = False


class TimeLimit:
    """Waits for anything for so many seconds. Belongs to the running loop, whose clock it reads."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._loop = asyncio.get_running_loop()
        self._waits: dict[_Wait, None] = {}
        self._watched = False

    async def wait(self, work: Awaitable[T]) -> T:
        """What the work gives; TimeoutError once it was cancelled for lasting too long."""
        task = asyncio.current_task(self._loop)
        assert task is not None
        wait = _Wait(task, self._loop.time() + self.seconds, task.cancelling())
        self._waits[wait] = None
        if not self._watched:
            self._watch(wait)
        try:
            return await work
        except asyncio.CancelledError as error:
            if wait.late and task.cancelling() == wait.cancelled_before + 1:
                raise TimeoutError from error
            raise
        finally:
            del self._waits[wait]
            if wait.late:
                task.uncancel()

    def _watch(self, first: _Wait) -> None:
        self._watched = True
        self._loop.call_at(first.ends, self._look)

    def _look(self) -> None:
        """Cancel who is late, and look again when the next one is."""
        self._watched = False
        for wait in self._waits:
            if wait.ends > self._loop.time():
                self._watch(wait)
                return
            if not wait.late:
                wait.late = True
                wait.task.cancel()
