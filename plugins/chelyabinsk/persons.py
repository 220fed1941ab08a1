"""The order, then clauses 3 to 13 of the regulation: who serves the centre and its directions."""

from core.api import (
    RU_1844,
    ActKind,
    AppointmentStep,
    Authority,
    BlockGrowth,
    BlockKind,
    BlockStep,
    BodyKind,
    Charge,
    Degree,
    Direction,
    DirectionTask,
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
from plugins.chelyabinsk.acts import ACT

GROWTH, COMPOSITION = ACT.cite("pol.12.2"), ACT.cite("pol.6.1")
CURATOR, FIRST_DEPUTY = ACT.cite("pol.5-1"), ACT.cite("rasp.2-1")
MEMBERS, STAFF, NAMES_STAFF = ACT.cite("pol.5"), ACT.cite("pol.10"), ACT.cite("pol.9.1")
APPOINTS = RU_1844.cite("10.г")


def _foundations() -> tuple[Foundation, ...]:
    """An order of the Governor creates the centre, the regulation names it an office."""
    return (
        Foundation("creation", "центр создан распоряжением Губернатора", clause=ACT.cite("rasp.1")),
        _foundation("centre", "формируемый в области проектный офис", "pol.3", "2.region-centre"),
        _foundation("directions", "четыре направления ради показателей", "pol.13", "12"),
    )


def _foundation(key: str, says: str, clause: str, federal: str) -> Foundation:
    return Foundation(key, says, clause=ACT.cite(clause), replaces=RU_1844.cite(federal))


def _ranks() -> tuple[Rank, ...]:
    """The position of the present curator; no clause fixes it for others (R39)."""
    name = "Первый заместитель Губернатора"
    since = FIRST_DEPUTY.introduced
    return (Rank("first-deputy-governor", name, 95, clause=FIRST_DEPUTY, since=since),)


def _rank_floors() -> tuple[RankFloor, ...]:
    """Heads and deputy heads of sector bodies; the rest is silent and so federal."""
    return (
        RankFloor(
            "block-responsible",
            "body-deputy-head",
            60,
            clause=ACT.cite("pol.9"),
            replaces=RU_1844.cite("10.г.3"),
        ),
    )


def _pools() -> tuple[Pool, ...]:
    """The profile body, and for daily work organisations of the oblast too."""
    executive = frozenset({BodyKind.EXECUTIVE})
    staff = executive | {BodyKind.SUBORDINATE, BodyKind.ORGANISATION}
    return (
        Pool(
            "block-responsible",
            "block-responsible",
            executive,
            profile=True,
            clause=ACT.cite("pol.9.profile-bodies"),
            replaces=RU_1844.cite("10.г.3"),
        ),
        Pool(
            "block-head",
            "block-head",
            staff,
            profile=True,
            clause=STAFF,
            replaces=RU_1844.cite("10.г.4"),
        ),
        Pool("block-staff", "block-staff", staff, profile=True, clause=STAFF),
        Pool(
            "competence-staff",
            "competence-staff",
            bodies=frozenset({"competence-unit"}),
            clause=MEMBERS,
        ),
    )


def _appointment_steps() -> tuple[AppointmentStep, ...]:
    """The Governor appoints the curator (R39); responsibles their staff; he approves all (R23)."""
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
        AppointmentStep(
            "block-head/appoint",
            "block-head",
            Step.APPOINT,
            Authority.BLOCK_RESPONSIBLE,
            clause=NAMES_STAFF,
            replaces=APPOINTS,
        ),
        AppointmentStep(
            "block-staff/appoint",
            "block-staff",
            Step.APPOINT,
            Authority.BLOCK_RESPONSIBLE,
            clause=NAMES_STAFF,
        ),
        AppointmentStep(
            "competence-staff/appoint",
            "competence-staff",
            Step.APPOINT,
            Authority.COMPETENCE_CENTRE,
            clause=MEMBERS,
        ),
        *(_approve(role) for role in ("executor", "block-responsible", "block-head")),
        *(_approve(role) for role in ("block-staff", "competence-staff")),
    )


def _approve(role: str) -> AppointmentStep:
    key, step = f"{role}/approve", Step.APPROVE
    return AppointmentStep(key, role, step, Authority.CURATOR, clause=COMPOSITION)


def _responsibilities() -> tuple[Responsibility, ...]:
    """Measures stand beside the federal roadmap (R38); indicators lie on the responsibles."""
    return (
        Responsibility(
            "centre/curator",
            Charge.CENTRE,
            "curator",
            clause=ACT.cite("pol.6.6"),
            replaces=RU_1844.cite("10.г.1.liability"),
        ),
        _answers(Charge.MEASURES, "executor", Degree.PERSONALLY, "pol.7.5"),
        _answers(Charge.INDICATORS, "block-responsible", Degree.PERSONALLY, "pol.9.5"),
        _answers(Charge.INDICATORS, "head", Degree.ENSURES, "pol.8.3"),
    )


def _answers(charge: Charge, role: str, degree: Degree, clause: str) -> Responsibility:
    return Responsibility(f"{charge}/{role}", charge, role, degree, clause=ACT.cite(clause))


def _mandates() -> tuple[Mandate, ...]:
    """The curator coordinates and controls all; the executor's duty is technical (R38)."""
    return (
        _mandate("curator", "координирует центр, органы и организации", "pol.6.2"),
        _mandate("curator", "осуществляет текущий контроль за центром и блоками", "pol.6.5"),
        _mandate("executor", "проводит единую техническую политику", "pol.7.1"),
        _mandate("head", "организует работу центра", "pol.8.1"),
        _mandate("block-responsible", "организует работу блока", "pol.9.2"),
    )


def _mandate(holder: str, what: str, clause: str) -> Mandate:
    return Mandate(f"{holder}/{clause}", holder, what, clause=ACT.cite(clause))


def _block_steps() -> tuple[BlockStep, ...]:
    """The curator decides alone."""
    federal = RU_1844.cite("11.в")
    return (BlockStep("decide", 50, Authority.CURATOR, clause=GROWTH, replaces=federal),)


def _block_growth() -> tuple[BlockGrowth, ...]:
    """Sector and thematic."""
    kinds = frozenset(BlockKind)
    return (BlockGrowth("blocks", kinds, clause=GROWTH, replaces=RU_1844.cite("11.в")),)


def _directions() -> tuple[Direction, ...]:
    """Four, two of them under superseded names (R19)."""
    return (
        _direction("feedback", "Обратная связь", "pol.13.1", "12.а"),
        _direction("training", "Обучение", "pol.13.2", "12.б"),
        _direction("informing", "Информирование", "pol.13.3", "12.в"),
        _direction("digital-transformation", "Процессы и методология", "pol.13.4", "12.г"),
    )


def _direction(code: str, name: str, clause: str, federal: str) -> Direction:
    cited, replaces = ACT.cite(clause), RU_1844.cite(federal)
    return Direction(code, name, federal=code, clause=cited, replaces=replaces)


def _direction_tasks() -> tuple[DirectionTask, ...]:
    """Handling is transformed in two directions."""
    return (
        DirectionTask(
            "feedback/transformation",
            "feedback",
            "преобразование обработки обращений и сообщений",
            clause=ACT.cite("pol.13.1.1"),
            replaces=RU_1844.cite("12.а.1"),
        ),
        DirectionTask(
            "digital-transformation/order",
            "digital-transformation",
            "преобразование порядка обработки обращений и сообщений",
            clause=ACT.cite("pol.13.4.1"),
        ),
    )


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
        *_block_steps(),
        *_block_growth(),
        *_directions(),
        *_direction_tasks(),
    )
