"""Clauses 10 to 16 of the regulation: documents, mandatory indicators, who answers for what.

Until the federal Rules the Ministry's methodical recommendations set the mandatory indicators
(13); since then the competence centre does (9 в of the Rules).
"""

from core.api import RU_1844, ActKind, Authority, hookimpl
from core.appeals.rules import NamedSystem
from core.indicators.rules import IndicatorKind, OwnerKind, RequiredTarget, chain
from core.law.act import act_beside
from core.law.rule import Rule
from core.structure.rules import Charge, DutiesAct, Mandate, Responsibility

ACT = act_beside(__file__)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """The mandatory indicators are the frame of all work, so they must be there (11)."""
    return (
        _system("portal", "Портал ЦУР", "документы и отчёты центра", "pol.10"),
        RequiredTarget("main", OwnerKind.CENTRE, clause=ACT.cite("pol.11"), since=ACT.date),
        _system("heat-map", "ВІ: ЦУР РФ", "перечень региональных проблем", "pol.12"),
        _mandatory(),
        Responsibility(
            "indicators/curator", Charge.INDICATORS, "curator", clause=ACT.cite("pol.14")
        ),
        Mandate("head/pol.15", "head", "непосредственно руководит", clause=ACT.cite("pol.15")),
        _duties(),
    )


def _system(key: str, name: str, purpose: str, clause: str) -> NamedSystem:
    """The region's label of a federal system (R24)."""
    replaces = RU_1844.cite(f"2.{key}")
    return NamedSystem(key, name, purpose, clause=ACT.cite(clause), replaces=replaces)


def _mandatory() -> IndicatorKind:
    """13: as they were before the Rules."""
    return IndicatorKind(
        "main",
        "Обязательные",
        chain(Authority.MINISTRY),
        frozenset(OwnerKind) - {OwnerKind.CATEGORY, OwnerKind.MUNICIPALITY},
        federal_view=True,
        source="методические рекомендации Министерства",
        clause=ACT.cite("pol.13"),
        since=ACT.date,
        until=RU_1844.date,
    )


def _duties() -> DutiesAct:
    """16: an internal act of the centre, agreed by the competence centre."""
    return DutiesAct(
        "duties",
        frozenset({ActKind.INTERNAL}),
        Authority.COMPETENCE_CENTRE,
        clause=ACT.cite("pol.16"),
        replaces=RU_1844.cite("10.г"),
    )
