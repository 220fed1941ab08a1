"""How holders of roles are found, appointed and replaced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.directory.rules.appointments import AppointmentState
from core.directory.rules.bodies import Body, BodyKind
from core.kernel.codes import ActKind, Authority
from core.kernel.rules.roles import Role
from core.law.reference import To
from core.law.rule import Rule
from core.law.russian import Code, keys, listed
from core.shapes.chains.rules import Chain, Party
from core.shapes.chains.rules import Step as ChainStep
from core.shapes.deadlines.rules.units import Unit, spoken
from core.structure.rules.blocks import BlockRule


class Step(Code):
    """Steps of an appointment, in their order."""

    NOMINATE = "nominate", "определяет кандидатуру"
    SUBMIT = "submit", "представляет"
    APPOINT = "appoint", "назначает"
    APPROVE = "approve", "утверждает состав"


ORDER = tuple(Step)


REACHED = {
    Step.NOMINATE: AppointmentState.NOMINATED,
    Step.SUBMIT: AppointmentState.SUBMITTED,
    Step.APPOINT: AppointmentState.APPOINTED,
    Step.APPROVE: AppointmentState.IN_FORCE,
}
PENDING = frozenset(
    {
        AppointmentState.PROPOSED,
        AppointmentState.NOMINATED,
        AppointmentState.SUBMITTED,
        AppointmentState.APPOINTED,
    }
)
ANY_ROLE = "*"


@dataclass(frozen=True)
class AppointmentStep(Rule):
    """Who takes a step of the appointment to a role, and in what act.

    Several rules of one role and step are alternatives. `bodies` are keys where a body decides;
    `blocks` limits the step to some blocks. `grounds` are the kinds of act it needs; empty means
    any. The appointment holds from the last step that its role has (R23).
    """

    code: ClassVar[str] = "appointment-step"
    heading: ClassVar[str] = "Назначение"

    role: Annotated[str, To(Role, also={ANY_ROLE})]
    step: Step
    by: Authority
    bodies: Annotated[frozenset[str], To(Body)] = frozenset()
    blocks: Annotated[frozenset[str], To(BlockRule)] = frozenset()
    grounds: frozenset[ActKind] = frozenset()

    def sentence(self) -> str:
        """What it orders, in words."""
        if self.by is Authority.BODY and self.bodies:
            parts = [f"`{self.role}`: {self.step.label} {keys(self.bodies)}"]
        else:
            parts = [f"`{self.role}`: {self.step.label} {self.by.label}"]
            parts += [keys(self.bodies)] if self.bodies else []
        if self.blocks:
            parts.append(f"блоки: {keys(self.blocks)}")
        if self.grounds:
            parts.append(f"основание: {listed(self.grounds)}")
        return "; ".join(parts)


@dataclass(frozen=True)
class NominationLimit(Rule):
    """The key is a body: it nominates to these roles and to no other."""

    code: ClassVar[str] = "nomination-limit"
    heading: ClassVar[str] = "Кого вправе предложить орган"

    key: Annotated[str, To(Body)]
    roles: Annotated[frozenset[str], To(Role)]

    def sentence(self) -> str:
        """What it orders, in words."""
        return f"предлагает кандидатуры только на роль: {keys(self.roles)}"


class Trigger(Code):
    """Why a holder must be replaced; each has its own start (R5)."""

    DISMISSAL = "dismissal", "уведомление об увольнении"
    RECOMMENDATION = "recommendation", "рекомендация куратора"


@dataclass(frozen=True)
class ReplacementRule(Rule):
    """The key is `<role>/<trigger>`: who proposes another candidate, and in how many days.

    Day 1 is the next working day after the trigger was received.
    """

    code: ClassVar[str] = "replacement"
    heading: ClassVar[str] = "Замена"

    role: Annotated[str, To(Role)]
    trigger: Trigger
    proposes: Annotated[str, To(Role)]
    working_days: int

    def sentence(self) -> str:
        """What it orders, in words."""
        term = spoken(self.working_days, Unit.WORKING_DAYS)
        return f"{self.trigger.label}: `{self.proposes}` предлагает другую кандидатуру, {term}"

    def no_looser_than(self, other: ReplacementRule) -> bool:
        """In no more days."""
        return self.working_days <= other.working_days


@dataclass(frozen=True)
class Involvement(Rule):
    """The key is a role: its holder may bring representatives of such bodies into the work."""

    code: ClassVar[str] = "involvement"
    heading: ClassVar[str] = "Привлечение к работе"

    key: Annotated[str, To(Role)]
    kinds: frozenset[BodyKind]

    def sentence(self) -> str:
        """What it orders, in words."""
        others = " организации" if BodyKind.OTHER in self.kinds else ""
        return f"привлекает представителей; откуда: {listed(self.kinds)}{others}"


@dataclass(frozen=True)
class DutiesAct(Rule):
    """Key `duties`: the kinds of act that divide the duties of members, and who agrees it.

    No kinds: the regulation itself divides them, and no other act does.
    """

    code: ClassVar[str] = "duties-act"
    heading: ClassVar[str] = "Распределение обязанностей"
    free: ClassVar[frozenset[str]] = frozenset({"kinds"})

    kinds: frozenset[ActKind]
    agrees: Authority | None

    def sentence(self) -> str:
        """What it orders, in words."""
        if not self.kinds:
            return "обязанности распределены самим актом"
        agreed = f"; согласует {self.agrees.label}" if self.agrees else ""
        return f"{listed(self.kinds)}{agreed}"


def fitting(steps: tuple[AppointmentStep, ...], role: str) -> tuple[AppointmentStep, ...]:
    """The rules of the role; where no act speaks of it, those of any role."""
    own = tuple(rule for rule in steps if rule.role == role)
    return own or tuple(rule for rule in steps if rule.role == ANY_ROLE)


def appointment_chain(
    rules: tuple[AppointmentStep, ...], role: str, blocks: tuple[str, ...]
) -> Chain:
    """The steps of an appointment to the role in the blocks; several rules of one are alternatives.

    The first block says which steps there are; a rule that is not for all blocks answers no claim.
    """
    own = sorted(fitting(rules, role), key=lambda rule: rule.key)
    first = blocks[0] if blocks else None
    steps = []
    for order, step in enumerate(ORDER):
        known = [rule for rule in own if rule.step is step]
        if any(not rule.blocks or first in rule.blocks for rule in known):
            here = [rule for rule in known if not rule.blocks or rule.blocks >= set(blocks)]
            parties = tuple(_party(rule) for rule in here or known)
            steps.append(ChainStep(step.value, step.value, order, parties, need=1))
    return Chain(tuple(steps))


def _party(rule: AppointmentStep) -> Party:
    return Party(rule.by, rule.clause.ref, rule.grounds, rule.bodies, rule.blocks)
