"""Indicators of the Rules: who sets the main ones, two kinds of additional ones, who controls."""

from datetime import timedelta

from core.api import (
    RU_1844,
    Authority,
    IndicatorKind,
    Job,
    Mandate,
    OwnerKind,
    Rule,
    chain,
    hookimpl,
    run_recompute,
)

BY_COMPETENCE_CENTRE = chain(Authority.COMPETENCE_CENTRE, Authority.MINISTRY)
BY_REGION = chain(Authority.REGION, Authority.COMPETENCE_CENTRE)
OF_REGION = frozenset(OwnerKind) - {OwnerKind.CATEGORY, OwnerKind.MUNICIPALITY}
SET_BY_COMPETENCE_CENTRE, SET_BY_REGION = RU_1844.cite("9.в"), RU_1844.cite("11.б")
SUBSIDY_RULES = "приложение № 1 к Правилам предоставления субсидии"


def _indicator_kinds() -> tuple[IndicatorKind, ...]:
    """The competence centre's kinds with the Ministry's consent, the region's with its own."""
    return (
        IndicatorKind(
            "main",
            "Основные",
            BY_COMPETENCE_CENTRE,
            OF_REGION,
            federal_view=True,
            source=SUBSIDY_RULES,
            clause=SET_BY_COMPETENCE_CENTRE,
            since=RU_1844.date,
        ),
        IndicatorKind(
            "additional-centre",
            "Дополнительные центра компетенций",
            BY_COMPETENCE_CENTRE,
            OF_REGION,
            federal_view=True,
            clause=SET_BY_COMPETENCE_CENTRE,
            since=RU_1844.date,
            floor=True,
        ),
        IndicatorKind(
            "additional-effectiveness",
            "Дополнительные региона по оценке эффективности",
            BY_REGION,
            OF_REGION,
            clause=SET_BY_REGION,
            since=RU_1844.date,
            floor=True,
        ),
        IndicatorKind(
            "municipal-additional",
            "Дополнительные муниципальных центров управления",
            BY_REGION,
            frozenset({OwnerKind.MUNICIPALITY}),
            clause=SET_BY_REGION,
            since=SET_BY_REGION.amended[0],
            floor=True,
        ),
    )


def _mandates() -> tuple[Mandate, ...]:
    """The competence centre ensures the main ones and controls whether all are reached."""
    return (
        _mandate("ensures", f"обеспечивает выполнение целевых показателей: {SUBSIDY_RULES}", "8.г"),
        _mandate("controls", "контролирует достижение показателей центром", "8.д"),
    )


def _mandate(key: str, what: str, number: str) -> Mandate:
    return Mandate(
        f"competence-centre/indicators.{key}",
        Authority.COMPETENCE_CENTRE,
        what,
        clause=RU_1844.cite(number),
        since=RU_1844.date,
    )


@hookimpl
def jobs() -> tuple[Job, ...]:
    """Figures over the system's own data are computed once their period has closed."""
    return (Job("indicators.recompute", run_recompute, every=timedelta(hours=6)),)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_indicator_kinds(),
        *_mandates(),
    )
