"""Who may be appointed and by whom, and who answers with his name: clauses 8 а) and 10 г).

Levels of rank are one scale for all regions. Where the Rules and the region are silent on a
role, whoever keeps the directory appoints.
"""

from core.api import (
    ANY_ROLE,
    PRACTICE,
    RU_1844,
    AppointmentStep,
    Authority,
    Body,
    BodyKind,
    Charge,
    DutiesAct,
    Per,
    Pool,
    Qualification,
    Rank,
    RankFloor,
    Responsibility,
    Rule,
    Seat,
    Step,
    hookimpl,
)

APPOINTS = RU_1844.cite("10.г")
CURATOR, EXECUTOR = RU_1844.cite("10.г.1"), RU_1844.cite("10.г.2")
RESPONSIBLE, BLOCK_HEAD = RU_1844.cite("10.г.3"), RU_1844.cite("10.г.4")
UNIT_HEAD = RU_1844.cite("8.а")
UNIT = "competence-unit"


def _bodies() -> tuple[Body, ...]:
    """The competence centre's unit in the region: its head is the head of the centre."""
    name = "Обособленное подразделение центра компетенций"
    return (Body(UNIT, name, BodyKind.OTHER, clause=UNIT_HEAD),)


def _ranks() -> tuple[Rank, ...]:
    """The positions that the floors speak of, from the top; regions add their own names."""
    return (
        Rank("highest-official", "Высшее должностное лицо", 100, clause=CURATOR),
        Rank("deputy-highest-official", "Заместитель высшего лица", 90, clause=CURATOR),
        Rank("body-head", "Руководитель исполнительного органа", 70, clause=RESPONSIBLE),
        Rank("body-deputy-head", "Заместитель руководителя органа", 60, clause=RESPONSIBLE),
        Rank("unit-head", "Руководитель подразделения центра компетенций", 40, clause=UNIT_HEAD),
        Rank("specialist", "Сотрудник", 10, clause=BLOCK_HEAD),
    )


def _rank_floors() -> tuple[RankFloor, ...]:
    """No region may go below them."""
    return (
        RankFloor("curator", "deputy-highest-official", 90, clause=CURATOR, floor=True),
        RankFloor("executor", "body-deputy-head", 60, clause=EXECUTOR, floor=True),
        RankFloor("block-responsible", "body-deputy-head", 60, clause=RESPONSIBLE, floor=True),
        RankFloor("head", "unit-head", 40, clause=UNIT_HEAD, floor=True),
    )


def _pools() -> tuple[Pool, ...]:
    """Executive bodies, the profile one where a block is meant; the unit for the head (R31)."""
    executive = frozenset({BodyKind.EXECUTIVE})
    staff = executive | {BodyKind.SUBORDINATE}
    return (
        Pool("executor", "executor", executive, clause=EXECUTOR),
        Pool("block-responsible", "block-responsible", executive, profile=True, clause=RESPONSIBLE),
        Pool("block-head", "block-head", staff, profile=True, clause=BLOCK_HEAD),
        Pool("head", "head", bodies=frozenset({UNIT}), clause=UNIT_HEAD),
    )


def _qualifications() -> tuple[Qualification, ...]:
    """What the executor must be able to do."""
    powers = "полномочия по региональному проекту и по координации управления"
    return (Qualification("executor", powers, clause=RU_1844.cite("10.г.2.powers")),)


def _seats() -> tuple[Seat, ...]:
    """«Должностное лицо» in the singular: one at a time."""
    return (
        Seat("curator", Per.REGION, clause=CURATOR),
        Seat("executor", Per.REGION, clause=EXECUTOR),
        Seat("head", Per.REGION, clause=UNIT_HEAD),
        Seat("block-responsible", Per.BLOCK, clause=RESPONSIBLE),
    )


def _appointment_steps() -> tuple[AppointmentStep, ...]:
    """The region appoints its four, the competence centre the head."""
    four = ("curator", "executor", "block-responsible", "block-head")
    return (
        *(_appoint(role, Authority.REGION) for role in four),
        AppointmentStep(
            "head/appoint", "head", Step.APPOINT, Authority.COMPETENCE_CENTRE, clause=UNIT_HEAD
        ),
        AppointmentStep(
            "*/appoint",
            ANY_ROLE,
            Step.APPOINT,
            Authority.KEEPER,
            clause=PRACTICE.cite("appointments"),
        ),
    )


def _appoint(role: str, by: Authority) -> AppointmentStep:
    return AppointmentStep(f"{role}/appoint", role, Step.APPOINT, by, clause=APPOINTS)


def _duties_acts() -> tuple[DutiesAct, ...]:
    """The Rules divide the duties themselves: no act of the centre is asked for."""
    return (DutiesAct("duties", frozenset(), None, clause=APPOINTS),)


def _responsibilities() -> tuple[Responsibility, ...]:
    """Personal answers that no region takes away."""
    return (
        _personal(Charge.CENTRE, "curator", "10.г.1.liability"),
        _personal(Charge.ROADMAP, "executor", "10.г.2"),
        _personal(Charge.BLOCK, "block-responsible", "10.г.3"),
    )


def _personal(charge: Charge, role: str, clause: str) -> Responsibility:
    cited = RU_1844.cite(clause)
    return Responsibility(f"{charge}/{role}", charge, role, clause=cited, floor=True)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_bodies(),
        *_ranks(),
        *_rank_floors(),
        *_pools(),
        *_qualifications(),
        *_seats(),
        *_appointment_steps(),
        *_duties_acts(),
        *_responsibilities(),
    )
