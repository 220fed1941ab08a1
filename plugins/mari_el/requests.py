"""Requests of materials: executive bodies must supply, municipal bodies are advised (R42).

The centre itself answers the ministry and the competence centre (9.10, 9.11).
"""

from core.api import hookimpl
from core.law.act import act_beside
from core.law.rule import Rule
from core.requests.rules import RequestRight, Side

ACT = act_beside(__file__)
MUNICIPAL, CENTRE = Side.MUNICIPAL_BODIES, frozenset({Side.CENTRE})
TOGETHER = "права запроса стоят вместе, чтобы их можно было сравнить"
OUT_OF_ORDER = dict.fromkeys(
    (
        "post.4",
        "post.5",
        "pol.9.10",
        "pol.9.11",
    ),
    TOGETHER,
)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """4 and 5 of the resolution, 9.10 and 9.11."""
    return (
        RequestRight(
            "centre/executive",
            Side.CENTRE,
            frozenset({Side.STATE_BODIES}),
            executive=True,
            clause=ACT.cite("post.4"),
        ),
        RequestRight(
            "centre/municipal",
            Side.CENTRE,
            frozenset({MUNICIPAL}),
            advised=frozenset({MUNICIPAL}),
            clause=ACT.cite("post.5"),
        ),
        RequestRight("ministry/centre", Side.MINISTRY, CENTRE, clause=ACT.cite("pol.9.10")),
        RequestRight(
            "competence-centre/centre",
            Side.COMPETENCE_CENTRE,
            CENTRE,
            clause=ACT.cite("pol.9.11"),
        ),
    )
