"""Indicators as law: which kinds there are, who sets, agrees and approves them, who answers.

Two federal kinds are called additional and have different setters and consents (variations,
section 9), so a kind is a chain of signatures and never a flag.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.kernel.codes import Authority
from core.law.act import Clause
from core.law.reference import To
from core.law.rule import Rule
from core.law.russian import Code, listed
from core.shapes.chains.rules import Chain, Party, Step
from core.structure.rules.charges import Charge


class Deed(Code):
    """What a party does in the chain of an indicator."""

    PROPOSE = "propose", "предлагает"
    AGREE = "agree", "согласует"
    APPROVE = "approve", "утверждает"


class OwnerKind(Code):
    """Whose an indicator is; all but the centre and its unit are named by a key."""

    CENTRE = "centre", "центр"
    UNIT = "unit", "подразделение центра компетенций"
    BLOCK = "block", "блок"
    THEME = "theme", "тематика"
    BODY = "body", "орган"
    MUNICIPALITY = "municipality", "муниципальное образование"
    CATEGORY = "category", "категория региональных проблем"


class Stage(Code):
    """What a value goes through before it counts."""

    ASSESSED = "assessed", "оценка"
    CONSOLIDATED = "consolidated", "свод"
    CHECKED = "checked", "проверка"


PASS = "pass"
"""What is done to a value at each stage."""

REGIONAL = ("additional-effectiveness", "additional-target")
"""Keys of the region's own additional indicators: one may be taken for the other (R16)."""


class IndicatorState(Code):
    """Where an indicator is on its way to be in force."""

    PROPOSED = "proposed", "предложен"
    APPROVED = "approved", "утверждён"
    DECLINED = "declined", "отклонён"


@dataclass(frozen=True, slots=True)
class ChainStep:
    """A signature and whose it is; `clause` where another one than the rule's asks for it."""

    deed: Deed
    by: Authority
    clause: Clause | None = None

    def sentence(self) -> str:
        """«центр компетенций согласует», then its clause if that is not the rule's own."""
        ground = f" — {self.clause.title}" if self.clause else ""
        return f"{self.by.label} {self.deed.label}{ground}"

    @property
    def outside(self) -> bool:
        """Whether the party signs by a document of its own."""
        return not self.by.of_the_centre and self.by is not Authority.CENTRE


@dataclass(frozen=True)
class IndicatorKind(Rule):
    """A kind of indicator: its signatures in order, whose it may be, over which view.

    `stages` are what a value goes through before it counts; `source` names where the indicators
    of the kind are listed. The federal view is what regions are compared by (R15). Who answers
    for the charge answers for the indicators of the kind.
    """

    code: ClassVar[str] = "indicator-kind"
    heading: ClassVar[str] = "Показатели: кто устанавливает"
    noun: ClassVar[str] = "вид показателей"

    name: str
    chain: tuple[ChainStep, ...]
    owners: frozenset[OwnerKind]
    federal_view: bool = False
    stages: tuple[Stage, ...] = ()
    source: str = ""
    charge: Charge = Charge.INDICATORS

    def sentence(self) -> str:
        """What it orders, in words."""
        parts = [f"{self.name}: {', '.join(step.sentence() for step in self.chain)}"]
        parts.append(f"чьи: {listed(self.owners)}")
        if self.source:
            parts.append(f"источник: {self.source}")
        if self.stages:
            parts.append(f"значение проходит: {listed(self.stages)}")
        parts.append("федеральное представление" if self.federal_view else "представление региона")
        return "; ".join(parts)

    def no_looser_than(self, other: IndicatorKind) -> bool:
        """Asks for every consent that the other asks for.

        What is of the federal view is set by the same, out of the same list, and stays of it.
        """
        if other.federal_view and (
            not self.federal_view
            or (self.setters, self.source) != (other.setters, other.source)
            or not self.owners >= other.owners
        ):
            return False
        return self.consents >= other.consents

    @property
    def consents(self) -> frozenset[Authority]:
        """Who must agree."""
        return frozenset(step.by for step in self.chain if step.deed is Deed.AGREE)

    @property
    def setters(self) -> frozenset[tuple[Deed, Authority]]:
        """Who proposes and who approves."""
        return frozenset((step.deed, step.by) for step in self.chain if step.deed is not Deed.AGREE)

    def ground(self, step: ChainStep) -> Clause:
        """The clause that asks for this signature."""
        return step.clause or self.clause


@dataclass(frozen=True)
class RequiredTarget(Rule):
    """Each owner of this sort must have an indicator with a target; the key is the kind."""

    code: ClassVar[str] = "required-target"
    heading: ClassVar[str] = "Показатели: без чего не обойтись"

    key: Annotated[str, To(IndicatorKind)]
    owner: OwnerKind

    def sentence(self) -> str:
        """What it orders, in words."""
        return f"без целевого значения не полон показатель вида `{self.key}` ({self.owner.label})"


def chain(
    setter: Authority, *consents: Authority, approver: Authority | None = None
) -> tuple[ChainStep, ...]:
    """Proposed by one, agreed in this order, approved by the setter or by whom is named."""
    agreed = (ChainStep(Deed.AGREE, by) for by in consents)
    return (ChainStep(Deed.PROPOSE, setter), *agreed, ChainStep(Deed.APPROVE, approver or setter))


def indicator_chain(kind: IndicatorKind) -> Chain:
    """The signatures in their order, as steps that are numbered from 1."""
    return Chain(
        tuple(
            Step(str(number), step.deed.value, number, (Party(step.by, kind.ground(step).ref),))
            for number, step in enumerate(kind.chain, start=1)
        )
    )


def value_chain(kind: IndicatorKind) -> Chain:
    """The stages of a value in their order; the centre takes it through each."""
    party = Party(Authority.CENTRE, kind.clause.ref)
    return Chain(
        tuple(
            Step(stage.value, PASS, number, (party,))
            for number, stage in enumerate(kind.stages, start=1)
        )
    )


def in_doubt(kinds: Iterable[IndicatorKind]) -> IndicatorKind:
    """Of the region's additional kinds the one with the longest chain (R16)."""
    known = {kind.key: kind for kind in kinds}
    return max((known[key] for key in REGIONAL if key in known), key=lambda k: len(k.chain))
