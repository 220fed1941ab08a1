"""Reports out of figures in cuts of choice (1.3.5), for the Governor, on the road map."""

from core.api import RU_1844, hookimpl
from core.law.act import act_beside
from core.law.rule import Rule
from core.summaries.rules import TO_LEADERS, Part, ReportForm, daily_summary

ACT = act_beside(__file__)
TOGETHER = "отчёты по показателям стоят вместе"
OUT_OF_ORDER = dict.fromkeys(
    (
        "pol.1.3.5",
        "pol.2.1.2",
        "pol.3.3.6",
    ),
    TOGETHER,
)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """1.3.5, 2.1.2 with the assessment of 2.2.2, 3.3.6."""
    return (
        *daily_summary(ACT.cite("pol.1.3.5"), RU_1844.cite("4.а.5")),
        ReportForm(
            "leadership-report",
            TO_LEADERS,
            clause=ACT.cite("pol.2.1.2"),
            replaces=RU_1844.cite("4.б.3"),
        ),
        ReportForm("roadmap-report", frozenset({Part.ROADMAP}), clause=ACT.cite("pol.3.3.6")),
    )
