"""What an operator does with jobs that could not be run."""

from __future__ import annotations

from core.kernel.access import require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.queue import JobState, QueuedJob
from core.kernel.work import Work
from core.worker.queries import in_state

MOST = 1_000


async def jobs_in_state(
    work: Work, state: JobState = JobState.PARKED, limit: int = 100
) -> list[QueuedJob]:
    """Jobs in this state, the oldest first, at most MOST. Needs OPERATE."""
    require(work.actor, Permission.OPERATE)
    return list(await work.session.scalars(in_state(state, min(limit, MOST))))


async def retry_job(work: Work, job_id: int) -> QueuedJob:
    """Let a parked job run again at once, with all its attempts before it. Needs OPERATE.

    Refuses NOT_FOUND, and WRONG_STATE for a job that is not parked.
    """
    require(work.actor, Permission.OPERATE)
    row = await work.session.get(QueuedJob, job_id, with_for_update=True)
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого задания нет")
    if row.state != JobState.PARKED:
        raise Refusal(RefusalCode.WRONG_STATE, "Повторить можно только отложенное задание")
    row.state, row.run_at, row.finished_at = JobState.WAITING, work.now, None
    row.attempts = 0
    await work.record(Event("job.retried", f"job:{row.id}", after={"name": row.name}))
    return row
