"""The tree at its latest size: where its right edge is kept, and how it is signed."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.kernel.keys import ALGORITHM
from core.kernel.sealing.model import SealBacklog, SealHead
from core.kernel.sealing.notes import Checkpoint, Note, sign_note
from core.kernel.sealing.seals import HASH_BYTES
from core.kernel.sealing.signing import origin, signing_key
from core.kernel.sealing.tree import Frontier
from core.kernel.work import Work
from core.region.sealing.extension import Extension, left_of


async def latest_head(session: AsyncSession) -> SealHead | None:
    """The tree as it was signed last; None before it has a leaf."""
    head: SealHead | None = await session.scalar(
        select(SealHead).order_by(SealHead.id.desc()).limit(1)
    )
    return head


def frontier(head: SealHead | None) -> Frontier:
    """The right edge from which the tree grows on."""
    if head is None:
        return Frontier()
    parts = range(0, len(head.edge), HASH_BYTES)
    return Frontier(head.id, [head.edge[at : at + HASH_BYTES] for at in parts])


def new_head(
    work: Work, grown: Frontier, previous: int, backlog: Iterable[SealBacklog]
) -> SealHead:
    """The tree as it is now, which follows that of size `previous`, signed by the own key."""
    root = grown.root()
    more = Extension(work.now, previous, left_of(backlog))
    text = f"{Checkpoint(origin(work.region), grown.size, root)}{more}"
    note = Note(text, (sign_note(text, origin(work.region), signing_key(work.keys)),))
    edge = b"".join(grown.edge)
    return SealHead(
        id=grown.size, root=root, edge=edge, at=work.now, algorithm=ALGORITHM, note=str(note)
    )
