"""The blocks of the centre on a day: those of the acts, and those decided since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.law.rulebook import Rulebook
from core.structure.model import BlockProposal
from core.structure.rules.blocks import Block, BlockKind
from core.structure.rules.charges import Foundation
from core.structure.rules.growth import ProposalState


@dataclass(frozen=True)
class Blocks:
    """Blocks by law and by decision; a decided one is a rule too, with the clause that let it."""

    rules: Rulebook
    decided: Sequence[Block] = ()

    def all(self, on: date) -> tuple[Block, ...]:
        """Every block in force on a local day; a later decision stands for what it widens."""
        held = {block.key: block for block in self.rules.all(Block, on)}
        held |= {block.key: block for block in self.decided if block.holds(on)}
        return tuple(held.values())

    def find(self, key: str | None, on: date) -> Block | None:
        """The block with this key on a local day."""
        return next((block for block in self.all(on) if block.key == key), None)

    def get(self, key: str, on: date) -> Block:
        """Like `find`; UNKNOWN_BLOCK where there is none."""
        block = self.find(key, on)
        if block is None:
            law = self.rules.get(Foundation, "blocks", on)
            raise Refusal(RefusalCode.UNKNOWN_BLOCK, f"Блока «{key}» в центре нет", law.clause)
        return block


async def load_blocks(session: AsyncSession, rules: Rulebook) -> Blocks:
    """Read what was decided, in the order in which it came into force."""
    query = (
        select(BlockProposal)
        .where(BlockProposal.state == ProposalState.IN_FORCE)
        .order_by(BlockProposal.since, BlockProposal.id)
    )
    return Blocks(rules, decided_rules((await session.scalars(query)).all(), rules))


def decided_rules(rows: Iterable[BlockProposal], rules: Rulebook) -> list[Block]:
    """The blocks that proposals in force are; one whose clause left the law is none."""
    return [block for row in rows if (block := _rule(row, rules)) is not None]


def _rule(row: BlockProposal, rules: Rulebook) -> Block | None:
    clause = rules.clause(row.clause or "")
    if clause is None:
        return None
    return Block(
        row.key,
        row.name,
        tuple(row.themes),
        BlockKind(row.form),
        row.significant,
        clause=clause,
        since=row.since,
    )
