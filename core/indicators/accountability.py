"""Who answers for an indicator: the role by the act, the person by the appointments of the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from core.directory.model import Person
from core.indicators.model import Indicator
from core.indicators.rules.kinds import IndicatorKind, OwnerKind
from core.kernel.work import Work
from core.law.days import over
from core.structure.accountability import Answer, responsible_for, role_holders
from core.structure.blocks import Blocks, load_blocks
from core.structure.rules.blocks import Block
from core.structure.rules.charges import Charge, Degree, Responsibility

ENOUGH = frozenset({Degree.ANSWERS, Degree.PERSONALLY})


@dataclass(frozen=True, slots=True)
class Accountable:
    """A person who answers, and by which rule; nobody where the role is not held."""

    rule: Responsibility
    role: str
    person: Person | None


async def accountable(work: Work, indicator: Indicator, on: date) -> tuple[Accountable, ...]:
    """Everyone who answers for the indicator on a local day, each with the clause.

    Those who only ensure or contribute are not among them. Where no rule names anybody, whoever
    answers for the work of the centre does.
    """
    blocks = await load_blocks(work.session, work.rules)
    for charge in _charges(work, indicator, on):
        found: dict[Accountable, None] = {}
        for block in _owned(blocks, indicator, on):
            answers = await responsible_for(work.session, work.rules, charge, on, block=block)
            for answer in (one for one in answers if one.rule.degree in ENOUGH):
                found |= dict.fromkeys(await _people(work, answer, blocks.find(block, on), on))
        if found:
            return tuple(found)
    return ()


def _charges(work: Work, indicator: Indicator, on: date) -> Iterator[Charge]:
    if indicator.owner_kind == OwnerKind.UNIT:
        yield Charge.UNIT_INDICATORS
    kind = work.rules.find(IndicatorKind, indicator.kind, on)
    yield kind.charge if kind else Charge.INDICATORS
    yield Charge.CENTRE


def _owned(blocks: Blocks, indicator: Indicator, on: date) -> Sequence[str | None]:
    """The blocks that the owner is, or that take its theme; None alone for all of them."""
    if indicator.owner_kind == OwnerKind.BLOCK:
        return (indicator.owner,)
    if indicator.owner_kind == OwnerKind.THEME:
        taking = (b.key for b in blocks.all(on) if indicator.owner in b.themes)
        return tuple(taking) or (None,)
    return (None,)


async def _people(
    work: Work, answer: Answer, block: Block | None, on: date
) -> Sequence[Accountable]:
    """The holders; where the block has no responsible, of the role that stands in for him (R9)."""
    role = block.answerable(answer.rule.role) if block else answer.rule.role
    held = answer.holders
    if role != answer.rule.role:
        held = tuple(await role_holders(work.session, role, on))
    people = [one.person for one in held if not over(one.person.dismissed, on)]
    return [Accountable(answer.rule, role, person) for person in people or (None,)]
