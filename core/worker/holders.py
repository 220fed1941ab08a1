"""Which process has a job in hand, and whether it is still there.

A lease tells of one that died within minutes; a process that can be seen from here is asked after
at once.
"""

from __future__ import annotations

import os
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


def holder() -> str | None:
    """How rows name this process; None where the system tells of none."""
    pid, here = os.getpid(), _here()
    started = _started(pid)
    return None if here is None or started is None else f"{here} {pid} {started}"


def is_gone(named: str) -> bool:
    """Whether it could be seen from here and is there no more, its number given anew or not."""
    here, pid, started = named.rsplit(" ", 2)
    return here == _here() and _started(int(pid)) != started


async def free_left(region: Region) -> int:
    """Let what processes that are gone had in hand be due now; how many rows."""
    running = QueuedJob.state == JobState.RUNNING
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


@cache
def _here() -> str | None:
    """Where a number names one process: this start of this machine, and its space of numbers."""
    try:
        boot = (PROCESSES / "sys/kernel/random/boot_id").read_text().strip()
        space = (PROCESSES / "self/ns/pid").readlink()
    except OSError:
        return None
    return f"{boot} {space}"


def _started(pid: int) -> str | None:
    """The tick at which a living process began."""
    try:
        fields = (PROCESSES / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()
    except (OSError, IndexError):
        return None
    return None if fields[STATE] in DEAD else fields[STARTED]
