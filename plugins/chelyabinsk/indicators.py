"""Clause 6 of the regulation: the curator sets the additional indicators of the region."""

from core.api import (
    RU_1844,
    Authority,
    IndicatorKind,
    OwnerKind,
    Rule,
    chain,
    hookimpl,
)
from plugins.chelyabinsk.acts import ACT

OWNERS = frozenset(OwnerKind) - {OwnerKind.CATEGORY, OwnerKind.MUNICIPALITY}


def _indicator_kinds() -> tuple[IndicatorKind, ...]:
    """The federal right of the region is the curator's, with the competence centre's consent."""
    return (
        IndicatorKind(
            "additional-effectiveness",
            "Дополнительные по оценке эффективности работы ЦУР",
            chain(Authority.CURATOR, Authority.COMPETENCE_CENTRE),
            OWNERS,
            clause=ACT.cite("pol.6.3"),
            replaces=RU_1844.cite("11.б"),
            since=ACT.date,
        ),
    )


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (*_indicator_kinds(),)
