"""Two programs beside each other, an old one out of the repository's history and this one."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.fixtures.ports import answers, free_port
from tests.places import ROOT

RELEASE = "0a2302ec8e52cdfa251ffff4402715be3d5fbd65"
"""The first program that knows which newer tables it can serve: the last release as it were."""

SECONDS = 400
"""So long a loaded machine may take for what takes it seconds."""


def missing() -> str | None:
    """Why there is no old program to be had here."""
    if shutil.which("git") is None or shutil.which("pg_dump") is None:
        return "git или pg_dump здесь нет"
    known = subprocess.run(
        ["git", "-C", str(ROOT), "cat-file", "-e", f"{RELEASE}^{{commit}}"],
        capture_output=True,
        check=False,
    )
    return None if known.returncode == 0 else f"в этом хранилище нет {RELEASE[:7]}"


def unpack(folder: Path) -> Path:
    """The old program as a folder."""
    folder.mkdir()
    told = subprocess.run(
        ["git", "-C", str(ROOT), "archive", "--format=tar", RELEASE],
        capture_output=True,
        check=True,
    )
    subprocess.run(["tar", "-x", "-C", str(folder)], input=told.stdout, check=True)
    return folder


@dataclass(frozen=True)
class Program:
    """A program in its folder, on the region's database and keys."""

    folder: Path
    home: Path
    database: str

    @property
    def environment(self) -> dict[str, str]:
        own = {name: said for name, said in os.environ.items() if not name.startswith("TSUR_")}
        return {
            **own,
            "PYTHONPATH": str(self.folder),
            "TSUR_REGIONS": "kursk",
            "TSUR_DATA_DIR": str(self.home),
            "TSUR_KURSK_DATABASE_URL": self.database,
        }

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "core", *words]

    def run(self, *words: str) -> str:
        """What the command prints; it must end well."""
        done = subprocess.run(
            self.command(*words), cwd=self.home, env=self.environment, capture_output=True,
            text=True, timeout=SECONDS, check=False,
        )  # fmt: skip
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        """The address at which it serves meanwhile."""
        port = free_port()
        command = self.command("serve", "--port", str(port))
        server = await asyncio.create_subprocess_exec(
            *command, cwd=self.home, env=self.environment, stdout=subprocess.DEVNULL
        )
        try:
            await asyncio.to_thread(answers, port, SECONDS)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            await server.wait()
