"""Whether every region served here is open, migrated and answers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from core.kernel.region import Region
from core.region.revisions import is_current
from core.worker.lag import Lag, lags

PATIENCE_SECONDS = 5.0

log = logging.getLogger("tsur.health")


async def health(regions: Sequence[Region]) -> dict[str, object]:
    """`{"ready": bool, "regions": {code: "ok" | "not migrated" | "no answer"}}`."""
    states = await asyncio.gather(*map(_state, regions))
    found = dict(zip((region.code for region in regions), states, strict=True))
    return {"ready": all(state == "ok" for state in states), "regions": found}


async def _state(region: Region) -> str:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return "ok" if await is_current(region) else "not migrated"
    except Exception as error:  # noqa: BLE001 - whatever it is, the region does not answer
        log.warning("%s does not answer: %s", region.code, type(error).__name__)
        return "no answer"


async def queue_lags(region: Region) -> list[Lag]:
    """How far the region's jobs lag; nothing is said of a database that does not answer."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await lags(region)
    except Exception as error:  # noqa: BLE001 - health has said of it what there is to say
        log.warning("queue of %s is not known: %s", region.code, type(error).__name__)
        return []


async def lag_seconds(region: Region) -> float:
    """For how long the job that waits longest has been due; 0 where none is."""
    return max((lag.seconds for lag in await queue_lags(region)), default=0.0)
