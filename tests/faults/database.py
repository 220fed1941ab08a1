"""A PostgreSQL of our own that survives a power cut, to be stopped and started at will."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

from bench.cluster import NoPostgreSQL, programs
from bench.processes import free_port

OPTIONS = "-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c shared_buffers=64MB"
SECONDS = 60


class Server:
    """The cluster while the block lasts, begun and ended by `pg_ctl`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self._programs = programs()
        self._user = "postgres" if os.geteuid() == 0 else None

    def url(self, database: str) -> str:
        """As the product takes it."""
        return f"postgresql+asyncpg://postgres@127.0.0.1:{self.port}/{database}"

    def bare(self, database: str) -> str:
        """As asyncpg takes it."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        if self._user is not None:
            shutil.chown(self.folder, self._user)
        locale = ("-E", "UTF8", "--locale=C.UTF-8")
        self._run("initdb", "-D", "data", "-U", "postgres", "-A", "trust", *locale)
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop("immediate")

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-p {self.port} {OPTIONS}"
        self._run("pg_ctl", "-D", "data", "-w", "-l", "server.log", "-o", options, "start")

    def stop(self, mode: str) -> None:
        """Stop it: `fast` ends its sessions, `immediate` is a crash."""
        self._run("pg_ctl", "-D", "data", "-m", mode, "stop")

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self._programs / program), *arguments],
            cwd=self.folder,
            user=self._user,
            group=self._user and pwd.getpwnam(self._user).pw_gid,
            extra_groups=[] if self._user else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        if done.returncode != 0:
            raise NoPostgreSQL(f"{program}: {done.stderr[-1_000:]}")
