"""The job that seals, and whether it keeps up."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select

from core.kernel.access import system
from core.kernel.extensions import Units
from core.kernel.incidents.service import raise_incident, resolve_standing
from core.kernel.sealing.model import SealWaiting
from core.kernel.work import Work
from core.region.sealing.batches import BATCH, seal_batch
from core.region.sealing.exports import export_latest

MOST_BATCHES = 100
"""In one run; the next one is due soon."""

LONGEST_WAIT = timedelta(seconds=60)
"""How long a row may wait before the journal is told to be unwell."""

OTHER = "journal/checkpoint"
TEXT = (
    "Журнал не продолжает корня, вынесенного раньше: базу вернули к прежнему состоянию или"
    " переписали. Корень оставлен, чтобы проверка это назвала"
)


async def run_seal(units: Units, _payload: Mapping[str, object]) -> None:
    """Periodic job: seal all that waits, a transaction a batch, and export the head."""
    for _ in range(MOST_BATCHES):
        async with units.work(system()) as work:
            sealed = await seal_batch(work)
        if sealed < BATCH:
            break
        await asyncio.sleep(0)
    async with units.reading(system()) as work:
        goes_on = await export_latest(work)
    async with units.work(system()) as work:
        if goes_on:
            await resolve_standing(work, OTHER)
        else:
            await raise_incident(work, OTHER, TEXT)


def waits_too_long(oldest: datetime | None, since: datetime, now: datetime) -> bool:
    """Whether what has waited since `oldest` does so for longer than it may, counted from `since`.

    What waited before, while a program served that knows no seals, is nobody's neglect yet.
    """
    return oldest is not None and max(oldest, since) < now - LONGEST_WAIT


async def oldest_waiting(work: Work) -> datetime | None:
    """Since when the row waits that does so longest; None where none waits."""
    oldest: datetime | None = await work.session.scalar(select(func.min(SealWaiting.at)))
    return oldest
