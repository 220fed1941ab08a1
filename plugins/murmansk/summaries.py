"""Reports out of the figures: the analysis of handling, for the Governor, of a sector."""

from core.api import RU_1844, hookimpl
from core.documents.rules import DocumentKind
from core.law.act import act_beside
from core.law.rule import Rule
from core.summaries.rules import REPORT_FIELDS, TO_LEADERS, ReportForm, daily_summary

ACT = act_beside(__file__)
TOGETHER = "отчёты по показателям стоят вместе"
OUT_OF_ORDER = dict.fromkeys(
    (
        "2.1.5",
        "2.2.3",
        "4.2.5.2",
    ),
    TOGETHER,
)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """2.1.5, 2.2.3, 4.2.5.2."""
    return (
        *daily_summary(ACT.cite("2.1.5"), RU_1844.cite("4.а.5")),
        ReportForm(
            "leadership-report",
            TO_LEADERS,
            clause=ACT.cite("2.2.3"),
            replaces=RU_1844.cite("4.б.3"),
        ),
        DocumentKind(
            "sector-materials",
            "Информационные и аналитические материалы области работы",
            drafters=frozenset({"block-head"}),
            of_block=True,
            fields=REPORT_FIELDS,
            clause=ACT.cite("4.2.5.2"),
            replaces=RU_1844.cite("10.г.4.2"),
        ),
    )
