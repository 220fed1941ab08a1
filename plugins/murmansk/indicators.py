"""Clauses 4.3 and 4.4 of the regulation: who approves which additional indicators.

Two kinds of the region's own: those of effectiveness go up to the Governor (4.4.6), those planned
to be reached stop at the curator (4.3.3); when in doubt the longer chain (R16).
"""

from core.api import (
    RU_1844,
    Authority,
    IndicatorKind,
    OwnerKind,
    Rule,
    chain,
    hookimpl,
)
from plugins.murmansk.acts import ACT

OWNERS = frozenset(OwnerKind) - {OwnerKind.CATEGORY, OwnerKind.MUNICIPALITY}


def _indicator_kinds() -> tuple[IndicatorKind, ...]:
    """The two additional kinds that the regulation knows; the rest is federal."""
    return (
        IndicatorKind(
            "additional-effectiveness",
            "Дополнительные по оценке эффективности работы ЦУР МО",
            chain(
                Authority.EXECUTOR,
                Authority.COMPETENCE_CENTRE,
                Authority.CURATOR,
                approver=Authority.GOVERNOR,
            ),
            OWNERS,
            clause=ACT.cite("4.4.6"),
            replaces=RU_1844.cite("11.б"),
            since=ACT.date,
        ),
        IndicatorKind(
            "additional-target",
            "Дополнительные, планируемые к достижению",
            chain(Authority.CENTRE, approver=Authority.CURATOR),
            OWNERS,
            clause=ACT.cite("4.3.3"),
            since=ACT.date,
        ),
    )


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (*_indicator_kinds(),)
