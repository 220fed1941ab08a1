"""Jobs that come round: each is queued once a period, however many processes try."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, select

from core.db.bulk import table_of, upsert
from core.kernel.access import system
from core.kernel.extensions import AnyJob
from core.kernel.queue import JobState, QueuedJob
from core.kernel.region import Region
from core.kernel.work import Work

KEPT = timedelta(days=7)
"""How long a finished run can still be looked up."""


def tickets(jobs: Mapping[str, AnyJob], now: datetime) -> dict[str, str]:
    """The ticket of every periodic job's present period, with the job's name."""
    periodic = ((job.name, job.every) for job in jobs.values() if job.every)
    return {
        f"{name}/{int(now.timestamp() // every.total_seconds())}": name for name, every in periodic
    }


async def queue_periodic(region: Region) -> int:
    """Queue what has not been queued in this period, and forget old finished runs; how many.

    Periods missed while nothing was running are not made up for.
    """
    current = tickets(region.jobs, region.now())
    async with region.database.reading() as session:
        query = select(QueuedJob.ticket).where(QueuedJob.ticket.in_(current))
        missing = set(current) - set(await session.scalars(query))
    if not missing:
        return 0
    async with region.work(system()) as work:
        for ticket in sorted(missing):
            await _queue_once(work, current[ticket], ticket)
        await work.session.execute(delete(QueuedJob).where(_forgettable(work.now, current)))
    return len(missing)


def _forgettable(now: datetime, current: Iterable[str]) -> ColumnElement[bool]:
    """Done long ago; the ticket of a period that still lasts keeps it from coming round twice."""
    of_now = func.coalesce(QueuedJob.ticket, "").in_(list(current))
    return and_(QueuedJob.state == JobState.DONE, QueuedJob.run_at < now - KEPT, ~of_now)


async def _queue_once(work: Work, name: str, ticket: str) -> None:
    row = {
        "name": name,
        "payload": {},
        "ticket": ticket,
        "state": JobState.WAITING,
        "queued_at": work.now,
        "run_at": work.now,
    }
    ticketed = upsert(work.dialect, table_of(QueuedJob)).values(row)
    await work.session.execute(ticketed.on_conflict_do_nothing())
