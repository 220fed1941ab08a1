"""A PostgreSQL of our own: made, started on the loopback address, and removed at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.processes import free_port, running

START_SECONDS = 60
UNPRIVILEGED = ("postgres", "nobody")
TUNING = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "1GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "512MB",
    "effective_cache_size": "4GB",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "30min",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    # What tidies up in the middle of a round would be counted as somebody's work.
    "autovacuum": "off",
}


class NoPostgreSQL(Exception):
    """The server's programs are not installed here."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server. Everybody who reaches the loopback address may do everything."""

    port: int
    version: str

    def url(self, database: str) -> str:
        """As asyncpg and others take it."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def product_url(self, database: str) -> str:
        """As the product takes it."""
        return f"postgresql+asyncpg://postgres@127.0.0.1:{self.port}/{database}"


@contextmanager
def cluster(
    folder: Path, tuning: Mapping[str, str] = TUNING, locale: str = "C"
) -> Iterator[Cluster]:
    """The server while the block lasts; its files are in `folder`, made unless they stand."""
    there, user = programs(), _user()
    data = _data(folder, there, user, locale)
    port = free_port()
    options = [part for name, value in tuning.items() for part in ("-c", f"{name}={value}")]
    command: list[str | Path] = [there / "postgres", "-D", data, "-p", str(port), *options]
    log = folder / "server.log"
    with running(command, log=log, cwd=data, user=user) as server:
        _wait(server, there, port, log)
        yield Cluster(port, _said(there / "postgres", "--version").split()[2])


def _data(folder: Path, programs: Path, user: str | None, locale: str) -> Path:
    """The server's files, made unless they stand already."""
    folder.mkdir(parents=True, exist_ok=True)
    data = folder / "data"
    if user is not None:
        shutil.chown(folder, user)
    if not data.exists():
        initdb: list[str | Path] = [programs / "initdb", "-D", data, "-U", "postgres"]
        with running(
            [*initdb, "-A", "trust", "-E", "UTF8", f"--locale={locale}"],
            log=folder / "initdb.log",
            cwd=folder,
            user=user,
        ) as process:
            if process.wait(START_SECONDS) != 0:
                raise NoPostgreSQL(f"initdb failed:\n{(folder / 'initdb.log').read_text()}")
    return data


def _wait(server: subprocess.Popen[bytes], programs: Path, port: int, log: Path) -> None:
    ask: list[str | Path] = [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    for _ in range(START_SECONDS * 10):
        if subprocess.run(ask, check=False).returncode == 0:
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise NoPostgreSQL(f"the server did not start:\n{log.read_text()[-2_000:]}")


def programs() -> Path:
    """The folder with initdb and its like: where pg_config says, or where Debian puts it."""
    config = shutil.which("pg_config")
    asked = [Path(_said(Path(config), "--bindir"))] if config else []
    usual = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    beside = shutil.which("initdb")
    for folder in (*asked, *usual, *([Path(beside).resolve().parent] if beside else [])):
        if all((folder / name).exists() for name in ("initdb", "postgres", "pg_isready")):
            return folder
    raise NoPostgreSQL("PostgreSQL's server programs (initdb, postgres) are not installed")


def _user() -> str | None:
    """Whom the server runs as: it refuses root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED if name in known)


def _said(program: Path, option: str) -> str:
    answer = subprocess.run([program, option], check=True, capture_output=True, text=True)
    return answer.stdout.strip()
