"""Whether the journal is sealed in time, and what its last signed head is."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from core.kernel.sealing.model import SealWaiting
from core.kernel.settings import RegionSettings
from core.kernel.work import Work
from core.region.sealing.batches import BATCH
from core.region.sealing.heads import latest_head
from core.region.sealing.jobs import LONGEST_WAIT, oldest_waiting
from core.region.sealing.remote import remotes
from core.region.sealing.requests import cosigned_at
from core.region.sealing.timestamps import last_stamp
from core.region.upkeep.states import State


@dataclass(frozen=True, slots=True)
class Seals:
    """Rows that wait and for how many seconds the first does; the tree as it was signed last.

    `witnessed_at` and `stamped_at` are when others vouched last; None where nobody is asked to.
    """

    state: State
    waiting: int
    seconds: float
    size: int
    root: str | None
    signed_at: datetime | None
    witnessed_at: datetime | None
    stamped_at: datetime | None
    most_waiting: int = BATCH
    most_seconds: float = LONGEST_WAIT.total_seconds()


async def seals(work: Work, own: RegionSettings) -> Seals:
    """How far sealing has come, and who else has vouched for it."""
    waiting = await work.session.scalar(select(func.count()).select_from(SealWaiting)) or 0
    oldest = await oldest_waiting(work)
    seconds = 0.0 if oldest is None else max((work.now - oldest).total_seconds(), 0.0)
    head = await latest_head(work.session)
    late = seconds > LONGEST_WAIT.total_seconds()
    many = State.WARNING if waiting > BATCH else State.WELL
    signed = [cosigned_at(work.sealing, one.name, one.public) for one in remotes(own)]
    roots = own.timestamp_roots
    try:
        text = None if roots is None else await asyncio.to_thread(roots.read_bytes)
    except OSError:
        text = None  # the job that stamps has raised its incident
    return Seals(
        state=State.FAULT if late else many,
        waiting=waiting,
        seconds=seconds,
        size=0 if head is None else head.id,
        root=None if head is None else head.root.hex(),
        signed_at=None if head is None else head.at,
        witnessed_at=max((one for one in signed if one is not None), default=None),
        stamped_at=None if text is None else await last_stamp(work, text),
    )
