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
from functools import partial
from random import Random

from tests.faults.ground import Ground, Service
from tests.faults.judge import Verdict, judge
from tests.faults.load import Load

ROWS = 2_000
LONGEST_LIFE = 5.0
CORE = (sys.executable, "-m", "core")
ARRIVED = "2026-03-02T09:00:00+03:00"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the running service: whom to kill, and whether somebody must start it again."""

    pid: Callable[[Service], int | None]
    restarted: bool
    stir: Callable[[Ground], Awaitable[None]] | None = None
    """Gives it something to do, so that it is killed in the middle of that."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command: what it needs first, its words, and what of its work is wrong afterwards."""

    prepare: Callable[[Ground], Awaitable[None]]
    words: Callable[[Ground], tuple[str, ...]]
    wrong: Callable[[Ground], Awaitable[str]]


def _own(service: Service) -> int | None:
    assert service.process is not None
    return service.process.pid


async def _queue(name: str, ground: Ground) -> None:
    """Let the job be due now, whatever its period."""
    row = (
        "INSERT INTO job (name, payload, state, attempts, queued_at, run_at) VALUES"
        f" ('{name}', '{{}}', 'waiting', 0, '2026-01-01 00:00:00', '2026-01-01 00:00:00')"
    )
    await asyncio.to_thread(_execute, ground, row)


def _execute(ground: Ground, statement: str) -> None:
    with closing(sqlite3.connect(ground.database, timeout=60)) as connection, connection:
        connection.execute(statement)


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
    "server": Part(_own, restarted=True),
    "worker": Part(Service.jobs, restarted=False),
    "sweeper": Part(Service.jobs, restarted=False, stir=partial(_queue, "escalation.sweep")),
    "sealer": Part(Service.jobs, restarted=False, stir=partial(_queue, "journal.seal")),
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
        for _ in range(points):
            if part.stir is not None:
                await part.stir(ground)
            await asyncio.sleep(random.uniform(0.05, 1.5))
            pid = part.pid(service)
            if pid is None:
                continue
            os.kill(pid, signal.SIGKILL)
            since = time.monotonic()
            if part.restarted:
                service.kill()
                await service.start()
            await load.acknowledge(10)
            recoveries.append(record.recovered(since))
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
