"""Running one queued job: the same path for a broker's worker and for the serving process.

The row is the truth. It is taken under a lease, run in a transaction of its own that also marks
it done, and after a failure waits longer each time until it is parked for an operator. Whoever
dies with a job in hand is found to be gone (`holders`), or leaves a lease that runs out.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

from sqlalchemy import select

from core.kernel.access import system
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.extensions import ApartJob, Job
from core.kernel.incidents.service import raise_incident
from core.kernel.queue import JobState, QueuedJob
from core.kernel.region import Region
from core.kernel.work import Work
from core.worker.holders import holder
from core.worker.queries import runnable

LEASE = timedelta(minutes=5)
LIMIT = LEASE - timedelta(seconds=30)
"""No run outlives its lease, so a second runner never starts beside a slow one."""

FIRST_DELAY = timedelta(seconds=15)
LONGEST_DELAY = timedelta(hours=1)

log = logging.getLogger("tsur.jobs")


class UnknownJob(Exception):
    """No layer of the region has a job with this name."""


class Abandoned(Exception):
    """Whoever had the row died with it, as often as it may be tried."""


class LeaseLost(Exception):
    """Another runner has the row: what this one did is undone."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A row in hand, this `attempt` of it (from 1), until the moment `until`."""

    job_id: int
    name: str
    payload: Mapping[str, object]
    attempt: int
    until: datetime


async def run_job(region: Region, job_id: int) -> JobState | None:
    """Run the row if it is due and free; its state afterwards, None when it was not ours to run.

    Never raises what the job raised: that is kept in the row, by its type and place.
    """
    lease = await claim(region, job_id)
    if lease is None:
        return None
    began = perf_counter()
    state: JobState | None = JobState.DONE
    try:
        await _carry_out(region, lease)
    except Exception as error:  # noqa: BLE001 - whatever a job raises ends in its row
        state = await _give_back(region, lease, error)
    log.info("job", extra=_told(region, lease, state, perf_counter() - began))
    return state


def _told(
    region: Region, lease: Lease, state: JobState | None, seconds: float
) -> dict[str, object]:
    """What the line of a run says; what the job was given stays in its row."""
    return {
        "region": region.code,
        "job": lease.name,
        "number": lease.job_id,
        "attempt": lease.attempt,
        "state": state or "lost",
        "ms": round(seconds * 1000, 1),
    }


async def claim(region: Region, job_id: int) -> Lease | None:
    """Take the row for LEASE if it is due and free; of two that try, one gets it."""
    async with region.work(system()) as work:
        free = runnable(work.now, region.jobs.values())
        query = select(QueuedJob).where(QueuedJob.id == job_id, free)
        row = await work.session.scalar(query.with_for_update(skip_locked=True))
        if row is None:
            return None
        row.state = JobState.RUNNING
        row.attempts += 1
        row.leased_until, row.holder = work.now + LEASE, holder()
        return Lease(row.id, row.name, row.payload, row.attempts, row.leased_until)


def backoff(
    attempt: int, first: timedelta = FIRST_DELAY, longest: timedelta = LONGEST_DELAY
) -> timedelta:
    """How long to wait after this many failures: twice as long each time, up to a limit."""
    return min(first * (1 << min(attempt - 1, 20)), longest)


def described(error: BaseException) -> str:
    """The error's type and place. Its message may quote personal data and is left out."""
    kind = type(error).__name__
    if isinstance(error, Refusal):
        kind += f" {error.code}" + (f" {error.clause.ref}" if error.clause else "")
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "site-packages" not in frame.filename]
    if not own:
        return kind
    return f"{kind} ({own[-1].name}, {Path(own[-1].filename).name}:{own[-1].lineno})"


async def _carry_out(region: Region, lease: Lease) -> None:
    job = region.jobs.get(lease.name)
    if job is None:
        raise UnknownJob(lease.name)
    if lease.attempt > job.attempts:
        raise Abandoned(lease.name)
    async with asyncio.timeout(LIMIT.total_seconds()):
        if isinstance(job, ApartJob):
            await job.run(region, lease.payload)
        await _finish(region, lease, None if isinstance(job, ApartJob) else job)


async def _finish(region: Region, lease: Lease, job: Job | None) -> None:
    """Mark the row done, in one transaction with what the job does in it."""
    async with region.work(system()) as work:
        if job is not None:
            await job.run(work, lease.payload)
        row = await _held(work, lease)
        if row is None:
            raise LeaseLost(lease.name)
        row.state, row.finished_at = JobState.DONE, region.now()
        row.leased_until = row.holder = row.error = None


async def _give_back(region: Region, lease: Lease, error: Exception) -> JobState | None:
    """Let the row wait for its next attempt, or park it; None when it is no longer ours."""
    log.warning("job %s %s failed: %s", region.code, lease.job_id, described(error))
    async with region.work(system()) as work:
        row = await _held(work, lease)
        if row is None:
            return None
        row.leased_until = row.holder = None
        row.error = described(error)
        job = region.jobs.get(lease.name)
        if job is not None and lease.attempt < job.attempts:
            row.state, row.run_at = JobState.WAITING, work.now + backoff(lease.attempt)
        else:
            await _park(work, row)
        return JobState(row.state)


async def _park(work: Work, row: QueuedJob) -> None:
    row.state, row.finished_at = JobState.PARKED, work.now
    after = {"name": row.name, "attempts": row.attempts, "error": row.error}
    await work.record(Event("job.parked", f"job:{row.id}", after=after))
    text = f"Задание «{row.name}» отложено: попыток {row.attempts}, {row.error}"
    await raise_incident(work, f"job/{row.name}", text)


async def _held(work: Work, lease: Lease) -> QueuedJob | None:
    """The row while it is still under this very lease."""
    query = select(QueuedJob).where(
        QueuedJob.id == lease.job_id,
        QueuedJob.state == JobState.RUNNING,
        QueuedJob.attempts == lease.attempt,
        QueuedJob.leased_until == lease.until,
    )
    row: QueuedJob | None = await work.session.scalar(query.with_for_update())
    return row
