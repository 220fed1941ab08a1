"""Reports out of the figures: the analysis of handling, for the Governor, of blocks, of all."""

from core.api import RU_1844, hookimpl
from core.law.act import act_beside
from core.law.rule import Rule
from core.summaries.rules import TO_LEADERS, Part, ReportForm, daily_summary

ACT = act_beside(__file__)
TOGETHER = "отчёты по показателям стоят вместе"
OUT_OF_ORDER = dict.fromkeys(
    (
        "pol.4.1.5",
        "pol.4.2.3",
        "pol.10.3",
        "pol.11.2",
    ),
    TOGETHER,
)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """4.1.5, 4.2.3, 10.3, 11.2."""
    return (
        *daily_summary(ACT.cite("pol.4.1.5"), RU_1844.cite("4.а.5")),
        ReportForm(
            "leadership-report",
            TO_LEADERS,
            clause=ACT.cite("pol.4.2.3"),
            replaces=RU_1844.cite("4.б.3"),
        ),
        ReportForm(
            "progress-report", frozenset({Part.THEMES, Part.BODIES}), clause=ACT.cite("pol.10.3")
        ),
        ReportForm(
            "head-report",
            frozenset({Part.SOURCES, Part.THEMES, Part.BLOCKS, Part.BODIES}),
            clause=ACT.cite("pol.11.2"),
        ),
    )
