"""Whether every region served here is open, migrated and answers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from core.kernel.access import system
from core.kernel.region import Region
from core.region.revisions import is_current
from core.region.sealing.jobs import waits_too_long

PATIENCE_SECONDS = 5.0

log = logging.getLogger("tsur.health")


async def health(regions: Sequence[Region]) -> dict[str, object]:
    """`{"ready": bool, "regions": {code: "ok" | "not migrated" | "not sealed" | "no answer"}}`.

    Not sealed is a journal in which a row has waited for its seal for longer than it may.
    """
    states = await asyncio.gather(*map(_state, regions))
    found = dict(zip((region.code for region in regions), states, strict=True))
    return {"ready": all(state == "ok" for state in states), "regions": found}


async def _state(region: Region) -> str:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            if not await is_current(region):
                return "not migrated"
            async with region.reading(system()) as work:
                return "not sealed" if await waits_too_long(work) else "ok"
    except Exception as error:  # noqa: BLE001 - whatever it is, the region does not answer
        log.warning("%s does not answer: %s", region.code, type(error).__name__)
        return "no answer"
