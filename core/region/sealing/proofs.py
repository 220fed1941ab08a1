"""Proofs out of what is kept: leaves, and every eighth level of whole subtrees above them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.kernel.sealing.forms import leaf_content
from core.kernel.sealing.model import SealLeaf, SealNode
from core.kernel.sealing.tree import (
    Frontier,
    Range,
    combined,
    consistency,
    inclusion,
    leaf_hash,
    perfect,
)
from core.region.sealing.batches import KEPT_LEVEL


async def inclusion_proof(session: AsyncSession, index: int, size: int) -> list[bytes]:
    """What proves that the leaf, counted from nought, is in the tree of this size."""
    return await _hashes(session, inclusion(index, size))


async def consistency_proof(session: AsyncSession, old: int, size: int) -> list[bytes]:
    """What proves that the tree of this size began as the old one."""
    return await _hashes(session, consistency(old, size))


async def root_at(session: AsyncSession, size: int) -> bytes:
    """The root of the tree when it had this size."""
    return (await _hashes(session, [Range(0, size)]))[0] if size else Frontier().root()


async def _hashes(session: AsyncSession, ranges: Sequence[Range]) -> list[bytes]:
    return [combined([await _subtree(session, *one) for one in perfect(whole)]) for whole in ranges]


async def _subtree(session: AsyncSession, level: int, place: int) -> bytes:
    """The hash of a whole subtree, put together from at most 128 hashes below it."""
    above = level % KEPT_LEVEL
    first, number = place << above, 1 << above
    tree = Frontier()
    for digest in await _kept(session, level - above, first, number):
        for _ in tree.append(digest):
            pass
    if tree.size != number:
        raise LookupError(f"the tree lacks a subtree of level {level}")
    return tree.root()


async def _kept(session: AsyncSession, level: int, first: int, number: int) -> list[bytes]:
    if level:
        places = SealNode.place.between(first, first + number - 1)
        query = select(SealNode.digest).where(SealNode.level == level, places)
        return list(await session.scalars(query.order_by(SealNode.place)))
    columns = (SealLeaf.kind, SealLeaf.row_id, SealLeaf.form, SealLeaf.digest)
    asked = select(*columns).where(SealLeaf.id.between(first + 1, first + number))
    rows = await session.execute(asked.order_by(SealLeaf.id))
    return [leaf_hash(leaf_content(*row)) for row in rows]
