"""Clauses 1.3, 3.1 and 4: who serves the centre, its directions and their partners."""

from core.api import (
    RU_1844,
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
    Involvement,
    Mandate,
    Per,
    Pool,
    Rank,
    RankFloor,
    Responsibility,
    Rule,
    Seat,
    Step,
    hookimpl,
)
from plugins.murmansk.acts import ACT

CURATOR, EXECUTOR = ACT.cite("4.2.1"), ACT.cite("4.2.2")
RESPONSIBLE, BLOCK_HEAD = ACT.cite("4.2.4"), ACT.cite("4.2.5")
GROWTH = ACT.cite("4.4.7")
INFORMATION = "ministry-information-policy"


def _foundations() -> tuple[Foundation, ...]:
    """An office created earlier; this act gives it a new regulation."""
    return (
        Foundation("creation", "центр создан более ранним актом", clause=ACT.cite("preamble")),
        Foundation(
            "centre",
            "проектный офис, созданный при участии центра компетенций",
            clause=ACT.cite("1.3"),
            replaces=RU_1844.cite("2.region-centre"),
        ),
        Foundation(
            "participants",
            "участвуют федеральное министерство, центр компетенций и исполнительные органы",
            clause=ACT.cite("4.1"),
            replaces=RU_1844.cite("5"),
        ),
        Foundation(
            "directions",
            "четыре направления ради целевых значений показателей",
            clause=ACT.cite("3.1"),
            replaces=RU_1844.cite("12"),
        ),
    )


def _ranks() -> tuple[Rank, ...]:
    """The curator's position by its name in the oblast."""
    return (Rank("deputy-governor", "Заместитель Губернатора", 90, clause=CURATOR),)


def _rank_floors() -> tuple[RankFloor, ...]:
    """The federal floors in the region's own words."""
    return (
        _floor("curator", "deputy-governor", 90, "4.2.1", "10.г.1"),
        _floor("executor", "body-deputy-head", 60, "4.2.2", "10.г.2"),
        _floor("block-responsible", "body-deputy-head", 60, "4.2.4", "10.г.3"),
    )


def _floor(role: str, rank: str, level: int, clause: str, federal: str) -> RankFloor:
    replaces = RU_1844.cite(federal)
    return RankFloor(role, rank, level, clause=ACT.cite(clause), replaces=replaces)


def _pools() -> tuple[Pool, ...]:
    """The executor out of one ministry; block heads out of the bodies and their organisations."""
    executive = frozenset({BodyKind.EXECUTIVE})
    return (
        Pool(
            "executor",
            "executor",
            bodies=frozenset({"ministry-digital"}),
            clause=EXECUTOR,
            replaces=RU_1844.cite("10.г.2"),
        ),
        Pool(
            "block-responsible",
            "block-responsible",
            executive,
            profile=True,
            clause=RESPONSIBLE,
            replaces=RU_1844.cite("10.г.3"),
        ),
        Pool(
            "block-head",
            "block-head",
            executive | {BodyKind.SUBORDINATE},
            profile=True,
            clause=BLOCK_HEAD,
            replaces=RU_1844.cite("10.г.4"),
        ),
    )


def _seats() -> tuple[Seat, ...]:
    """The structure has a head; who it is the Rules say."""
    return (Seat("head", Per.REGION, clause=ACT.cite("4.2.3"), replaces=RU_1844.cite("8.а")),)


def _appointment_steps() -> tuple[AppointmentStep, ...]:
    """Block heads are named by the block responsibles (R32)."""
    return (
        AppointmentStep(
            "block-head/appoint",
            "block-head",
            Step.APPOINT,
            Authority.BLOCK_RESPONSIBLE,
            clause=BLOCK_HEAD,
            replaces=RU_1844.cite("10.г"),
        ),
    )


def _responsibilities() -> tuple[Responsibility, ...]:
    """4.2 repeats two federal answers; for the indicators four roles answer, each its own way."""
    return (
        _answers(Charge.CENTRE, "curator", Degree.PERSONALLY, "4.2.1", "10.г.1.liability"),
        _answers(Charge.ROADMAP, "executor", Degree.PERSONALLY, "4.2.2", "10.г.2"),
        _answers(Charge.INDICATORS, "curator", Degree.ANSWERS, "4.3.1"),
        _answers(Charge.INDICATORS, "head", Degree.ANSWERS, "4.5.3"),
        _answers(Charge.INDICATORS, "block-responsible", Degree.CONTRIBUTES, "4.6.1"),
        _answers(Charge.INDICATORS, "block-head", Degree.CONTRIBUTES, "4.7.2"),
    )


def _answers(
    charge: Charge, role: str, degree: Degree, clause: str, federal: str | None = None
) -> Responsibility:
    replaces = RU_1844.cite(federal) if federal else None
    key, cited = f"{charge}/{role}", ACT.cite(clause)
    return Responsibility(key, charge, role, degree, clause=cited, replaces=replaces)


def _mandates() -> tuple[Mandate, ...]:
    """Duties of the persons of 4.3 to 4.7, then the ministries of 4.8 and 2.7."""
    return (
        _mandate("curator", "координирует исполнительные органы", "4.3.5"),
        _mandate("executor", "отвечает за связь с проектами и программами", "4.4.2"),
        _mandate("executor", "координирует меры цифровизации", "4.4.3"),
        _mandate("head", "непосредственно руководит работой", "4.5.1"),
        _mandate("block-responsible", "организует работу блока", "4.6.2"),
        _mandate("block-responsible", "обеспечивает представительство блока", "4.6.3"),
        _mandate("block-head", "обеспечивает работу блока", "4.7.1"),
        _mandate("ministry-digital", "сотрудничает с центром", "4.8", body=True),
        _mandate(INFORMATION, "сотрудничает с центром", "4.8", body=True),
        _mandate("ministry-internal-policy", "сотрудничает с центром", "4.8", body=True),
        _mandate(INFORMATION, "участвует в задачах 2.7.1–2.7.5", "2.7", body=True),
    )


def _mandate(holder: str, what: str, clause: str, *, body: bool = False) -> Mandate:
    return Mandate(f"{holder}/{clause}", holder, what, body, clause=ACT.cite(clause))


def _involvements() -> tuple[Involvement, ...]:
    """Executive bodies and other organisations; municipal bodies are not named."""
    kinds = frozenset(BodyKind) - {BodyKind.MUNICIPAL}
    return (Involvement("executor", kinds, clause=ACT.cite("4.4.4")),)


def _block_steps() -> tuple[BlockStep, ...]:
    """The executor forms it, the curator and the Governor both agree."""
    return (
        BlockStep("propose", 10, Authority.EXECUTOR, clause=GROWTH),
        BlockStep("decide", 50, Authority.CURATOR, clause=GROWTH, replaces=RU_1844.cite("11.в")),
        BlockStep("governor", 50, Authority.GOVERNOR, clause=GROWTH),
    )


def _block_growth() -> tuple[BlockGrowth, ...]:
    """Sector and thematic."""
    kinds = frozenset(BlockKind)
    return (BlockGrowth("blocks", kinds, clause=GROWTH, replaces=RU_1844.cite("11.в")),)


def _directions() -> tuple[Direction, ...]:
    """The four federal ones, three of them with a ministry."""
    return (
        _direction("feedback", "Обратная связь", "3.1.1", "12.а"),
        _direction("training", "Обучение, развитие, оценка", "3.1.2", "12.б", INFORMATION),
        _direction("informing", "Информирование", "3.1.3", "12.в", INFORMATION),
        _direction(
            "digital-transformation", "Цифровая трансформация", "3.1.4", "12.г", "ministry-digital"
        ),
    )


def _direction(code: str, name: str, clause: str, federal: str, *partners: str) -> Direction:
    return Direction(
        code,
        name,
        federal=code,
        partners=frozenset(partners),
        clause=ACT.cite(clause),
        replaces=RU_1844.cite(federal),
    )


def _direction_tasks() -> tuple[DirectionTask, ...]:
    """What feedback begins with."""
    return (
        DirectionTask(
            "feedback/transformation",
            "feedback",
            "преобразование обработки обращений и сообщений",
            clause=ACT.cite("3.1.1.1"),
            replaces=RU_1844.cite("12.а.1"),
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
        *_seats(),
        *_appointment_steps(),
        *_responsibilities(),
        *_mandates(),
        *_involvements(),
        *_block_steps(),
        *_block_growth(),
        *_directions(),
        *_direction_tasks(),
    )
