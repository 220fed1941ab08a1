"""How far the queue lags: what is due and not in hand, and for how long."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from core.kernel.access import require
from core.kernel.codes import Permission
from core.kernel.queue import QueuedJob
from core.kernel.region import Region
from core.kernel.work import Work
from core.worker.queries import runnable


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


async def shown_lags(work: Work, region: Region) -> list[Lag]:
    """The same for whoever may see to it. Needs OPERATE."""
    require(work.actor, Permission.OPERATE)
    return await lags(region)
