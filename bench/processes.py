"""Child processes: they cannot outlive us, are watched through /proc and ended for sure."""

from __future__ import annotations

import ctypes
import os
import pwd
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
TIMEOUT_SECONDS = 30
TICKS = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


@contextmanager
def running(
    command: Sequence[str | Path],
    *,
    log: Path,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    user: str | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """The process while the block lasts: interrupted at its end, killed if it lingers.

    What it writes goes to `log`. `user` is whom it runs as, if we are root.
    """
    with log.open("ab") as stream:
        process = _start(command, stream, {**os.environ, **(env or {})}, cwd, user)
        try:
            yield process
        finally:
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Interrupt a process and wait for it; kill it once its time is over."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(TIMEOUT_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def cpu_seconds(pid: int) -> float:
    """How long the process has worked so far, its threads and finished children included."""
    fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS


def megabytes(pid: int) -> float:
    """The memory that the process holds now."""
    lines = (PROC / str(pid) / "status").read_text().splitlines()
    line = next(line for line in lines if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def children(pid: int) -> list[int]:
    """The processes that this one started and that live."""
    return [*map(int, (PROC / str(pid) / "task" / str(pid) / "children").read_text().split())]


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _start(
    command: Sequence[str | Path],
    stream: IO[bytes],
    env: Mapping[str, str],
    cwd: Path | None,
    user: str | None,
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*map(str, command)],
        stdin=subprocess.DEVNULL,
        stdout=stream,
        stderr=stream,
        env=env,
        cwd=cwd,
        user=user,
        group=user and _group(user),
        extra_groups=[] if user else None,
        preexec_fn=_die_with_parent if sys.platform == "linux" else None,
    )


def _group(user: str) -> int:
    return pwd.getpwnam(user).pw_gid


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)
