"""Reports out of the figures in cuts that can be chosen (5.5), to the Head every month (8.2)."""

from core.api import RU_1844, hookimpl
from core.law.act import act_beside
from core.law.rule import Rule
from core.summaries.rules import Part, ReportForm, daily_summary

ACT = act_beside(__file__)
TOGETHER = "отчёты по показателям стоят вместе"
OUT_OF_ORDER = dict.fromkeys(
    (
        "pol.5.5",
        "pol.8.2",
    ),
    TOGETHER,
)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """5.5, 8.2: the assessment of bodies is a part of the monthly report."""
    return (
        *daily_summary(ACT.cite("pol.5.5"), RU_1844.cite("4.а.5")),
        ReportForm(
            "monthly-report",
            frozenset({Part.SOURCES, Part.THEMES, Part.CHARGE, Part.BODIES}),
            clause=ACT.cite("pol.8.2"),
        ),
    )
