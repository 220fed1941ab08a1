"""Whether every region served here is open, migrated, answers and can be written."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from core.db.faults import outage
from core.kernel.access import system
from core.kernel.region import Region
from core.region.pulse import Pulse
from core.region.sealing.jobs import waits_too_long
from core.region.upkeep.copies import Copy, shown_copy
from core.region.upkeep.disks import Disk, disks
from core.region.upkeep.seals import Seals, seals
from core.worker.lag import Lag, lags
from core.worker.vitals import vitals

TIMEOUT_SECONDS = 5.0

log = logging.getLogger("tsur.health")


async def health(pulses: Sequence[Pulse]) -> dict[str, object]:
    """`{"ready": bool, "regions": {code: state}, "lag": {code: seconds}}`.

    The state is "ok", "not migrated", "no answer", "read only" or "not sealed": of a journal in
    which a row has waited for its seal for longer than it may since this process began. Where all
    are ready, the lag says for how long the job that waits longest has been due.
    """
    states = await asyncio.gather(*map(_state, pulses))
    found = dict(zip((pulse.region.code for pulse in pulses), states, strict=True))
    ready = all(state == "ok" for state, _ in states)
    lag = {"lag": {code: seconds for code, (_, seconds) in found.items()}} if ready else {}
    return {"ready": ready, "regions": {code: state for code, (state, _) in found.items()}, **lag}


async def _state(pulse: Pulse) -> tuple[str, float]:
    """The state of one region, and by how many seconds its jobs lag."""
    region = pulse.apart
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            found = await vitals(region)
    except Exception as error:  # noqa: BLE001 - whatever it is, the region does not answer
        log.warning("%s does not answer: %s", region.code, type(error).__name__)
        return "no answer", 0.0
    if found is None:
        return "not migrated", 0.0
    now = region.now()
    if waits_too_long(found.sealing, pulse.began, now):
        return "not sealed", 0.0
    try:
        await pulse.beat()
    except Exception as error:  # noqa: BLE001 - whatever it is, nothing can be taken in
        log.warning("%s cannot be written: %s", region.code, outage(error) or type(error).__name__)
        return "read only", 0.0
    return "ok", 0.0 if found.due is None else (now - found.due).total_seconds()


async def queue_lags(region: Region) -> list[Lag]:
    """How far the region's jobs lag; nothing is said of a database that does not answer."""
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            return await lags(region)
    except Exception as error:  # noqa: BLE001 - health has said of it what there is to say
        log.warning("queue of %s is not known: %s", region.code, type(error).__name__)
        return []


@dataclass(frozen=True, slots=True)
class Gauges:
    """How a region does now; `sealing` is None where its database does not say."""

    queue: Sequence[Lag]
    sealing: Seals | None
    disks: Sequence[Disk]
    backup: Copy
    copied: float | None
    """For how many seconds the last copy has been the last; None where none was made."""

    tried: float | None
    """For how many seconds a copy was not tried; None where none ever was."""


async def gauges(region: Region) -> Gauges:
    """What the upkeep of the region judges by, as numbers; disks are told without a database."""
    backup, now = await asyncio.to_thread(shown_copy, region), region.now()
    ages = (
        None if at is None else (now - at).total_seconds()
        for at in (backup.made_at, backup.drilled_at)
    )
    found = await asyncio.to_thread(disks, region)
    return Gauges(await queue_lags(region), await _sealing(region), found, backup, *ages)


async def _sealing(region: Region) -> Seals | None:
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS), region.reading(system()) as work:
            return await seals(work, region.own)
    except Exception as error:  # noqa: BLE001 - health has said of it what there is to say
        log.warning("sealing of %s is not known: %s", region.code, type(error).__name__)
        return None
