"""Files that belong to nobody any more: destroyed, whether a job was told of them or not."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from core.attachments.model import AttachmentFile
from core.kernel.access import system
from core.kernel.extensions import Units
from core.kernel.serves import serves

GRACE = timedelta(days=1)
"""A file is put before it is written down: so long it may wait for its row."""

BATCH = 500


async def run_destroy(units: Units, payload: Mapping[str, object]) -> None:
    """The job after an erasure: these files, of which no row is left."""
    named = payload.get("files")
    names = [str(one) for one in named] if isinstance(named, list) else []
    await _destroy(units, names)


@serves()
async def run_sweep_files(units: Units, _payload: Mapping[str, object]) -> None:
    """Periodic job: what a run that was broken off has left behind. Its keys are nowhere."""
    before = units.now() - GRACE
    names = [name for name, put in await asyncio.to_thread(_all, units) if put < before]
    for start in range(0, len(names), BATCH):
        await _destroy(units, names[start : start + BATCH])
    await asyncio.to_thread(units.files.forget_drafts, before)


def _all(units: Units) -> list[tuple[str, datetime]]:
    return list(units.files.names())


async def _destroy(units: Units, names: Iterable[str]) -> None:
    """These files but for those that a row names."""
    asked = list(names)
    async with units.reading(system()) as work:
        query = select(AttachmentFile.file).where(AttachmentFile.file.in_(asked))
        known = set(await work.session.scalars(query))
    for name in asked:
        if name not in known:
            await asyncio.to_thread(units.files.destroy, name)
