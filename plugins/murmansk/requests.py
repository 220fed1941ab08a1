"""Requests of materials: the executor alone, upwards alone, and through the centre (4.4.5)."""

from core.api import RU_1844, hookimpl
from core.law.act import act_beside
from core.law.rule import Rule
from core.requests.rules import RequestRight, Side

ACT = act_beside(__file__)
TOGETHER = "права запроса стоят вместе, чтобы их можно было сравнить"
OUT_OF_ORDER = dict.fromkeys(("4.4.5",), TOGETHER)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """The unit of the competence centre is not among those asked."""
    return (
        RequestRight(
            "region",
            Side.REGION,
            frozenset({Side.MINISTRY, Side.COMPETENCE_CENTRE}),
            "executor",
            Side.CENTRE,
            clause=ACT.cite("4.4.5"),
            replaces=RU_1844.cite("11.а"),
        ),
    )
