"""What was due by a day, and requests of materials: the head asks bodies and organisations (8.4).

Municipal bodies are only advised to supply data (clause 6 of the order, R42).
"""

from datetime import date

from core.api import hookimpl
from core.law.act import act_beside
from core.law.rule import Rule
from core.obligations.rules import ObligationRule
from core.requests.rules import RequestRight, Side

ACT = act_beside(__file__)
MUNICIPAL = Side.MUNICIPAL_BODIES
TOGETHER = "права запроса стоят вместе, чтобы их можно было сравнить"
OUT_OF_ORDER = dict.fromkeys(
    (
        "rasp.3.1",
        "pol.8.4",
    ),
    TOGETHER,
)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """3 of the order: the plan of creation, once; 8.4."""
    return (
        ObligationRule(
            "creation-plan",
            "план по созданию центра",
            "ministry-digital",
            date(2020, 7, 30),
            clause=ACT.cite("rasp.3.1"),
        ),
        RequestRight(
            "head",
            Side.CENTRE,
            frozenset({Side.STATE_BODIES, MUNICIPAL, Side.ORGANISATIONS}),
            "head",
            advised=frozenset({MUNICIPAL}),
            clause=ACT.cite("pol.8.4"),
        ),
    )
