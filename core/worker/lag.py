"""How far the queue lags: what is due and not in hand, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from core.kernel.access import require
from core.kernel.codes import Permission
from core.kernel.queue import JobState, QueuedJob
from core.kernel.region import Region
from core.kernel.work import Work
from core.worker.queries import runnable

LONGEST_LAG = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Lag:
    """Jobs of one kind that wait though they are due, and for how many seconds the first does."""

    name: str
    waiting: int
    seconds: float


async def lags(region: Region) -> list[Lag]:
    """Of every kind of job that waits, by name; none where all is in time."""
    now = region.now()
    kinds = select(QueuedJob.name, func.count(), func.min(QueuedJob.run_at))
    query = kinds.where(runnable(now, region.jobs.values())).group_by(QueuedJob.name)
    async with region.database.reading() as session:
        rows = (await session.execute(query.order_by(QueuedJob.name))).all()
    return [Lag(name, count, (now - due).total_seconds()) for name, count, due in rows]


@dataclass(frozen=True, slots=True)
class Kind:
    """Jobs of one kind: how many wait though due, how long the first does, when one last ended."""

    name: str
    title: str
    waiting: int
    seconds: float
    ended_at: datetime | None
    late: bool


def is_late(seconds: float) -> bool:
    """Whether a job that has been due for so long shows that nobody sees to the queue."""
    return seconds > LONGEST_LAG.total_seconds()


async def kinds(region: Region) -> list[Kind]:
    """Every kind of job of the region, first those that wait longest."""
    ends = select(QueuedJob.name, func.max(QueuedJob.finished_at).label("at"))
    query = ends.where(QueuedJob.state == JobState.DONE).group_by(QueuedJob.name)
    async with region.database.reading() as session:
        ended = {row.name: row.at for row in await session.execute(query)}
    due = {one.name: one for one in await lags(region)}
    found = []
    for name in {*region.jobs, *due}:
        lag = due.get(name, Lag(name, 0, 0.0))
        title, late = title_of(region, name), is_late(lag.seconds)
        found.append(Kind(name, title, lag.waiting, lag.seconds, ended.get(name), late))
    return sorted(found, key=lambda one: (-one.seconds, one.title))


def title_of(region: Region, name: str) -> str:
    """What people call the kind of job; its name where nobody has called it otherwise."""
    job = region.jobs.get(name)
    return name if job is None else job.title or name


async def shown_lags(work: Work, region: Region) -> list[Lag]:
    """The same for whoever may see to it. Needs OPERATE."""
    require(work.actor, Permission.OPERATE)
    return await lags(region)
