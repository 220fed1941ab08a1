"""Clauses 5, 8 and 9 of the Rules: who takes part, and what the competence centre does."""

from core.api import RU_1844, Authority, hookimpl
from core.directory.rules import Body, BodyKind
from core.federal.permissions import FIGURES, LEADING, MANAGEMENT, PERSONAL
from core.indicators.rules import IndicatorKind, OwnerKind, chain
from core.kernel.rules import LimitedArea, Reach, Role
from core.law.rule import Rule
from core.structure.rules import (
    AppointmentStep,
    Foundation,
    Mandate,
    Per,
    Pool,
    Rank,
    RankFloor,
    Seat,
    Step,
)

UNIT, UNIT_HEAD, SETS = "competence-unit", RU_1844.cite("8.а"), RU_1844.cite("9.в")
SUBSIDY_RULES = "приложение № 1 к Правилам предоставления субсидии"
MODERATED = frozenset(
    {
        "Донецкая Народная Республика",
        "Луганская Народная Республика",
        "Запорожская область",
        "Херсонская область",
    }
)
BY_COMPETENCE_CENTRE = chain(Authority.COMPETENCE_CENTRE, Authority.MINISTRY)
OF_REGION = frozenset(OwnerKind) - {OwnerKind.CATEGORY, OwnerKind.MUNICIPALITY}


@hookimpl
def rules() -> tuple[Rule, ...]:
    """5, then 8 а), г), д), п), then 9 в)."""
    participants = "участвуют министерство, центр компетенций и регион"
    ensures = f"обеспечивает выполнение целевых показателей: {SUBSIDY_RULES}"
    return (
        Foundation("participants", participants, clause=RU_1844.cite("5")),
        *_head(),
        _mandate("ensures", ensures, "8.г"),
        _mandate("controls", "контролирует достижение показателей центром", "8.д"),
        _moderation(),
        *_indicators(),
    )


def _moderation() -> LimitedArea:
    """8 п), 4(2) б): moderation centres are in four regions, and their sections for these alone."""
    return LimitedArea(
        "moderation-centre",
        "Центры модерации и система «ИНФОЦУР»",
        MODERATED,
        clause=RU_1844.cite("8.п"),
    )


def _head() -> tuple[Rule, ...]:
    """8 а): the head of the competence centre's unit in the region is the head of the centre."""
    name, clause = "Обособленное подразделение центра компетенций", UNIT_HEAD
    permissions = LEADING | PERSONAL | FIGURES | MANAGEMENT
    role, by = "head", Authority.COMPETENCE_CENTRE
    return (
        Body(UNIT, name, BodyKind.OTHER, clause=clause),
        Role(role, "Руководитель центра", Reach.REGION, 80, permissions, clause=clause),
        Rank("unit-head", "Руководитель подразделения центра компетенций", 40, clause=clause),
        RankFloor(role, "unit-head", 40, clause=clause, floor=True),
        Pool(role, role, bodies=frozenset({UNIT}), clause=clause, floor=True),
        Seat(role, Per.REGION, clause=clause, floor=True),
        AppointmentStep(f"{role}/appoint", role, Step.APPOINT, by, clause=clause),
    )


def _mandate(key: str, what: str, number: str) -> Mandate:
    """Of the competence centre, over the indicators."""
    return Mandate(
        f"competence-centre/indicators.{key}",
        Authority.COMPETENCE_CENTRE,
        what,
        clause=RU_1844.cite(number),
        since=RU_1844.date,
    )


def _indicators() -> tuple[IndicatorKind, ...]:
    """9 в): its own kinds, with the Ministry's consent."""
    return (
        IndicatorKind(
            "main",
            "Основные",
            BY_COMPETENCE_CENTRE,
            OF_REGION,
            federal_view=True,
            source=SUBSIDY_RULES,
            clause=SETS,
            since=RU_1844.date,
            floor=True,
        ),
        IndicatorKind(
            "additional-centre",
            "Дополнительные центра компетенций",
            BY_COMPETENCE_CENTRE,
            OF_REGION,
            federal_view=True,
            clause=SETS,
            since=RU_1844.date,
            floor=True,
        ),
    )
