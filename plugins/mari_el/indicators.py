"""Clauses 9, 11 and 13 of the regulation: mandatory indicators, the assessment of blocks.

Until the federal Rules the Ministry's methodical recommendations set the mandatory indicators
(13); since then the competence centre does (9 в of the Rules).
"""

from core.api import (
    RU_1844,
    Authority,
    Charge,
    IndicatorKind,
    OwnerKind,
    RequiredTarget,
    Rule,
    Stage,
    chain,
    hookimpl,
)
from plugins.mari_el.acts import ACT

ASSESSMENT = ACT.cite("pol.9.8")
OWNERS = frozenset(OwnerKind) - {OwnerKind.CATEGORY, OwnerKind.MUNICIPALITY}
BLOCK = frozenset({OwnerKind.BLOCK})


def _indicator_kinds() -> tuple[IndicatorKind, ...]:
    """Mandatory ones as they were before the Rules, and those of block responsibles."""
    return (
        IndicatorKind(
            "main",
            "Обязательные",
            chain(Authority.MINISTRY),
            OWNERS,
            federal_view=True,
            source="методические рекомендации Министерства",
            clause=ACT.cite("pol.13"),
            since=ACT.date,
            until=RU_1844.date,
        ),
        IndicatorKind(
            "block-responsible",
            "Показатели работы ответственных за отраслевые блоки",
            chain(Authority.CENTRE),
            BLOCK,
            charge=Charge.BLOCK,
            stages=(Stage.ASSESSED, Stage.CONSOLIDATED, Stage.CHECKED),
            clause=ASSESSMENT,
            since=ACT.date,
        ),
    )


def _required_targets() -> tuple[RequiredTarget, ...]:
    """The mandatory indicators are the frame of all work, so they must be there."""
    return (RequiredTarget("main", OwnerKind.CENTRE, clause=ACT.cite("pol.11"), since=ACT.date),)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_indicator_kinds(),
        *_required_targets(),
    )
