"""The structure table and clauses 2, 7, 15 and 16: who serves the centre, and its functions."""

from core.api import (
    RU_1844,
    ActKind,
    AppointmentStep,
    Authority,
    BlockStep,
    BodyKind,
    Charge,
    Direction,
    DutiesAct,
    Foundation,
    Mandate,
    Pool,
    Rank,
    RankFloor,
    Responsibility,
    Rule,
    Step,
    hookimpl,
)
from plugins.mari_el.acts import ACT

EXECUTIVE = frozenset({BodyKind.EXECUTIVE})
UNIT = frozenset({"competence-unit"})
DEPARTMENT = "department-informatisation"


def _foundations() -> tuple[Foundation, ...]:
    """A resolution creates the office, the regulation governs it."""
    return (
        Foundation("creation", "проектный офис создан постановлением", clause=ACT.cite("post.1")),
        _foundation("centre", "проектный офис по Положению", "pol.2", "2.region-centre"),
        _foundation("directions", "семь функций ради показателей", "pol.7", "12"),
    )


def _foundation(key: str, says: str, clause: str, federal: str) -> Foundation:
    return Foundation(key, says, clause=ACT.cite(clause), replaces=RU_1844.cite(federal))


def _ranks() -> tuple[Rank, ...]:
    """Rows 1 and 2 by their names, the second as it is read out of the scan (R20)."""
    deputy, head = "Заместитель Председателя Правительства", "Руководитель департамента"
    return (
        Rank("deputy-chair", deputy, 90, clause=ACT.cite("str.1")),
        Rank("department-head", head, 70, clause=ACT.cite("str.2")),
    )


def _rank_floors() -> tuple[RankFloor, ...]:
    """The executor's is higher than the federal one: the head of a department himself."""
    return (
        _floor("curator", "deputy-chair", 90, "str.1", "10.г.1"),
        _floor("executor", "department-head", 70, "str.2", "10.г.2"),
        _floor("head", "unit-head", 40, "str.3", "8.а"),
        _floor("block-responsible", "body-deputy-head", 60, "str.4", "10.г.3"),
    )


def _floor(role: str, rank: str, level: int, clause: str, federal: str) -> RankFloor:
    replaces = RU_1844.cite(federal)
    return RankFloor(role, rank, level, clause=ACT.cite(clause), replaces=replaces)


def _pools() -> tuple[Pool, ...]:
    """One department for the executor; block heads from executive bodies alone (R33)."""
    return (
        Pool(
            "executor",
            "executor",
            bodies=frozenset({DEPARTMENT}),
            clause=ACT.cite("str.2"),
            replaces=RU_1844.cite("10.г.2"),
        ),
        Pool(
            "block-responsible",
            "block-responsible",
            EXECUTIVE,
            profile=True,
            clause=ACT.cite("str.4.themes"),
            replaces=RU_1844.cite("10.г.3"),
        ),
        Pool("block-head", "block-head", EXECUTIVE, profile=True, clause=ACT.cite("str.5")),
        Pool("direction-head", "direction-head", bodies=UNIT, clause=ACT.cite("str.6")),
    )


def _appointment_steps() -> tuple[AppointmentStep, ...]:
    """The head and the heads of directions come from the competence centre, by agreement."""
    centre = Authority.COMPETENCE_CENTRE
    return (
        AppointmentStep(
            "head/appoint",
            "head",
            Step.APPOINT,
            centre,
            clause=ACT.cite("str.3"),
            replaces=RU_1844.cite("8.а"),
        ),
        AppointmentStep(
            "direction-head/appoint",
            "direction-head",
            Step.APPOINT,
            centre,
            clause=ACT.cite("str.6"),
        ),
    )


def _responsibilities() -> tuple[Responsibility, ...]:
    """For the indicators the curator answers in person."""
    clause = ACT.cite("pol.14")
    return (Responsibility("indicators/curator", Charge.INDICATORS, "curator", clause=clause),)


def _mandates() -> tuple[Mandate, ...]:
    """The head's work and the department's."""
    policy = "вырабатывает единую техническую политику"
    return (
        Mandate("head/pol.15", "head", "непосредственно руководит", clause=ACT.cite("pol.15")),
        Mandate(f"{DEPARTMENT}/post.2", DEPARTMENT, policy, True, clause=ACT.cite("post.2")),
    )


def _duties_acts() -> tuple[DutiesAct, ...]:
    """An internal act of the centre, agreed by the competence centre."""
    return (
        DutiesAct(
            "duties",
            frozenset({ActKind.INTERNAL}),
            Authority.COMPETENCE_CENTRE,
            clause=ACT.cite("pol.16"),
            replaces=RU_1844.cite("10.г"),
        ),
    )


def _block_steps() -> tuple[BlockStep, ...]:
    """The structure is an annex to a resolution, so only a resolution changes it."""
    return (
        BlockStep(
            "decide",
            90,
            Authority.GOVERNMENT,
            frozenset({ActKind.RESOLUTION}),
            clause=ACT.cite("post.1.1"),
            replaces=RU_1844.cite("11.в"),
        ),
    )


def _directions() -> tuple[Direction, ...]:
    """Seven functions, three without a federal code (R19)."""
    return (
        _direction("feedback", "обратная связь", "pol.7.1", "12.а"),
        Direction("monitoring", "мониторинг, аналитика и реагирование", clause=ACT.cite("pol.7.2")),
        _direction("training", "обучение", "pol.7.3", "12.б"),
        Direction("competences", "региональные компетенции", clause=ACT.cite("pol.7.4")),
        Direction("sociology", "социология", clause=ACT.cite("pol.7.5")),
        _direction("informing", "информирование", "pol.7.6", "12.в"),
        _direction("digital-transformation", "процессы и методология", "pol.7.7", "12.г"),
    )


def _direction(code: str, name: str, clause: str, federal: str) -> Direction:
    cited, replaces = ACT.cite(clause), RU_1844.cite(federal)
    return Direction(code, name, federal=code, clause=cited, replaces=replaces)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_foundations(),
        *_ranks(),
        *_rank_floors(),
        *_pools(),
        *_appointment_steps(),
        *_responsibilities(),
        *_mandates(),
        *_duties_acts(),
        *_block_steps(),
        *_directions(),
    )
