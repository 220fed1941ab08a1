"""An installation to be broken: its processes, its database, and what is found in it afterwards."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bench.ground import command
from bench.processes import children, cpu_seconds, free_port, running
from core.kernel.keyring import DATABASE_FILE
from tests.places import ROOT

START_SECONDS = 90
DEMO = "100"
SERVE = (sys.executable, "-m", "core", "serve")


@dataclass
class Ground:
    """One installation of a region in a folder; `server` is the address of its PostgreSQL."""

    code: str
    folder: Path
    server: str | None = None
    more: dict[str, str] = field(default_factory=dict)
    serve: Sequence[str] = SERVE
    port: int = field(default_factory=free_port)
    log: Path | None = None

    @property
    def env(self) -> dict[str, str]:
        """The settings of its processes, which may keep bytecode as an installation does."""
        own = {"TSUR_DATA_DIR": str(self.folder), "TSUR_REGIONS": self.code, **self.more}
        own["PYTHONDONTWRITEBYTECODE"] = ""
        if self.server is not None:
            own[f"TSUR_{self.code.upper()}_DATABASE_URL"] = self.server
        return own

    @property
    def database(self) -> Path:
        """The file of the embedded default."""
        return self.folder / self.code / DATABASE_FILE

    @property
    def url(self) -> str:
        """Where GraphQL is served."""
        return f"http://127.0.0.1:{self.port}/{self.code}/graphql"

    async def tsur(self, *arguments: str) -> str:
        """A command of the product, to its end."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return await asyncio.to_thread(command, arguments, self.env, self.folder)

    async def fill(self) -> None:
        """Tables and people to work with."""
        await self.tsur("migrate")
        await self.tsur("demo", "--size", DEMO)

    async def token(self) -> str:
        """Of whoever takes appeals in."""
        said = await self.tsur("token", self.code, "--role", "channel-adapter")
        return said.strip().splitlines()[-1]

    @contextmanager
    def process(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """A process of the product while the block lasts."""
        log = self.log or self.folder / "process.log"
        with running(arguments, log=log, env=self.env, cwd=ROOT) as process:
            yield process

    def service(self) -> Service:
        """The serving process, to be started."""
        return Service(self)

    async def settled(self) -> dict[str, Counter[str]]:
        """By external number: appeals, their first lines of ledger, their lines of the journal."""
        return await asyncio.to_thread(_settled, self.database)


class Service:
    """`tsur serve`, that can be started again and again."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self._stack = ground, ExitStack()
        self.process: subprocess.Popen[bytes] | None = None
        self.work: list[float] = []
        """CPU seconds of each start: what it takes however busy the machine is."""

    async def start(self) -> float:
        """Start it, and wait until it is ready; the seconds it took."""
        line = (*self.ground.serve, "--port", str(self.ground.port))
        began = time.monotonic()
        self.process = self._stack.enter_context(self.ground.process(*line))
        await self.ready()
        self.work.append(cpu_seconds(self.process.pid))
        return time.monotonic() - began

    async def ready(self, within: float = START_SECONDS) -> None:
        """Wait until it answers that it is well; TimeoutError."""
        async with httpx.AsyncClient(timeout=10) as client:
            for _ in range(int(within * 10)):
                try:
                    if (
                        await client.get(f"http://127.0.0.1:{self.ground.port}/healthz")
                    ).is_success:
                        return
                except httpx.HTTPError:
                    pass
                await asyncio.sleep(0.1)
        raise TimeoutError("the service does not become ready")

    def jobs(self) -> int | None:
        """The process of jobs beside it, if there is one now."""
        assert self.process is not None
        return next(iter(children(self.process.pid)), None)

    def kill(self) -> None:
        """kill -9, and wait until it is gone."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    async def stop(self) -> None:
        """End it, if it lives."""
        await asyncio.to_thread(self._stack.close)


def _settled(database: Path) -> dict[str, Counter[str]]:
    with closing(sqlite3.connect(database, timeout=60)) as connection:
        return {
            name: Counter(row[0] for row in connection.execute(query))
            for name, query in QUERIES.items()
        }


QUERIES: Mapping[str, str] = {
    "appeals": "SELECT external_id FROM appeal WHERE external_id LIKE 'fault-%'",
    "ledger": "SELECT external_id FROM appeal JOIN ledger ON appeal.id = ledger.appeal_id"
    " WHERE external_id LIKE 'fault-%' AND seq = 1",
    "journal": "SELECT external_id FROM appeal JOIN journal"
    " ON journal.subject = 'appeal:' || appeal.id"
    " WHERE external_id LIKE 'fault-%' AND journal.name = 'appeal.taken_in'",
}
"""Each has an acknowledged number exactly once."""
