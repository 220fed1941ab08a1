"""Clause 11 of the Rules: what a region may do: its own indicators, more blocks, integration."""

from core.api import RU_1844, Authority, hookimpl
from core.indicators.rules import IndicatorKind, OwnerKind, chain
from core.law.rule import Rule
from core.structure.rules import BlockGrowth, BlockKind, BlockStep, Foundation

SETS, GROWTH = RU_1844.cite("11.б"), RU_1844.cite("11.в")
BY_REGION = chain(Authority.REGION, Authority.COMPETENCE_CENTRE)
OF_REGION = frozenset(OwnerKind) - {OwnerKind.CATEGORY, OwnerKind.MUNICIPALITY}


@hookimpl
def rules() -> tuple[Rule, ...]:
    """б), в), г): on a block of either kind the region decides alone, without consent."""
    return (
        *_indicators(),
        BlockStep("decide", 90, Authority.REGION, clause=GROWTH),
        BlockGrowth("blocks", frozenset(BlockKind), clause=GROWTH),
        Foundation(
            "integration",
            "центр можно встроить в действующую структуру органов",
            clause=RU_1844.cite("11.г"),
        ),
    )


def _indicators() -> tuple[IndicatorKind, ...]:
    """б): with the competence centre's consent; of municipal centres since the Rules have them."""
    return (
        IndicatorKind(
            "additional-effectiveness",
            "Дополнительные региона по оценке эффективности",
            BY_REGION,
            OF_REGION,
            clause=SETS,
            since=RU_1844.date,
            floor=True,
        ),
        IndicatorKind(
            "municipal-additional",
            "Дополнительные муниципальных центров управления",
            BY_REGION,
            frozenset({OwnerKind.MUNICIPALITY}),
            clause=SETS,
            since=SETS.amended[0],
            floor=True,
        ),
    )
