"""The release of a restored database: what would go is shown, a person decides, the doors open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from core.kernel.access import require, system
from core.kernel.codes import Permission, RefusalCode
from core.kernel.doors.model import Arrival, Verdict
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.region import Region
from core.kernel.work import Work
from core.region.doors.kinds import KINDS

Waiting = Mapping[str, Mapping[str, int]]
"""How many of each sort would go, by kind; kinds of which nothing would go are left out."""


async def closed(work: Work) -> Sequence[Arrival]:
    """The arrivals that were not released, the oldest first; none where the doors are open."""
    query = select(Arrival).where(Arrival.released_at.is_(None)).order_by(Arrival.id)
    return (await work.session.scalars(query)).all()


async def waiting(region: Region) -> Waiting | None:
    """What would go if the doors opened; None where they are open."""
    async with region.reading(system()) as work:
        arrivals = await closed(work)
        if not arrivals:
            return None
        found = {kind.words: await kind.count(region, work, arrivals[-1]) for kind in KINDS}
    return {words: sorts for words, sorts in found.items() if sorts}


async def release(region: Region, verdict: Verdict) -> None:
    """Open the doors: what came with the copy goes now, or counts as gone. Needs OPERATE.

    Refuses WRONG_STATE where the doors are open.
    """
    async with region.work(system()) as work:
        require(work.actor, Permission.OPERATE)
        arrivals = await closed(work)
        if not arrivals:
            text = f"Двери региона «{region.code}» открыты"
            raise Refusal(RefusalCode.WRONG_STATE, text)
        for row in arrivals:
            row.released_at, row.verdict = work.now, verdict
        await work.session.flush()
        if verdict is Verdict.GONE:
            for kind in KINDS:
                await kind.gone(region, work, arrivals[-1])
        after = {"verdict": verdict, "made_at": arrivals[-1].made_at.isoformat()}
        await work.record(Event("doors.released", f"arrival:{arrivals[-1].id}", after=after))
