"""The register of blocks: the one answer to which there are on a day, by law and by decision."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.db.cache import Memo
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.law.rulebook import Rulebook
from core.structure.model import BlockProposal
from core.structure.rules.blocks import Block, BlockKind, BlockRule
from core.structure.rules.charges import Foundation
from core.structure.rules.growth import ProposalState


@dataclass(frozen=True)
class Blocks:
    """Blocks by law and by decision; a decided one has the clause that let it be decided."""

    law: Rulebook
    decided: Sequence[Block] = ()
    _days: Memo[Mapping[str, Block]] = field(default_factory=Memo, repr=False, compare=False)

    def all(self, on: date) -> tuple[Block, ...]:
        """Every block on a local day: the law's, then those decided; a decision widens a law's."""
        return tuple(self._held(on).values())

    def find(self, key: str | None, on: date) -> Block | None:
        """The block with this key on a local day."""
        return self._held(on).get(key) if key is not None else None

    def get(self, key: str, on: date) -> Block:
        """Like `find`; UNKNOWN_BLOCK where there is none."""
        block = self.find(key, on)
        if block is None:
            law = self.law.get(Foundation, "blocks", on)
            raise Refusal(RefusalCode.UNKNOWN_BLOCK, f"Блока «{key}» в центре нет", law.clause)
        return block

    def history(self, key: str) -> tuple[Block, ...]:
        """The block with this key at each of its turns, the earliest first."""
        found = (self.find(key, day) for day in self.turns)
        return tuple(dict.fromkeys(block for block in found if block is not None))

    @cached_property
    def keys(self) -> frozenset[str]:
        """Of every block that there was on any day, by law or by decision."""
        by_law = {rule.key for rule in self.law.history(BlockRule)}
        return frozenset(by_law | {block.key for block in self.decided})

    @cached_property
    def turns(self) -> tuple[date, ...]:
        """The days on which the law or a decided block begins or ends, after the first there is."""
        days = {day for block in self.decided for day in (block.since, block.until)}
        return tuple(sorted({*self.law.turns, *(day for day in days if day is not None)}))

    def _held(self, on: date) -> Mapping[str, Block]:
        turn = self.turns[bisect_right(self.turns, on) - 1]
        return self._days.recall(turn, lambda: self._on(on))

    def _on(self, on: date) -> Mapping[str, Block]:
        held = {rule.key: Block.by_law(rule) for rule in self.law.all(BlockRule, on)}
        for block in self.decided:
            if block.holds(on):
                held[block.key] = _widened(block, held.get(block.key))
        return held


async def load_blocks(session: AsyncSession, law: Rulebook) -> Blocks:
    """The blocks of this law and of what was decided up to now."""
    query = select(BlockProposal).where(BlockProposal.state == ProposalState.IN_FORCE)
    rows = await session.scalars(query.order_by(BlockProposal.since, BlockProposal.id))
    return known(rows, law)


def known(rows: Iterable[BlockProposal], law: Rulebook) -> Blocks:
    """The blocks of this law and of proposals in force; one whose clause left the law is none."""
    return Blocks(law, [block for row in rows if (block := _decided(row, law)) is not None])


def _decided(row: BlockProposal, law: Rulebook) -> Block | None:
    clause = law.clause(row.clause or "")
    if clause is None:
        return None
    themes, kind = tuple(row.themes), BlockKind(row.kind)
    return Block(row.key, row.name, themes, kind, row.significant, clause, row.since, row.until)


def _widened(block: Block, by_law: Block | None) -> Block:
    """A decision changes the themes alone: whether somebody is responsible stays as it was."""
    if by_law is None:
        return block
    return replace(block, has_responsible=by_law.has_responsible)
