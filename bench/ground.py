"""Where a run takes place: the server, the region measured, and its databases by name."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]

from bench.cluster import Cluster
from bench.processes import cpu_seconds, running
from core.kernel.region import Region
from core.kernel.settings import Settings
from core.region.opening import open_region

ROOT = Path(__file__).absolute().parents[1]
CONNECTIONS = 10
"""To the database, for every server measured."""

COMMAND_SECONDS = 3_600
CONNECTED = "SELECT pid FROM pg_stat_activity WHERE datname = $1"


class CommandFailed(Exception):
    """A command of the product ended with an error."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One run: the region's code, its databases in the cluster, a folder for everything else."""

    code: str
    cluster: Cluster
    folder: Path

    def env(self, database: str) -> dict[str, str]:
        """The settings of a process of the product on this database."""
        return {
            "TSUR_REGIONS": self.code,
            "TSUR_DATA_DIR": str(self.folder / "keys"),
            "TSUR_POOL_SIZE": str(CONNECTIONS),
            f"TSUR_{self.code.upper()}_DATABASE_URL": self.cluster.product_url(database),
        }

    async def tsur(self, database: str, *arguments: str) -> str:
        """Run a command of the product on this database; what it says."""
        return await asyncio.to_thread(command, arguments, self.env(database), self.folder)

    @asynccontextmanager
    async def region(self, database: str) -> AsyncIterator[Region]:
        """The region on this database, in this process."""
        with _environment(self.env(database)):
            region = open_region(self.code, Settings())
        try:
            yield region
        finally:
            await region.database.close()

    @asynccontextmanager
    async def connected(self, database: str) -> AsyncIterator[asyncpg.Connection]:
        """A bare connection."""
        connection = await asyncpg.connect(self.cluster.url(database))
        try:
            yield connection
        finally:
            await connection.close()

    async def server_seconds(self, database: str) -> float:
        """CPU seconds that whoever serves the connections to a database has worked so far."""
        async with self.connected("postgres") as connection:
            pids = await connection.fetch(CONNECTED, database)
        return sum(cpu_seconds(row["pid"]) for row in pids)

    async def exists(self, database: str) -> bool:
        """Whether there is a database of this name."""
        async with self.connected("postgres") as connection:
            query = "SELECT true FROM pg_database WHERE datname = $1"
            return bool(await connection.fetchval(query, database))

    async def create(self, database: str, template: str = "template1") -> None:
        """A new database, empty or a copy of another that nobody uses."""
        async with self.connected("postgres") as connection:
            await connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')

    async def drop(self, database: str) -> None:
        """Remove a database if it is there."""
        async with self.connected("postgres") as connection:
            await connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


def command(arguments: tuple[str, ...], env: Mapping[str, str], folder: Path) -> str:
    """Run a command of the product to its end; what it says. CommandFailed with its last words."""
    log = folder / f"tsur-{arguments[0]}.log"
    log.unlink(missing_ok=True)
    line = [sys.executable, "-m", "core", *arguments]
    with running(line, log=log, env=env, cwd=ROOT) as process:
        status = process.wait(COMMAND_SECONDS)
    said = log.read_text(encoding="utf-8")
    if status != 0:
        raise CommandFailed(f"tsur {' '.join(arguments)} ended with {status}:\n{said[-4_000:]}")
    return said


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
