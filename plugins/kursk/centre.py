"""Clauses 1 and 7 of the resolution, 3 and 4 of the regulation: duties, functions, new blocks."""

from core.api import (
    RU_1844,
    ActKind,
    Authority,
    BlockGrowth,
    BlockKind,
    BlockStep,
    BodyKind,
    Charge,
    Degree,
    Direction,
    Foundation,
    Involvement,
    Mandate,
    Responsibility,
    Rule,
    hookimpl,
)
from plugins.kursk.acts import ACT

GROWTH = ACT.cite("pol.4.8.2")


def _foundations() -> tuple[Foundation, ...]:
    """The resolution creates the centre; its blocks are those of the structure (R7)."""
    return (
        Foundation("creation", "центр создан, структура утверждена", clause=ACT.cite("post.1")),
        _foundation("blocks", "отраслевые блоки по утверждённой структуре", "pol.4.1", "10.в"),
        _foundation("directions", "пять функций", "pol.4.2", "12"),
    )


def _foundation(key: str, says: str, clause: str, federal: str) -> Foundation:
    return Foundation(key, says, clause=ACT.cite(clause), replaces=RU_1844.cite(federal))


def _responsibilities() -> tuple[Responsibility, ...]:
    """Indicators lie on the block responsibles, theme by theme; the unit's on the head."""
    return (
        Responsibility(
            "roadmap/executor",
            Charge.ROADMAP,
            "executor",
            clause=ACT.cite("pol.3.3.2"),
            replaces=RU_1844.cite("10.г.2"),
        ),
        Responsibility(
            "indicators/block-responsible",
            Charge.INDICATORS,
            "block-responsible",
            clause=ACT.cite("pol.3.5.10"),
        ),
        Responsibility(
            "unit_indicators/head",
            Charge.UNIT_INDICATORS,
            "head",
            Degree.ANSWERS,
            clause=ACT.cite("pol.3.4.4"),
        ),
    )


def _mandates() -> tuple[Mandate, ...]:
    """Clause 3 of the regulation, then the committees of clause 7 of the resolution."""
    internal, digital = "committee-internal-policy", "committee-digital"
    return (
        _mandate("curator", "координирует органы исполнительной власти", "pol.3.2.3"),
        _mandate("executor", "организует органы при выполнении мероприятий", "pol.3.3.1"),
        _mandate("head", "непосредственно руководит работой", "pol.3.4.2"),
        _mandate("block-responsible", "организует работу блока", "pol.3.5.1"),
        _mandate("block-responsible", "обеспечивает задачи центра в блоке", "pol.3.5.3"),
        _mandate("block-responsible", "предлагает замену руководителя блока", "pol.3.5.9"),
        _mandate(internal, "отвечает за создание, работу и координацию", "post.7.1", body=True),
        _mandate(digital, "вырабатывает техническую политику", "post.7.3", body=True),
    )


def _mandate(holder: str, what: str, clause: str, *, body: bool = False) -> Mandate:
    return Mandate(f"{holder}/{clause}", holder, what, body, clause=ACT.cite(clause))


def _involvements() -> tuple[Involvement, ...]:
    """Executive and municipal bodies and other organisations."""
    return (Involvement("executor", frozenset(BodyKind), clause=ACT.cite("pol.3.3.7")),)


def _block_steps() -> tuple[BlockStep, ...]:
    """Proposed, supported, in force by a resolution of the Administration alone (R8)."""
    return (
        BlockStep("propose", 10, Authority.HEAD, clause=GROWTH),
        BlockStep("support", 50, Authority.CURATOR, clause=GROWTH),
        BlockStep(
            "decide",
            90,
            Authority.ADMINISTRATION,
            frozenset({ActKind.RESOLUTION}),
            clause=ACT.cite("pol.3.1"),
            replaces=RU_1844.cite("11.в"),
        ),
    )


def _block_growth() -> tuple[BlockGrowth, ...]:
    """Sector blocks only; themes may be widened besides."""
    return (BlockGrowth("blocks", frozenset({BlockKind.SECTOR}), clause=GROWTH),)


def _directions() -> tuple[Direction, ...]:
    """Five functions, one of them without a federal code (R19)."""
    return (
        _direction("feedback", "Обратная связь", "pol.4.2.1", "12.а"),
        _direction("training", "Обучение", "pol.4.2.2", "12.б"),
        Direction("sociology", "Социология", clause=ACT.cite("pol.4.2.3")),
        _direction("informing", "Информирование", "pol.4.2.4", "12.в"),
        _direction("digital-transformation", "Процессы и методология", "pol.4.2.5", "12.г"),
    )


def _direction(code: str, name: str, clause: str, federal: str) -> Direction:
    cited, replaces = ACT.cite(clause), RU_1844.cite(federal)
    return Direction(code, name, federal=code, clause=cited, replaces=replaces)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_foundations(),
        *_responsibilities(),
        *_mandates(),
        *_involvements(),
        *_block_steps(),
        *_block_growth(),
        *_directions(),
    )
