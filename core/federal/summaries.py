"""Reports prepared out of the figures: the daily summary, materials, for the leadership."""

from core.api import RU_1844, hookimpl
from core.documents.rules import DocumentKind
from core.law.rule import Rule
from core.summaries.rules import REPORT_FIELDS, TO_LEADERS, Part, ReportForm, daily_summary

DAILY, SECTOR = RU_1844.cite("4.а.5"), RU_1844.cite("10.г.4.2")
OUT_OF_ORDER = dict.fromkeys(
    ("4.а.5", "4.б.3", "4.м", "10.г.4.2"), "отчёты по показателям стоят вместе"
)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """4 а), б), м); 10 г) 4: what a block head prepares of his sector."""
    return (
        *daily_summary(DAILY),
        ReportForm(
            "leadership-report",
            TO_LEADERS,
            clause=RU_1844.cite("4.б.3"),
        ),
        ReportForm(
            "analytical-materials",
            frozenset({Part.SOURCES, Part.THEMES, Part.BLOCKS}),
            clause=RU_1844.cite("4.м"),
        ),
        DocumentKind(
            "sector-materials",
            "Информационные и аналитические материалы отрасли",
            drafters=frozenset({"block-head"}),
            of_block=True,
            fields=REPORT_FIELDS,
            clause=SECTOR,
        ),
        ReportForm("sector-materials", frozenset({Part.THEMES, Part.BODIES}), clause=SECTOR),
    )
