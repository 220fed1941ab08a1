"""Which process has a job in hand, and whether it is still there.

A lease tells of one that died within minutes; a process of this host is asked after at once.
"""

from __future__ import annotations

import os
import socket
from functools import cache
from pathlib import Path

from sqlalchemy import select, update

from core.kernel.access import system
from core.kernel.queue import JobState, QueuedJob
from core.kernel.region import Region

PROCESSES = Path("/proc")
STATE, STARTED = 0, 19
"""Places after the name in a process's `stat`, as proc(5) counts them from its third field."""

DEAD = {"Z", "X"}


@cache
def own(pid: int) -> str | None:
    """How rows name the process `pid` of this host; None where the system tells of none."""
    started = _started(pid)
    return None if started is None else f"{socket.gethostname()} {pid} {started}"


def holder() -> str | None:
    """How rows name this process."""
    return own(os.getpid())


def is_gone(named: str) -> bool:
    """Whether it was a process of this host and is none any more, its number given anew or not."""
    host, pid, started = named.rsplit(" ", 2)
    return host == socket.gethostname() and _started(int(pid)) != started


async def free_left(region: Region) -> int:
    """Let what processes that are gone had in hand be due now; how many rows."""
    mine, running = holder(), QueuedJob.state == JobState.RUNNING
    if mine is None:
        return 0
    async with region.reading(system()) as work:
        held = select(QueuedJob.holder).where(running, QueuedJob.holder.is_not(None)).distinct()
        gone = [one for one in await work.session.scalars(held) if one is not None and is_gone(one)]
    if not gone:
        return 0
    async with region.work(system()) as work:
        free = update(QueuedJob).where(running, QueuedJob.holder.in_(gone))
        values = {"state": JobState.WAITING, "run_at": work.now, "leased_until": None}
        freed = await work.session.execute(free.values(values).returning(QueuedJob.id))
        return len(freed.all())


def _started(pid: int) -> str | None:
    """The tick at which a living process began."""
    try:
        fields = (PROCESSES / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()
    except (OSError, IndexError):
        return None
    return None if fields[STATE] in DEAD else fields[STARTED]
