"""Starting the process that works jobs off, and starting it again when it dies.

Of all services on one data folder one has it; another takes over once that one is gone.
"""

from __future__ import annotations

import asyncio
import fcntl
import logging
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from core.worker.runs import backoff

COMMAND = (sys.executable, "-m", "core.worker.beside")
LOCK_FILE = "jobs.lock"
TURN_SECONDS = 5.0
"""Between two tries to have the process, where another service has it."""

STEADY_SECONDS = 60.0
"""One that lived so long did not die of its start."""

KILLED = {-signal.SIGKILL, -signal.SIGTERM}
"""Nor did one that was ended from outside."""

END_SECONDS = 5.0
"""For the process to go once it is asked to."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(seconds=30)

log = logging.getLogger(__name__)

Sleep = Callable[[float], Awaitable[None]]


@asynccontextmanager
async def supervising(
    folder: Path, command: tuple[str, ...] = COMMAND, sleep: Sleep = asyncio.sleep
) -> AsyncIterator[None]:
    """Keep the process alive while the block lasts, unless another service on `folder` does."""
    keeping = asyncio.create_task(_keep(folder, command, sleep))
    try:
        yield
    finally:
        keeping.cancel()
        with suppress(asyncio.CancelledError):
            await keeping


async def _keep(folder: Path, command: tuple[str, ...], sleep: Sleep) -> None:
    with _lock_file(folder) as lock:
        while not _taken(lock.fileno()):
            await sleep(TURN_SECONDS)
        deaths = 0
        while True:
            began = time.monotonic()
            try:
                code: int | str = await _live(command)
            except OSError as error:  # no process can be had now
                code = type(error).__name__
            steady = code in KILLED or time.monotonic() - began > STEADY_SECONDS
            deaths = 1 if steady else deaths + 1
            log.warning("the process of jobs ended (%s), it is started again", code)
            await sleep(backoff(deaths, FIRST_PAUSE, LONGEST_PAUSE).total_seconds())


def _lock_file(folder: Path) -> BinaryIO:
    folder.mkdir(parents=True, exist_ok=True)
    return (folder / LOCK_FILE).open("ab")


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


async def _live(command: tuple[str, ...]) -> int:
    """One life of the process, to its end; closing its pipe asks it to go, killing makes it."""
    process = await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.PIPE)
    assert process.stdin is not None
    try:
        return await process.wait()
    finally:
        if process.returncode is None:
            process.stdin.close()
            try:
                async with asyncio.timeout(END_SECONDS):
                    await process.wait()
            except TimeoutError:
                process.kill()
                await process.wait()
