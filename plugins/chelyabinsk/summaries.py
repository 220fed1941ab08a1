"""Reports out of the figures: the analysis of handling, for the Governor, of blocks, of all."""

from core.api import RU_1844, hookimpl
from core.documents.rules import DocumentKind
from core.law.act import act_beside
from core.law.rule import Rule
from core.summaries.rules import REPORT_FIELDS, Part, ReportForm

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
EVERY_DAY = frozenset({Part.SOURCES, Part.THEMES, Part.CHARGE, Part.CHANGE})


@hookimpl
def rules() -> tuple[Rule, ...]:
    """4.1.5, 4.2.3, 10.3, 11.2."""
    daily = ACT.cite("pol.4.1.5")
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
            "leadership-report",
            frozenset({Part.THEMES, Part.BLOCKS, Part.BODIES, Part.CHANGE}),
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
