"""One step with many cases of the demo, done: what a clerk's day leaves behind."""

from __future__ import annotations

from sqlalchemy import func, select

from core.appeals.batches.jobs import run_batch
from core.appeals.batches.model import Batch
from core.appeals.batches.service import prepare, start
from core.appeals.batches.steps import Deed, Given
from core.appeals.model import Appeal
from core.appeals.queries import visible
from core.appeals.rules.lifecycle import State
from core.directory.service import actor_in
from core.kernel.access import system
from core.kernel.region import Region
from core.region.tokens import DEMO_SUBJECT

CLERK = "body-official"
MANY = 3
"""Of those in work, and of others with which it cannot be done."""


async def fill_batches(region: Region) -> int:
    """An official has put a few cases of his body on his own desk at once; how many were named.

    None a second time, nor where no official of the demo has cases in work.
    """
    async with region.work(system()) as work:
        actor = await actor_in(work, DEMO_SUBJECT.format(role=CLERK))
        if await work.session.scalar(select(func.count()).select_from(Batch)) or not actor.grants:
            return 0
        able, unable = [
            list(
                await work.session.scalars(
                    select(Appeal.id)
                    .where(visible(actor), Appeal.state == state)
                    .order_by(Appeal.id.desc())
                    .limit(MANY)
                )
            )
            for state in (State.IN_WORK, State.CLOSED)
        ]
    if not able:
        return 0
    named = able + unable
    async with region.work(actor) as work:
        batch = await prepare(work, Deed.ENTRUST, select(Appeal).where(Appeal.id.in_(named)))
        number = (await start(work, batch.id, Given(person=actor.person_id))).id
    await run_batch(region, {"batch": number})
    return len(named)
