"""The start: every region of the checkout in one process, on the embedded default."""

from __future__ import annotations

import asyncio
import http.client
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.ground import ROOT, command
from bench.processes import children, cpu_seconds, free_port, megabytes, running
from bench.ratios import Round

APPEALS = "100"
RULES = """
import sys, time
from importlib import import_module
began = time.process_time()
for name in sys.argv[1:]:
    import_module(name)
print(time.process_time() - began)
"""
SECONDS = 60
AT_REST = 0.1
"""Less work than this in a second."""

Say = Callable[[str], None]


async def measure(folder: Path, rounds: int, say: Say = print) -> list[Round]:
    """Seconds until the process is ready, on the clock and of work; the megabytes it then holds,
    and the same of the process of jobs beside it.

    `rules` are CPU seconds of importing every kind of rule of core, in a process of its own.
    It may keep its bytecode, as an installed one has it: the first start is not among the figures.
    """
    env = {"TSUR_DATA_DIR": str(folder / "embedded"), "PYTHONDONTWRITEBYTECODE": ""}
    await asyncio.to_thread(command, ("migrate",), env, folder)
    await asyncio.to_thread(command, ("demo", "--size", APPEALS), env, folder)
    await asyncio.to_thread(_start, env, folder)
    found: list[Round] = []
    for number in range(rounds):
        say(f"start: round {number + 1}")
        rules = await asyncio.to_thread(importing_rules, env)
        found.append({**await asyncio.to_thread(_start, env, folder), "rules": rules})
    return found


def rules_of_core() -> list[str]:
    """Every public module of rules, by its dotted name, sorted: all but the report of that name."""
    core = ROOT / "core"
    packages = (path.parent for path in core.rglob("rules/__init__.py"))
    modules = (path.with_suffix("") for path in core.rglob("rules.py"))
    names = (".".join(path.relative_to(ROOT).parts) for path in (*packages, *modules))
    return sorted(name for name in names if not name.startswith("core.reports."))


def importing_rules(env: Mapping[str, str]) -> float:
    """CPU seconds that a fresh process takes to import all of them, the interpreter not counted."""
    done = subprocess.run(
        [sys.executable, "-c", RULES, *rules_of_core()],
        cwd=ROOT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
    )
    return float(done.stdout)


def _start(env: Mapping[str, str], folder: Path) -> Round:
    port, began = free_port(), time.perf_counter()
    line = [sys.executable, "-m", "core", "serve", "--port", str(port)]
    with running(line, log=folder / "start.log", env=env, cwd=ROOT) as process:
        while not _ready(port):
            if process.poll() is not None or time.perf_counter() - began > SECONDS:
                raise TimeoutError((folder / "start.log").read_text(encoding="utf-8")[-2_000:])
            time.sleep(0.01)
        found = {
            "seconds": time.perf_counter() - began,
            "cpu_seconds": cpu_seconds(process.pid),
            "megabytes": megabytes(process.pid),
        }
        return {**found, **of_jobs(process.pid, began + SECONDS)}


def of_jobs(service: int, until: float) -> Round:
    """What the process of jobs beside the service has worked and holds, once it is at rest."""
    worked = -1.0
    while time.perf_counter() < until:
        time.sleep(1)
        pids = children(service)
        if not pids:
            continue
        before, worked = worked, cpu_seconds(pids[0])
        if worked - before < AT_REST:
            return {"jobs_cpu_seconds": worked, "jobs_megabytes": megabytes(pids[0])}
    raise TimeoutError("no process of jobs came to rest")


def _ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
