"""Brokers that are stopped and come back with nothing: every job must be run all the same."""

from __future__ import annotations

import asyncio
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import ExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from bench.processes import free_port, running
from tests.faults.ground import Ground
from tests.faults.judge import CannotBeMade, Verdict, judged, recovery
from tests.faults.kills import serving

RABBITMQ = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
UP_SECONDS, DONE_SECONDS = 180.0, 120
UNDONE = (
    "SELECT name, state FROM job WHERE state <> 'done' AND id <= {last}"
    " AND run_at < strftime('%Y-%m-%d %H:%M:%f', 'now', '-30 seconds')"
)
"""What should have been run half a minute ago."""
RUN = "SELECT count(*) FROM job WHERE state = 'done'"


@dataclass
class Broker:
    """A server of messages; what it knows is in `kept`, and gone when it is wiped."""

    line: list[str]
    folder: Path
    port: int
    url: str
    env: Mapping[str, str] = field(default_factory=dict)
    kept: Path | None = None
    beside: list[str] = field(default_factory=list)
    """A program that it needs while it lives."""

    @asynccontextmanager
    async def living(self) -> AsyncIterator[Broker]:
        """The server while the block lasts."""
        log = self.folder / "broker.log"
        with ExitStack() as beside:
            if self.beside:
                beside.enter_context(running(self.beside, log=log, env=self.env))
            self._stack, self._log = ExitStack(), log
            await self._start()
            try:
                yield self
            finally:
                await asyncio.to_thread(self._stop)

    async def wipe(self, after: float) -> None:
        """Stop it, forget what it knew, start it again."""
        await asyncio.to_thread(self._stop)
        if self.kept is not None:
            shutil.rmtree(self.kept, ignore_errors=True)
        await asyncio.sleep(after)
        await self._start()

    def _stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self._stack.close()

    async def _start(self) -> None:
        self.process = self._stack.enter_context(running(self.line, log=self._log, env=self.env))
        until = time.monotonic() + UP_SECONDS
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            await asyncio.sleep(0.1)
        raise CannotBeMade("the broker does not start")


def redis(folder: Path) -> Broker:
    """A Redis that writes nothing down; CannotBeMade without its program."""
    program, port = shutil.which("redis-server"), free_port()
    if program is None:
        raise CannotBeMade("redis-server is not installed")
    line = [program, "--port", str(port), "--save", "", "--bind", "127.0.0.1"]
    return Broker(line, folder, port, f"redis://127.0.0.1:{port}/0")


def rabbitmq(folder: Path) -> Broker:
    """A RabbitMQ of our own beside any other; CannotBeMade without its program."""
    names = shutil.which("epmd") or next(
        map(str, Path("/usr/lib/erlang").glob("erts-*/bin/epmd")), ""
    )
    if not RABBITMQ.exists() or not names:
        raise CannotBeMade("rabbitmq-server is not installed")
    port, naming, kept = free_port(), free_port(), folder / "mnesia"
    (folder / "plugins").write_text("[].")
    env = {
        "HOME": str(folder),
        "ERL_EPMD_PORT": str(naming),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODENAME": "tsur@localhost",
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_DIST_PORT": str(free_port()),
        "RABBITMQ_MNESIA_BASE": str(kept),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
        "RABBITMQ_CONF_ENV_FILE": "/dev/null",
        "RABBITMQ_CONFIG_FILE": str(folder / "none"),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
    }
    beside = [names, "-port", str(naming), "-address", "127.0.0.1"]
    url = f"amqp://guest:guest@127.0.0.1:{port}"
    return Broker([str(RABBITMQ)], folder, port, url, env, kept, beside)


async def wipe_redis(ground: Ground, random: Random, points: int) -> Verdict:
    """Redis stopped, started again with nothing in it."""
    return await _wipe(ground, redis(ground.folder), random, points)


async def wipe_rabbitmq(ground: Ground, random: Random, points: int) -> Verdict:
    """RabbitMQ stopped, all that it kept deleted, started again."""
    return await _wipe(ground, rabbitmq(ground.folder), random, points)


async def _wipe(ground: Ground, broker: Broker, random: Random, points: int) -> Verdict:
    there = replace(ground, more={"TSUR_BROKER_URL": broker.url})
    recoveries: list[float | None] = []
    async with broker.living(), serving(there) as (_, load):
        before = await asyncio.to_thread(_asked, ground.database, RUN)
        with there.process(sys.executable, "-m", "core", "worker"):
            async with load.going() as record:
                await _at_work(ground.database, before)
                for _ in range(points):
                    await asyncio.sleep(random.uniform(0.3, 1))
                    await broker.wipe(random.uniform(0.2, 1))
                    recoveries.append(await recovery(load, record))
            left = await _left(ground.database)
    verdict = judged(record, await ground.settled(), recoveries)
    verdict.more = {"wiped": points, "failed": f"jobs left: {dict(left)}" if left else ""}
    return verdict


async def _at_work(database: Path, before: list[Any]) -> None:
    """Wait for the first job that the worker has run: it ends at once if it starts into a fault."""
    for _ in range(DONE_SECONDS):
        if await asyncio.to_thread(_asked, database, RUN) != before:
            return
        await asyncio.sleep(1)
    raise TimeoutError("the worker runs nothing")


async def _left(database: Path) -> Counter[Any]:
    """Jobs of until now that nobody has run, once there was time for it; more come meanwhile."""
    ((last,),) = await asyncio.to_thread(_asked, database, "SELECT max(id) FROM job")
    for _ in range(DONE_SECONDS):
        if not (left := await asyncio.to_thread(_asked, database, UNDONE.format(last=last))):
            break
        await asyncio.sleep(1)
    return Counter(left)


def _asked(database: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(database, timeout=60)) as connection:
        return connection.execute(query).fetchall()
