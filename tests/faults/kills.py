"""kill -9 at random points: each target is a row, which says what to kill and what must be whole.

A target that is part of the service is killed under load and started again as a supervisor would;
a command is killed in the middle and given once more, and must come to the same as undisturbed.
"""

from __future__ import annotations

import asyncio
import csv
import os
import signal
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from random import Random

from tests.faults.ground import Ground, Service
from tests.faults.judge import Verdict, judge
from tests.faults.load import Load

ROWS = 2_000
LONGEST_LIFE, JOB_SECONDS = 5.0, 90.0
NOW = "strftime('%Y-%m-%d %H:%M:%S.000000', 'now')"
CORE = (sys.executable, "-m", "core")
ARRIVED = "2026-03-02T09:00:00+03:00"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the running service: the service itself, or the process of its jobs.

    `job` is due before each kill, so that the process is killed in the middle of it, and once more
    after it: by itself both are done.
    """

    job: str | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """A command: what it needs first, its words, and what of its work is wrong afterwards."""

    prepare: Callable[[Ground], Awaitable[None]]
    words: Callable[[Ground], tuple[str, ...]]
    wrong: Callable[[Ground], Awaitable[str]]


async def _queue(ground: Ground, name: str) -> int:
    """Let the job be due now, whatever its period; the number of its row."""
    row = (
        "INSERT INTO job (name, payload, state, attempts, queued_at, run_at) VALUES"
        f" ('{name}', '{{}}', 'waiting', 0, {NOW}, {NOW})"
    )
    return (await asyncio.to_thread(_execute, ground, row))[1]


async def _done(ground: Ground, jobs: set[int]) -> bool:
    """Wait until all these rows are done; whether they are in time."""
    numbers = ", ".join(map(str, jobs))
    query = f"SELECT count(*) FROM job WHERE state = 'done' AND id IN ({numbers})"
    until = time.monotonic() + JOB_SECONDS
    while time.monotonic() < until:
        if (await asyncio.to_thread(_execute, ground, query))[0] == [(len(jobs),)]:
            return True
        await asyncio.sleep(0.1)
    return False


def _execute(ground: Ground, statement: str) -> tuple[list[tuple[int]], int]:
    """What it finds, and the number of the row it made."""
    with closing(sqlite3.connect(ground.database, timeout=60)) as connection, connection:
        cursor = connection.execute(statement)
        return cursor.fetchall(), cursor.lastrowid or 0


async def _write_file(ground: Ground) -> None:
    with (ground.folder / "arrivals.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("channel", "external_id", "text", "received", "theme"))
        for number in range(ROWS):
            text = f"Яма у дома {number} на улице Полевой."
            writer.writerow(("letter", f"fault-i-{number}", text, ARRIVED, "roads"))


async def _import_wrong(ground: Ground) -> str:
    found = await ground.settled()
    counts = {name: (len(of), max(of.values(), default=0)) for name, of in found.items()}
    return "" if set(counts.values()) == {(ROWS, 1)} else f"rows and most of one: {counts}"


async def _empty(ground: Ground) -> None:
    for file in ground.database.parent.glob("tsur.db*"):
        file.unlink()


async def _migration_wrong(ground: Ground) -> str:
    await ground.tsur("migrate", "--check")
    return ""


PARTS = {
    "server": Part(),
    "worker": Part("rollups.fold"),
    "sweeper": Part("escalation.sweep"),
    "sealer": Part("journal.seal"),
}
COMMANDS = {
    "importer": Command(
        _write_file,
        lambda ground: ("import", ground.code, str(ground.folder / "arrivals.csv")),
        _import_wrong,
    ),
    "migrator": Command(_empty, lambda ground: ("migrate",), _migration_wrong),
}


async def kill_part(ground: Ground, part: Part, random: Random, points: int) -> Verdict:
    """Kill it at so many random points under load."""
    recoveries: list[float | None] = []
    async with serving(ground) as (service, load), load.going() as record:
        if part.job is not None:  # what has gathered before is worked off first
            await _done(ground, {await _queue(ground, part.job)})
        for _ in range(points):
            if part.job is None:
                await asyncio.sleep(random.uniform(0.05, 1.5))
                since = time.monotonic()
                service.kill()
                await service.start()
                await load.acknowledge(10)
                recoveries.append(record.recovered(since))
            else:
                recoveries.append(await _killed_at_work(ground, service, part.job, random))
    verdict = judge(record, await ground.settled())
    await ground.tsur("journal", "seal", ground.code)
    sound = await ground.tsur("verify", "journal", ground.code)
    verdict.recoveries = recoveries
    verdict.more = {
        "killed": len(recoveries),
        "journal": sound.strip().splitlines()[-1],
        "start_cpu_seconds": service.work,
    }
    return verdict


async def _killed_at_work(
    ground: Ground, service: Service, job: str, random: Random
) -> float | None:
    """Seconds until the killed process's successor has done what was due; None where it has not."""
    pid = await _of_jobs(service)
    due = {await _queue(ground, job)}
    await asyncio.sleep(random.uniform(0.05, 1.5))
    os.kill(pid, signal.SIGKILL)
    since = time.monotonic()
    due.add(await _queue(ground, job))
    return time.monotonic() - since if await _done(ground, due) else None


async def _of_jobs(service: Service) -> int:
    """The process of jobs, once it is there."""
    until = time.monotonic() + JOB_SECONDS
    while time.monotonic() < until:
        if (pid := service.jobs()) is not None:
            return pid
        await asyncio.sleep(0.05)
    raise TimeoutError("there is no process of jobs")


async def kill_command(ground: Ground, command: Command, random: Random, points: int) -> Verdict:
    """Kill it at random moments of its life, each time give it once more, undisturbed at last."""
    await command.prepare(ground)
    words = command.words(ground)
    killed = 0
    for _ in range(points):
        with ground.process(*CORE, *words) as process:
            await asyncio.sleep(random.uniform(0.3, LONGEST_LIFE))
            if process.poll() is None:
                process.kill()
                process.wait()
                killed += 1
    await ground.tsur(*words)
    wrong = await command.wrong(ground)
    stored = sum((await ground.settled())["appeals"].values())
    verdict = Verdict(ROWS * bool(stored), stored, 0, 0, 0.0, 0.0, {}, 0)
    verdict.more = {"killed": killed, "failed": wrong}
    return verdict


@asynccontextmanager
async def serving(ground: Ground) -> AsyncIterator[tuple[Service, Load]]:
    """The service under way, and the load for it, not begun."""
    service = ground.service()
    token = await ground.token()
    await service.start()
    try:
        yield service, Load(ground.url, token, "fault-s")
    finally:
        await service.stop()
