"""What a service depends on goes away and comes back: database, broker, room on the disk, time."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

import asyncpg  # type: ignore[import-untyped]

from bench.processes import free_port, running
from tests.faults.database import Server
from tests.faults.ground import QUERIES, Ground
from tests.faults.judge import Verdict, judge
from tests.faults.jumping import VARIABLE
from tests.faults.kills import serving
from tests.faults.load import Load, Record
from tests.faults.proxy import Proxy

ROOM = 64
"""Megabytes of the small disk."""

JUMPS = (3_600, -3_600, 86_400, -86_400, 31 * 86_400, -31 * 86_400)
TO_2020 = -200_000_000


class CannotBeMade(Exception):
    """This fault cannot be made on this machine; the text says why."""


async def stop_database(ground: Ground, random: Random, points: int) -> Verdict:
    """PostgreSQL stopped fast and immediate in turn, and started again."""
    with Server(ground.folder.parent / "server") as server:
        there = replace(ground, server=server.url("postgres"))
        await there.fill()
        recoveries: list[float | None] = []
        async with serving(there) as (_, load), load.going() as record:
            for number in range(points):
                await asyncio.sleep(random.uniform(0.2, 1.5))
                await asyncio.to_thread(server.stop, ("fast", "immediate")[number % 2])
                await asyncio.sleep(random.uniform(0.2, 2))
                await asyncio.to_thread(server.start)
                recoveries.append(await _recovery(load, record))
        found = await _settled_there(server)
    return _judged(record, found, recoveries)


async def cut_connections(ground: Ground, random: Random, points: int) -> Verdict:
    """Connections to PostgreSQL cut at random bytes, delayed, and swallowed."""
    with Server(ground.folder.parent / "server") as server:
        await replace(ground, server=server.url("postgres")).fill()
        async with Proxy(server.port, random).listening() as proxy:
            through = server.url("postgres").replace(str(server.port), str(proxy.port))
            recoveries: list[float | None] = []
            there = replace(ground, server=through)
            async with serving(there) as (_, load), load.going() as record:
                for number in range(points):
                    proxy.cutting = True
                    await asyncio.sleep(random.uniform(0.5, 2))
                    proxy.cut()
                    proxy.cutting, proxy.delay = False, 0.2 * (number % 2)
                    recoveries.append(await _recovery(load, record))
                proxy.delay = 0.0
            cuts = proxy.cuts
        found = await _settled_there(server)
    verdict = _judged(record, found, recoveries)
    verdict.more["cuts"] = cuts
    return verdict


async def wipe_redis(ground: Ground, random: Random, points: int) -> Verdict:
    """Redis stopped, started again with nothing in it: every job must be run all the same."""
    program = shutil.which("redis-server")
    if program is None:
        raise CannotBeMade("redis-server is not installed")
    port = free_port()
    line = [program, "--port", str(port), "--save", "", "--bind", "127.0.0.1"]
    more = {"TSUR_BROKER_URL": f"redis://127.0.0.1:{port}/0"}
    there = replace(ground, more=more)
    recoveries: list[float | None] = []
    worker = (sys.executable, "-m", "core", "worker")
    async with _redis(line, ground.folder) as box:
        with there.process(*worker):
            async with serving(there) as (_, load), load.going() as record:
                for _ in range(points):
                    await asyncio.sleep(random.uniform(0.3, 1))
                    await box.restart(random.uniform(0.2, 1))
                    recoveries.append(await _recovery(load, record))
    return _judged(record, await ground.settled(), recoveries)


async def fill_disk(ground: Ground, random: Random, points: int) -> Verdict:
    """No room on the disk of the database, then room again; nothing is started anew."""
    recoveries: list[float | None] = []
    with _small_disk(ground.folder.parent / "disk") as disk:
        own = disk / "data"
        shutil.copytree(ground.folder, own)
        there = replace(ground, folder=own, log=ground.folder / "disk.log")
        async with serving(there) as (_, load), load.going() as record:
            for _ in range(points):
                await load.acknowledge(5)
                _fill(disk / "ballast")
                await asyncio.sleep(random.uniform(2, 4))
                (disk / "ballast").unlink()
                recoveries.append(await _recovery(load, record))
        found = await there.settled()
    return _judged(record, found, recoveries)


async def fill_logs(ground: Ground, random: Random, points: int) -> Verdict:
    """Every line of the log fails for want of room: nobody may be refused for it."""
    there = replace(ground, log=Path("/dev/full"), more={"TSUR_LOGS": "json"})
    async with serving(there) as (_, load), load.going() as record:
        await load.acknowledge(20 * points)
    return _judged(record, await ground.settled(), [])


async def jump(ground: Ground, random: Random, points: int) -> Verdict:
    """The clock jumps to and fro under load, and back to 2020 at last."""
    clock = ground.folder / "clock"
    serve = (sys.executable, "-m", "tests.faults.jumping", "serve")
    there = replace(ground, serve=serve, more={VARIABLE: str(clock), "TSUR_JOBS": "here"})
    recoveries: list[float | None] = []
    async with serving(there) as (_, load), load.going() as record:
        for number in range(points):
            seconds = TO_2020 if number == points - 1 else random.choice(JUMPS)
            clock.write_text(str(seconds))
            recoveries.append(await _recovery(load, record))
    return _judged(record, await ground.settled(), recoveries)


async def terminate(ground: Ground, random: Random, points: int) -> Verdict:
    """SIGTERM under load: what is in flight is answered, the process ends in ten seconds."""
    recoveries: list[float | None] = []
    ends: list[float] = []
    async with serving(ground) as (service, load), load.going() as record:
        for _ in range(points):
            await asyncio.sleep(random.uniform(0.3, 1.5))
            assert service.process is not None
            since = time.monotonic()
            os.kill(service.process.pid, signal.SIGTERM)
            await asyncio.to_thread(service.process.wait, 30)
            ends.append(round(time.monotonic() - since, 2))
            await service.start()
            recoveries.append(await _recovery(load, record))
    verdict = _judged(record, await ground.settled(), recoveries)
    slow = [seconds for seconds in ends if seconds > 10]
    verdict.more = {"longest_end": max(ends), "failed": f"ends: {slow}" if slow else ""}
    return verdict


OUTAGES = {
    "postgresql": stop_database,
    "connections": cut_connections,
    "redis": wipe_redis,
    "disk": fill_disk,
    "logs": fill_logs,
    "clock": jump,
    "sigterm": terminate,
}


async def _recovery(load: Load, record: Record) -> float | None:
    since = time.monotonic()
    await load.acknowledge(5)
    return record.recovered(since)


def _judged(
    record: Record, found: dict[str, Counter[str]], recoveries: list[float | None]
) -> Verdict:
    verdict = judge(record, found)
    verdict.recoveries = recoveries
    return verdict


async def _settled_there(server: Server) -> dict[str, Counter[str]]:
    connection = await asyncpg.connect(server.bare("postgres"))
    try:
        return {
            name: Counter(row[0] for row in await connection.fetch(query))
            for name, query in QUERIES.items()
        }
    finally:
        await connection.close()


class _Box:
    """A server that keeps nothing: each start of it is a wiped one."""

    def __init__(self, line: list[str], folder: Path) -> None:
        self._line, self._log = line, folder / "redis.log"
        self._manager = running(line, log=self._log)
        self.process: subprocess.Popen[bytes] = self._manager.__enter__()

    async def restart(self, after: float) -> None:
        await asyncio.to_thread(self.close)
        await asyncio.sleep(after)
        self._manager = running(self._line, log=self._log)
        self.process = self._manager.__enter__()

    def close(self) -> None:
        self._manager.__exit__(None, None, None)


@asynccontextmanager
async def _redis(line: list[str], folder: Path) -> AsyncIterator[_Box]:
    box = _Box(line, folder)
    try:
        yield box
    finally:
        await asyncio.to_thread(box.close)


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}m", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotBeMade(f"a small disk cannot be mounted: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def _fill(ballast: Path) -> None:
    """Take all the room there is."""
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
