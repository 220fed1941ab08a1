"""Selects over the queue: what may be run now, and what an operator looks at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from core.kernel.doors.service import CLOSED
from core.kernel.extensions import AnyJob
from core.kernel.queue import JobState, QueuedJob


def runnable(now: datetime, jobs: Iterable[AnyJob] = ()) -> ColumnElement[bool]:
    """Due and free at this moment: waiting for its turn, or left behind by whoever had it.

    Those of the region's `jobs` that let something out wait while the doors are closed.
    """
    waiting = and_(QueuedJob.state == JobState.WAITING, QueuedJob.run_at <= now)
    left = and_(QueuedJob.state == JobState.RUNNING, QueuedJob.leased_until < now)
    leaving = sorted(job.name for job in jobs if job.leaves)
    free = or_(waiting, left)
    return and_(free, or_(QueuedJob.name.not_in(leaving), ~CLOSED)) if leaving else free


def due(now: datetime, limit: int, jobs: Iterable[AnyJob] = ()) -> Select[int, str]:
    """Ids and names of what may be run now, the longest due first, of each kind so many at most."""
    place = func.row_number().over(
        partition_by=QueuedJob.name, order_by=(QueuedJob.run_at, QueuedJob.id)
    )
    columns = (QueuedJob.id, QueuedJob.name, QueuedJob.run_at, place.label("place"))
    rows = select(*columns).where(runnable(now, jobs)).subquery()
    first = select(rows.c.id, rows.c.name).where(rows.c.place <= limit)
    return first.order_by(rows.c.run_at, rows.c.id)


def in_state(state: JobState, limit: int) -> Select[QueuedJob]:
    """Rows in this state, the oldest first."""
    rows = select(QueuedJob).where(QueuedJob.state == state)
    return rows.order_by(QueuedJob.run_at, QueuedJob.id).limit(limit)
