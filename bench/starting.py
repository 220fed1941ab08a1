"""The start: every region of the checkout in one process, on the embedded default."""

from __future__ import annotations

import asyncio
import http.client
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.ground import ROOT, command
from bench.processes import cpu_seconds, free_port, megabytes, running
from bench.ratios import Round

APPEALS = "100"
SECONDS = 60
Say = Callable[[str], None]


async def measure(folder: Path, rounds: int, say: Say = print) -> list[Round]:
    """Seconds until the process is ready, on the clock and of work; the megabytes it then holds.

    It may keep its bytecode, as an installed one has it: the first start is not among the figures.
    """
    env = {"TSUR_DATA_DIR": str(folder / "embedded"), "PYTHONDONTWRITEBYTECODE": ""}
    await asyncio.to_thread(command, ("migrate",), env, folder)
    await asyncio.to_thread(command, ("demo", "--size", APPEALS), env, folder)
    await asyncio.to_thread(_start, env, folder)
    found = []
    for number in range(rounds):
        say(f"start: round {number + 1}")
        found.append(await asyncio.to_thread(_start, env, folder))
    return found


def _start(env: Mapping[str, str], folder: Path) -> Round:
    port, began = free_port(), time.perf_counter()
    line = [sys.executable, "-m", "core", "serve", "--port", str(port)]
    with running(line, log=folder / "start.log", env=env, cwd=ROOT) as process:
        while not _ready(port):
            if process.poll() is not None or time.perf_counter() - began > SECONDS:
                raise TimeoutError((folder / "start.log").read_text(encoding="utf-8")[-2_000:])
            time.sleep(0.01)
        return {
            "seconds": time.perf_counter() - began,
            "cpu_seconds": cpu_seconds(process.pid),
            "megabytes": megabytes(process.pid),
        }


def _ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
