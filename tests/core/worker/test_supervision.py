"""The process beside the service: started, started again, ended with whoever started it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from core.worker.supervision import supervising
from tests.places import ROOT

TIMEOUT = 20.0
LIVES = "import os, sys; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); sys.stdin.read()"
PARENT = """
import asyncio, sys
from pathlib import Path
from core.worker.supervision import supervising

async def main():
    async with supervising(Path(sys.argv[1]), (sys.executable, "-c", sys.argv[2], sys.argv[3])):
        await asyncio.sleep(60)

asyncio.run(main())
"""


def written(file: Path) -> list[str]:
    return file.read_text().split() if file.exists() else []


def is_gone(pid: int) -> bool:
    """Ended, though perhaps nobody asked how."""
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z"


async def pids(file: Path, least: int) -> list[int]:
    """The processes that lived so far, once there are so many."""
    until = time.monotonic() + TIMEOUT
    while time.monotonic() < until:
        found = written(file)
        if len(found) >= least:
            return [*map(int, found)]
        await asyncio.sleep(0.02)
    pytest.fail(f"{least} processes were not started")


async def gone(pid: int) -> bool:
    """Whether it ends in time."""
    until = time.monotonic() + TIMEOUT
    while time.monotonic() < until:
        if is_gone(pid):
            return True
        await asyncio.sleep(0.02)
    return False


@pytest.mark.parametrize(
    ("number", "expected"), [(signal.SIGKILL, [1, 1, 1]), (signal.SIGSEGV, [1, 2, 4])]
)
async def test_what_is_ended_from_outside_is_started_again_at_once(
    tmp_path: Path, number: signal.Signals, expected: list[float]
) -> None:
    """What dies of itself is waited for longer and longer."""
    lived, pauses = tmp_path / "lived", list[float]()

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        await asyncio.sleep(0)

    command = (sys.executable, "-c", LIVES, str(lived))
    async with supervising(tmp_path, command, sleep):
        for life in (1, 2, 3):
            os.kill((await pids(lived, life))[-1], number)
        last = (await pids(lived, 4))[-1]
    assert await gone(last)
    assert pauses == expected


async def test_one_of_two_services_has_it(tmp_path: Path) -> None:
    lived, waited = tmp_path / "lived", asyncio.Event()

    async def sleep(seconds: float) -> None:
        waited.set()
        await asyncio.sleep(0.02)

    command = (sys.executable, "-c", LIVES, str(lived))
    async with supervising(tmp_path, command, sleep):
        (first,) = await pids(lived, 1)
        second = supervising(tmp_path, command, sleep)
        await second.__aenter__()
        async with asyncio.timeout(TIMEOUT):
            await waited.wait()
        assert await pids(lived, 1) == [first]
    assert len(await pids(lived, 2)) == 2
    await second.__aexit__(None, None, None)


async def test_it_does_not_outlive_a_service_that_was_killed(tmp_path: Path) -> None:
    lived = tmp_path / "lived"
    parent = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", PARENT, str(tmp_path), LIVES, str(lived)),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    (child,) = await pids(lived, 1)
    parent.kill()
    await parent.wait()
    assert await gone(child)
