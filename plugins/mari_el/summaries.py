"""Reports out of the figures in cuts that can be chosen (5.5), to the Head every month (8.2)."""

from core.api import RU_1844, hookimpl
from core.documents.rules import DocumentKind
from core.law.act import act_beside
from core.law.rule import Rule
from core.summaries.rules import REPORT_FIELDS, Part, ReportForm

ACT = act_beside(__file__)
TOGETHER = "отчёты по показателям стоят вместе"
OUT_OF_ORDER = dict.fromkeys(
    (
        "pol.5.5",
        "pol.8.2",
    ),
    TOGETHER,
)
EVERY_DAY = frozenset({Part.SOURCES, Part.THEMES, Part.CHARGE, Part.CHANGE})


@hookimpl
def rules() -> tuple[Rule, ...]:
    """5.5, 8.2: the assessment of bodies is a part of the monthly report."""
    daily = ACT.cite("pol.5.5")
    return (
        DocumentKind(
            "daily-summary",
            "Ежедневная сводка центра",
            fields=REPORT_FIELDS,
            clause=daily,
            replaces=RU_1844.cite("4.а.5"),
        ),
        ReportForm("daily-summary", EVERY_DAY, clause=daily, replaces=RU_1844.cite("4.а.5")),
        ReportForm(
            "monthly-report",
            frozenset({Part.SOURCES, Part.THEMES, Part.CHARGE, Part.BODIES}),
            clause=ACT.cite("pol.8.2"),
        ),
    )
