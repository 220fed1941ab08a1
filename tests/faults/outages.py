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
from dataclasses import replace
from pathlib import Path
from random import Random

import asyncpg  # type: ignore[import-untyped]

from tests.faults.brokers import wipe_rabbitmq, wipe_redis
from tests.faults.database import Server
from tests.faults.files import fill_attachments
from tests.faults.ground import QUERIES, Ground
from tests.faults.issuer import break_issuer
from tests.faults.judge import Verdict, judged, recovery
from tests.faults.jumping import VARIABLE
from tests.faults.kills import serving
from tests.faults.proxy import Proxy
from tests.faults.rooms import fill, small_disk
from tests.places import ROOT

JUMPS = (3_600, -3_600, 86_400, -86_400, 31 * 86_400, -31 * 86_400)
TO_2020 = -200_000_000


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
                recoveries.append(await recovery(load, record))
        found = await _settled_there(server)
    return judged(record, found, recoveries)


async def cut_connections(ground: Ground, random: Random, points: int) -> Verdict:
    """Connections to PostgreSQL cut at random bytes; every other time the new ones are slow too.

    While every portion is late no case is taken in within ten seconds, for it asks the database
    some thirty times: what recovers does so from the end of that on.
    """
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
                    if proxy.delay:
                        await asyncio.sleep(random.uniform(1, 4))
                        proxy.delay = 0.0
                    recoveries.append(await recovery(load, record))
            cuts = proxy.cuts
        found = await _settled_there(server)
    verdict = judged(record, found, recoveries)
    verdict.more["cuts"] = cuts
    return verdict


async def fill_disk(ground: Ground, random: Random, points: int) -> Verdict:
    """No room on the disk of the database, then room again; nothing is started anew."""
    recoveries: list[float | None] = []
    with small_disk(ground.folder.parent / "disk") as disk:
        own = disk / "data"
        shutil.copytree(ground.folder, own)
        there = replace(ground, folder=own, log=ground.folder / "disk.log")
        async with serving(there) as (_, load), load.going() as record:
            for _ in range(points):
                await load.acknowledge(5)
                fill(disk / "ballast")
                await asyncio.sleep(random.uniform(2, 4))
                (disk / "ballast").unlink()
                recoveries.append(await recovery(load, record))
        found = await there.settled()
    return judged(record, found, recoveries)


async def fill_logs(ground: Ground, random: Random, points: int) -> Verdict:
    """Every line of the log fails for want of room: nobody may be refused for it."""
    there = replace(ground, log=Path("/dev/full"), more={"TSUR_LOGS": "json"})
    async with serving(there) as (_, load), load.going() as record:
        await load.acknowledge(20 * points)
    return judged(record, await ground.settled(), [])


async def jump(ground: Ground, random: Random, points: int) -> Verdict:
    """The clock jumps to and fro under load, back to 2020, and to the right time at last.

    A token of the time before may be refused; who comes with one of the new time is served, but in
    2020, when nobody held an office yet.
    """
    clock = ground.folder / "clock"
    serve = (sys.executable, "-m", "tests.faults.jumping", "serve")
    there = replace(ground, serve=serve, more={VARIABLE: str(clock), "TSUR_JOBS": "here"})
    recoveries: list[float | None] = []
    async with serving(there) as (_, load), load.going() as record:
        for number in range(points):
            seconds = TO_2020 if number == points - 1 else random.choice(JUMPS)
            clock.write_text(str(seconds))
            load.token = await _token_of_now(there)
            if seconds == TO_2020:
                await asyncio.sleep(3)
                clock.write_text("0")
                load.token = await _token_of_now(there)
            recoveries.append(await recovery(load, record))
    verdict = judged(record, await ground.settled(), recoveries)
    refused = record.kinds["401 UNAUTHENTICATED"] + record.kinds["refusal FORBIDDEN"]
    verdict.misnamed, verdict.more = verdict.misnamed - refused, {"refused": refused}
    return verdict


async def _token_of_now(ground: Ground) -> str:
    """A token by the clock that has jumped."""
    words = ("-m", "tests.faults.jumping", "token", ground.code, "--role", "channel-adapter")
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, *words],
        env={**os.environ, **ground.env},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return str(done.stdout).split()[-1]


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
            recoveries.append(await recovery(load, record))
    verdict = judged(record, await ground.settled(), recoveries)
    slow = [seconds for seconds in ends if seconds > 10]
    verdict.more = {
        "longest_end": max(ends),
        "start_cpu_seconds": service.work,
        "failed": f"ends: {slow}" if slow else "",
    }
    return verdict


OUTAGES = {
    "postgresql": stop_database,
    "connections": cut_connections,
    "redis": wipe_redis,
    "rabbitmq": wipe_rabbitmq,
    "disk": fill_disk,
    "attachments": fill_attachments,
    "logs": fill_logs,
    "clock": jump,
    "issuer": break_issuer,
    "sigterm": terminate,
}


async def _settled_there(server: Server) -> dict[str, Counter[str]]:
    connection = await asyncpg.connect(server.bare("postgres"))
    try:
        return {
            name: Counter(row[0] for row in await connection.fetch(query))
            for name, query in QUERIES.items()
        }
    finally:
        await connection.close()
