"""How blocks are added to a centre and its themes widened (variations, section 2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from core.kernel.codes import ActKind, Authority
from core.law.rule import Rule
from core.law.russian import Code, listed
from core.shapes.chains.rules import Chain, Party, Step
from core.structure.rules.blocks import BlockKind

PROPOSE, DECIDE = "propose", "decide"
"""A proposal is made, then decided on."""


class ProposalState(Code):
    """Where a proposal of a block stands."""

    PROPOSED = "proposed", "предложено"
    IN_FORCE = "in_force", "в силе"
    REFUSED = "refused", "отклонено"


@dataclass(frozen=True)
class BlockStep(Rule):
    """One step by which a block comes to be; steps of one `order` go in any order.

    `grounds` are the kinds of act it needs, with number and date; empty means that the person
    of the centre decides in the system itself, or any act of an outside authority will do.
    """

    code: ClassVar[str] = "block-step"
    heading: ClassVar[str] = "Как появляется блок"

    order: int
    by: Authority
    grounds: frozenset[ActKind] = frozenset()

    def sentence(self) -> str:
        """What it orders, in words."""
        grounds = f"; основание: {listed(self.grounds)}" if self.grounds else ""
        return f"очерёдность {self.order} (практика системы): {self.by.label}{grounds}"


@dataclass(frozen=True)
class BlockGrowth(Rule):
    """Key `blocks`: which kinds of block may be added."""

    code: ClassVar[str] = "block-growth"
    heading: ClassVar[str] = "Какие блоки можно добавить"

    kinds: frozenset[BlockKind]

    def sentence(self) -> str:
        """What it orders, in words."""
        return f"добавляются блоки: {listed(self.kinds)}"

    def no_looser_than(self, other: BlockGrowth) -> bool:
        """No other kinds."""
        return self.kinds <= other.kinds


def growth_chain(steps: Iterable[BlockStep]) -> Chain:
    """The steps of a proposal: by their order, those of one order side by side."""
    ordered = sorted(steps, key=lambda step: (step.order, step.key))
    return Chain(tuple(_step(step) for step in ordered))


def _step(rule: BlockStep) -> Step:
    deed = PROPOSE if rule.key == PROPOSE else DECIDE
    party = Party(rule.by, rule.clause.ref, rule.grounds)
    return Step(rule.key, deed, rule.order, (party,))
