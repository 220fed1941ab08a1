"""A clock that jumps: noticed by a second one that cannot, told as an incident, its queue mended.

What was queued by a clock that ran ahead would wait for that time to come again, and what comes
round would be taken for done.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from sqlalchemy import select

from core.kernel.access import system
from core.kernel.incidents.service import CLOCK, raise_incident
from core.kernel.queue import JobState, QueuedJob
from core.kernel.region import Region
from core.kernel.work import Work

TOLERANCE = timedelta(seconds=30)
"""A clock is set by so much without anybody's noticing."""

STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Goes on while the machine sleeps, where there is one that does."""


class Watch:
    """Compares a clock that can be set with one that cannot."""

    def __init__(self) -> None:
        self._last: tuple[datetime, float] | None = None

    def jump(self, now: datetime) -> timedelta | None:
        """How far the clock has jumped since it was looked at last; None where it has not."""
        steady = time.clock_gettime(STEADY)
        before, self._last = self._last, (now, steady)
        if before is None:
            return None
        jumped = now - before[0] - timedelta(seconds=steady - before[1])
        return jumped if abs(jumped) > TOLERANCE else None


async def tell_jump(region: Region, jumped: timedelta) -> None:
    """Let operators know of it."""
    async with region.work(system()) as work:
        way = "вперёд" if jumped > timedelta() else "назад"
        seconds = round(abs(jumped.total_seconds()))
        text = f"Часы этой машины переведены {way} на {seconds} с: включите сверку времени"
        await raise_incident(work, CLOCK, text)


async def mend_queue(region: Region) -> int:
    """Make due again what a clock that ran ahead has put off; how many rows. Twice does nothing."""
    ahead = select(QueuedJob.id).where(QueuedJob.queued_at > region.now() + TOLERANCE).limit(1)
    async with region.reading(system()) as work:
        if await work.session.scalar(ahead) is None:
            return 0
    async with region.work(system()) as work:
        return await _mend(work)


async def _mend(work: Work) -> int:
    ahead = QueuedJob.queued_at > work.now + TOLERANCE
    rows = (await work.session.scalars(select(QueuedJob).where(ahead).with_for_update())).all()
    for row in rows:
        if row.state == JobState.WAITING:
            row.run_at = work.now + max(row.run_at - row.queued_at, timedelta())
        elif row.state == JobState.RUNNING and row.leased_until is not None:
            row.leased_until = min(row.leased_until, work.now)
        row.queued_at = work.now
        row.ticket = None
    over = QueuedJob.state != JobState.WAITING
    periods = select(QueuedJob).where(QueuedJob.ticket.is_not(None), over)
    for row in await work.session.scalars(periods):
        row.ticket = None  # of a time that comes again: whatever was done then is due anew
    text = "Очередь поставлена часами, которые спешили: задания снова идут в срок"
    await raise_incident(work, CLOCK, text)
    return len(rows)
