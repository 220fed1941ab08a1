"""Clauses 5 to 10 of the regulation: members, curator, executor, head, responsibles, staff.

The Governor appoints the curator (R39), responsibles their staff, the curator approves all (R23).
Measures stand beside the federal roadmap, and the executor's duty is technical (R38); indicators
lie on the responsibles. The block's staff and head watch over its appeals (10.1) and hand a
problem up to its responsible (10.2): the order is the act's; how many days before the deadline is
the product's practice.
"""

from core.api import FZ59, PRACTICE, RU_1844, ActKind, Authority, Permission, hookimpl
from core.appeals.rules import EscalationStep
from core.directory.rules import BodyKind
from core.indicators.rules import IndicatorKind, OwnerKind, chain
from core.kernel.rules import Reach, Role
from core.law.act import Clause, act_beside
from core.law.rule import Rule
from core.structure.rules import (
    AppointmentStep,
    Charge,
    Degree,
    Mandate,
    Pool,
    RankFloor,
    Responsibility,
    Step,
)

ACT = act_beside(__file__)
MEMBERS, CURATOR, COMPOSITION = ACT.cite("pol.5"), ACT.cite("pol.5-1"), ACT.cite("pol.6.1")
NAMES_STAFF, STAFF = ACT.cite("pol.9.1"), ACT.cite("pol.10")
WATCH, HAND_UP = ACT.cite("pol.10.1"), ACT.cite("pol.10.2")
DAYS = PRACTICE.cite("escalation.inside-block")
APPOINTS = RU_1844.cite("10.г")
READING = frozenset({Permission.READ_APPEALS, Permission.READ_DIRECTORY})
OF_BLOCK = READING | {Permission.READ_CONTENT, Permission.READ_DOCUMENTS}
"""Of those who do the daily work of a block (clause 10) and draft its reports (R52)."""

EXECUTIVE = frozenset({BodyKind.EXECUTIVE})
OWNERS = frozenset(OwnerKind) - {OwnerKind.CATEGORY, OwnerKind.MUNICIPALITY}
APPROVED = (
    "executor", "head", "block-responsible", "block-head", "block-staff", "competence-staff",
)  # fmt: skip
"""The members of clause 5 but the curator, who approves them."""


@hookimpl
def rules() -> tuple[Rule, ...]:
    """Clauses 5, 5-1, 6, 7, 8, 9, 10."""
    return (
        *_members(),
        *_curator(),
        _mandate("executor", "проводит единую техническую политику", "pol.7.1"),
        _answers(Charge.MEASURES, "executor", Degree.PERSONALLY, "pol.7.5"),
        *_head(),
        *_block_responsible(),
        *_staff(),
    )


def _mandate(holder: str, what: str, clause: str) -> Mandate:
    return Mandate(f"{holder}/{clause}", holder, what, clause=ACT.cite(clause))


def _answers(charge: Charge, role: str, degree: Degree, clause: str) -> Responsibility:
    return Responsibility(f"{charge}/{role}", charge, role, degree, clause=ACT.cite(clause))


def _appoint(role: str, by: Authority, clause: Clause) -> AppointmentStep:
    return AppointmentStep(f"{role}/appoint", role, Step.APPOINT, by, clause=clause)


def _members() -> tuple[Rule, ...]:
    """Clause 5: members of the centre that the Rules do not know."""
    block, centre = "block-staff", "competence-staff"
    name, unit = "Сотрудник отраслевого блока", frozenset({"competence-unit"})
    return (
        Role(block, name, Reach.BLOCKS, 55, OF_BLOCK, clause=MEMBERS),
        Role(centre, "Сотрудник центра компетенций", Reach.REGION, 45, READING, clause=MEMBERS),
        Pool(centre, centre, bodies=unit, clause=MEMBERS),
        _appoint(centre, Authority.COMPETENCE_CENTRE, MEMBERS),
    )


def _curator() -> tuple[Rule, ...]:
    """Clauses 5-1 and 6: he approves the composition, coordinates and controls all."""
    return (
        AppointmentStep(
            "curator/appoint",
            "curator",
            Step.APPOINT,
            Authority.GOVERNOR,
            grounds=frozenset({ActKind.GOVERNOR_ORDER}),
            clause=CURATOR,
            since=CURATOR.introduced,
            replaces=APPOINTS,
        ),
        *(_approve(role) for role in APPROVED),
        _mandate("curator", "координирует центр, органы и организации", "pol.6.2"),
        _effectiveness(),
        _mandate("curator", "осуществляет текущий контроль за центром и блоками", "pol.6.5"),
        Responsibility(
            "centre/curator",
            Charge.CENTRE,
            "curator",
            clause=ACT.cite("pol.6.6"),
            replaces=RU_1844.cite("10.г.1.liability"),
        ),
    )


def _approve(role: str) -> AppointmentStep:
    key, step = f"{role}/approve", Step.APPROVE
    return AppointmentStep(key, role, step, Authority.CURATOR, clause=COMPOSITION)


def _effectiveness() -> IndicatorKind:
    """6.3: the federal right of the region is the curator's, with the same consent."""
    return IndicatorKind(
        "additional-effectiveness",
        "Дополнительные по оценке эффективности работы ЦУР",
        chain(Authority.CURATOR, Authority.COMPETENCE_CENTRE),
        OWNERS,
        clause=ACT.cite("pol.6.3"),
        replaces=RU_1844.cite("11.б"),
        since=ACT.date,
    )


def _head() -> tuple[Rule, ...]:
    """Clause 8; that the last rung of the ladder is his, the product's practice says."""
    return (
        _mandate("head", "организует работу центра", "pol.8.1"),
        EscalationStep(
            "head",
            6,
            -1,
            "head",
            repeat_days=7,
            clause=PRACTICE.cite("escalation.head"),
            since=FZ59.in_force,
            replaces=PRACTICE.cite("escalation.head"),
        ),
        _answers(Charge.INDICATORS, "head", Degree.ENSURES, "pol.8.3"),
    )


def _block_responsible() -> tuple[Rule, ...]:
    """Clause 9: heads and deputy heads of the profile bodies; they name their staff."""
    role, federal, head = "block-responsible", RU_1844.cite("10.г.3"), "block-head"
    names, profile = Authority.BLOCK_RESPONSIBLE, ACT.cite("pol.9.profile-bodies")
    return (
        RankFloor(role, "body-deputy-head", 60, clause=ACT.cite("pol.9"), replaces=federal),
        Pool(role, role, EXECUTIVE, profile=True, clause=profile, replaces=federal),
        AppointmentStep(
            f"{head}/appoint", head, Step.APPOINT, names, clause=NAMES_STAFF, replaces=APPOINTS
        ),
        _appoint("block-staff", names, NAMES_STAFF),
        _mandate(role, "организует работу блока", "pol.9.2"),
        _answers(Charge.INDICATORS, role, Degree.PERSONALLY, "pol.9.5"),
    )


def _staff() -> tuple[Rule, ...]:
    """Clause 10: for daily work organisations of the oblast too; the ladder inside a block."""
    head, staff = "block-head", "block-staff"
    kinds = EXECUTIVE | {BodyKind.SUBORDINATE, BodyKind.ORGANISATION}
    federal = RU_1844.cite("10.г.4")
    return (
        Pool(
            head,
            head,
            kinds,
            profile=True,
            clause=STAFF,
            replaces=federal,
            below_floor=True,
        ),
        Pool(staff, staff, kinds, profile=True, clause=STAFF),
        EscalationStep(staff, 3, 2, staff, term=DAYS, clause=WATCH, since=FZ59.in_force),
        EscalationStep(head, 4, 1, head, term=DAYS, clause=WATCH, since=FZ59.in_force),
        EscalationStep(
            "block",
            5,
            0,
            "block-responsible",
            term=PRACTICE.cite("escalation.block"),
            clause=HAND_UP,
            since=FZ59.in_force,
            replaces=PRACTICE.cite("escalation.block"),
        ),
    )
