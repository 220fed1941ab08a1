"""Clauses 7, 9, 9(4) and 11 of the Rules: who may ask whom for materials about the centres."""

from core.api import RU_1844, hookimpl
from core.law.rule import Rule
from core.requests.rules import RequestRight, Side

OUT_OF_ORDER = dict.fromkeys(
    ("7.а", "9.а", "9(4)", "11.а"), "права запроса стоят вместе, чтобы их можно было сравнить"
)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """7 а), 9 а), 9(4), 11 а); no clause sets a term for the answer."""
    unit, bodies = Side.UNIT, (Side.STATE_BODIES, Side.MUNICIPAL_BODIES)
    return (
        RequestRight(
            "ministry",
            Side.MINISTRY,
            frozenset({*bodies, Side.COMPETENCE_CENTRE, unit}),
            clause=RU_1844.cite("7.а"),
        ),
        RequestRight(
            "competence-centre",
            Side.COMPETENCE_CENTRE,
            frozenset({*bodies, Side.ORGANISATIONS}),
            clause=RU_1844.cite("9.а"),
        ),
        RequestRight(
            "municipal",
            Side.MUNICIPAL_BODIES,
            frozenset({Side.COMPETENCE_CENTRE, Side.CENTRE}),
            clause=RU_1844.cite("9(4)"),
        ),
        RequestRight(
            "region",
            Side.REGION,
            frozenset({Side.MINISTRY, Side.COMPETENCE_CENTRE, unit}),
            clause=RU_1844.cite("11.а"),
        ),
    )
