"""Putting jobs into a region's queue and looking at what became of them."""

from __future__ import annotations

from sqlalchemy import select

from core.kernel.access import system
from core.kernel.journal import JournalEntry
from core.kernel.queue import QueuedJob
from core.kernel.region import Region


async def queue(region: Region, name: str, subject: str = "test:1") -> int:
    """Queue a job of the testing ground; gives the id of its row."""
    async with region.work(system()) as work:
        work.later(name, {"subject": subject})
        await work.session.flush()
        return (
            await work.session.scalars(select(QueuedJob.id).order_by(-QueuedJob.id))
        ).first() or 0


async def row(region: Region, job_id: int) -> QueuedJob:
    async with region.database.reading() as session:
        return (await session.scalars(select(QueuedJob).where(QueuedJob.id == job_id))).one()


async def states(region: Region) -> list[tuple[str, str]]:
    """Name and state of every row, the oldest first."""
    async with region.database.reading() as session:
        rows = await session.execute(select(QueuedJob.name, QueuedJob.state).order_by(QueuedJob.id))
        return [(name, state) for name, state in rows]


async def journal(region: Region, name: str) -> list[str]:
    """What the journal says this happened to, the oldest first."""
    async with region.database.reading() as session:
        query = select(JournalEntry.subject).where(JournalEntry.name == name)
        return list(await session.scalars(query.order_by(JournalEntry.id)))
