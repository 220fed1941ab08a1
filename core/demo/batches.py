"""One step with many cases of the demo, done: what a clerk's Monday leaves behind."""

from __future__ import annotations

from sqlalchemy import func, select

from core.appeals.batches.jobs import run_batch
from core.appeals.batches.model import Batch
from core.appeals.batches.service import prepare, start
from core.appeals.batches.steps import Deed, Given
from core.appeals.model import Appeal
from core.appeals.queries import visible
from core.appeals.rules.lifecycle import State
from core.directory.model import Body
from core.directory.service import actor_in
from core.kernel.access import system
from core.kernel.region import Region
from core.region.tokens import DEMO_SUBJECT

CLERK = "coordinator"
MANY = 3
"""Of those in the queue, and of others with which it cannot be done."""

REASON = "Вымышленная причина для показа."


async def fill_batches(region: Region) -> int:
    """A coordinator has routed a few cases of the queue at once; how many were named.

    None a second time, nor where the queue is empty or no official of the demo keeps it.
    """
    async with region.work(system()) as work:
        actor = await actor_in(work, DEMO_SUBJECT.format(role=CLERK))
        if await work.session.scalar(select(func.count()).select_from(Batch)) or not actor.grants:
            return 0
        body = await work.session.scalar(select(Body.key).order_by(Body.id).limit(1))
        named: list[int] = []
        for fits in (Appeal.state == State.QUEUED, Appeal.state != State.QUEUED):
            mine = select(Appeal.id).where(visible(actor), fits).order_by(Appeal.id.desc())
            named += await work.session.scalars(mine.limit(MANY))
    if body is None or len(named) < 2 * MANY:
        return 0
    async with region.work(actor) as work:
        batch = await prepare(work, Deed.ROUTE, select(Appeal).where(Appeal.id.in_(named)))
        number = (await start(work, batch.id, Given(body=body, reason=REASON))).id
    await run_batch(region, {"batch": number})
    return len(named)
