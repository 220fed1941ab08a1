"""What was due by a day, and requests of materials, both ways (4.3.6, 4.3.7, 4.8.1, 4.8.3).

Municipal bodies are only advised to assist (clause 8 of the resolution, R42).
"""

from datetime import date

from core.api import hookimpl
from core.law.act import act_beside
from core.law.rule import Rule
from core.obligations.rules import ObligationRule
from core.requests.rules import RequestRight, Side

ACT = act_beside(__file__)
MUNICIPAL, CENTRE = Side.MUNICIPAL_BODIES, frozenset({Side.CENTRE})
TOGETHER = "права запроса стоят вместе, чтобы их можно было сравнить"
OUT_OF_ORDER = dict.fromkeys(
    (
        "post.8.2",
        "post.9",
        "pol.4.3.6",
        "pol.4.3.7",
        "pol.4.8.1",
        "pol.4.8.3",
    ),
    TOGETHER,
)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """8 and 9 of the resolution, once each; 4.3.6 to 4.8.3 of the regulation."""
    unit, ministry = Side.UNIT, Side.MINISTRY
    return (
        ObligationRule(
            "municipal-proposals",
            "предложения по созданию муниципальных центров",
            None,
            date(2020, 12, 1),
            advised=True,
            clause=ACT.cite("post.8.2"),
        ),
        ObligationRule(
            "first-composition",
            "персональный состав центра на утверждение",
            "committee-internal-policy",
            date(2020, 10, 1),
            document="composition",
            clause=ACT.cite("post.9"),
        ),
        RequestRight("ministry/centre", ministry, CENTRE, clause=ACT.cite("pol.4.3.6")),
        RequestRight(
            "competence-centre/centre",
            Side.COMPETENCE_CENTRE,
            CENTRE,
            clause=ACT.cite("pol.4.3.7"),
        ),
        RequestRight(
            "centre/upwards",
            Side.CENTRE,
            frozenset({ministry, Side.COMPETENCE_CENTRE, unit}),
            clause=ACT.cite("pol.4.8.1"),
        ),
        RequestRight(
            "centre/bodies",
            Side.CENTRE,
            frozenset({Side.STATE_BODIES, MUNICIPAL, Side.ORGANISATIONS}),
            advised=frozenset({MUNICIPAL}),
            executive=True,
            clause=ACT.cite("pol.4.8.3"),
        ),
    )
