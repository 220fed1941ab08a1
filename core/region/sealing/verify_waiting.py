"""What waits to be sealed against rows; what is from before sealing against the last head."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, exists, select

from core.kernel.sealing.model import SealBacklog, SealWaiting
from core.kernel.sealing.signing import own_checkpoint
from core.kernel.work import Work
from core.region.sealing.extension import left_of, read_extension
from core.region.sealing.heads import latest_head
from core.region.sealing.kinds import KINDS
from core.region.sealing.proof import Findings

UNKNOWN = "ждёт запечатывания строка, которой нет: {}:{}"
NOT_BEFORE = "границы того, что записано до запечатывания, не те, которые подписаны"


async def verify_waiting(work: Work, found: Findings) -> None:
    """Blame lines of both tables that the program did not write."""
    for name, kind in KINDS.items():
        there = exists().where(kind.model.id == SealWaiting.row_id)
        query = select(SealWaiting).where(SealWaiting.kind == name, ~there)
        await _blame(work, query, found)
    await _blame(work, select(SealWaiting).where(SealWaiting.kind.not_in(KINDS)), found)
    await _verify_backlog(work, found)


async def _blame(work: Work, query: Select[Any], found: Findings) -> None:
    for row in await work.session.scalars(query):
        found.blame(f"seal_waiting:{row.id}", UNKNOWN.format(row.kind, row.row_id))


async def _verify_backlog(work: Work, found: Findings) -> None:
    """The last id never changes, the next one only grows; both are signed with each head."""
    head = await latest_head(work.session)
    if head is None or own_checkpoint(head.note, work.region, work.keys) is None:
        return
    more = read_extension(head.note)
    if more is None:
        return
    now = left_of(await work.session.scalars(select(SealBacklog)))
    for kind in sorted({*now, *more.before}):
        (following, last), signed = now.get(kind, (0, 0)), more.before.get(kind, (0, 0))
        if last != signed[1] or not signed[0] <= following <= last + 1:
            found.blame(f"seal_backlog:{kind}", NOT_BEFORE)
