"""Selects over the queue: what may be run now, and what an operator looks at."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select

from core.kernel.queue import JobState, QueuedJob


def runnable(now: datetime) -> ColumnElement[bool]:
    """Due and free at this moment: waiting for its turn, or left behind by whoever had it."""
    waiting = and_(QueuedJob.state == JobState.WAITING, QueuedJob.run_at <= now)
    left = and_(QueuedJob.state == JobState.RUNNING, QueuedJob.leased_until < now)
    return or_(waiting, left)


def due(now: datetime, limit: int) -> Select[int, str]:
    """Ids and names of what may be run now, the longest due first."""
    rows = select(QueuedJob.id, QueuedJob.name).where(runnable(now))
    return rows.order_by(QueuedJob.run_at, QueuedJob.id).limit(limit)


def in_state(state: JobState, limit: int) -> Select[QueuedJob]:
    """Rows in this state, the oldest first."""
    rows = select(QueuedJob).where(QueuedJob.state == state)
    return rows.order_by(QueuedJob.run_at, QueuedJob.id).limit(limit)
