"""Documents that the Rules know: reports, materials, advice, acts, the composition, the road map.

The Rules set no chain for the road map and for the removal of causes: both wait for an act that
does (R21, R30).
"""

from core.api import RU_1844, ActKind, Authority, hookimpl
from core.documents.rules import (
    DocumentDeed,
    DocumentField,
    DocumentKind,
    FieldForm,
    agrees,
    approves,
    step,
)
from core.law.rule import Rule
from core.summaries.rules import REPORT_FIELDS

MINISTRY, REGION = Authority.MINISTRY, Authority.REGION
BY_ACT = approves(REGION, None, ActKind.RESOLUTION, ActKind.GOVERNOR_ORDER)
SETTING = frozenset({ActKind.INTERNAL, ActKind.RESOLUTION})
TOGETHER = "виды документов стоят вместе, после того, что Правила говорят об органах и лицах"
OUT_OF_ORDER = dict.fromkeys(
    (
        "2.cause-roadmap.contents", "4.б.3", "4.м", "9.б", "10.а", "10.в", "10.г", "10.г.2",
        "12.а.2",
    ),
    TOGETHER,
)  # fmt: skip
CAUSES = (
    DocumentField("goal", "Первопричина, которую устраняют"),
    DocumentField(
        "measures",
        "Мероприятия",
        FieldForm.TABLE,
        columns=("Мероприятие", "Срок", "Ответственное должностное лицо"),
    ),
)
"""2: each measure with its day and its official."""


@hookimpl
def rules() -> tuple[Rule, ...]:
    """2, 4 б), 4 м), 9 б), 10 а), в), г), 12 а)."""
    return (
        DocumentKind(
            "cause-roadmap",
            "Дорожная карта устранения первопричин",
            set_by=SETTING,
            fields=CAUSES,
            clause=RU_1844.cite("2.cause-roadmap.contents"),
        ),
        DocumentKind(
            "leadership-report",
            "Отчёт руководству субъекта",
            sent_to="руководству субъекта Российской Федерации",
            fields=REPORT_FIELDS,
            clause=RU_1844.cite("4.б.3"),
        ),
        DocumentKind(
            "analytical-materials",
            "Информационные и аналитические материалы для планирования",
            fields=REPORT_FIELDS,
            clause=RU_1844.cite("4.м"),
        ),
        DocumentKind(
            "report-forms",
            "Формы отчётов об эффективности",
            (step(DocumentDeed.SUBMIT, Authority.COMPETENCE_CENTRE), agrees(MINISTRY)),
            author=Authority.COMPETENCE_CENTRE,
            clause=RU_1844.cite("9.б"),
        ),
        *_of_the_region(),
        DocumentKind(
            "recommendations",
            "Методические рекомендации по подготовке ответов",
            clause=RU_1844.cite("12.а.2"),
        ),
    )


def _of_the_region() -> tuple[Rule, ...]:
    """10: what the region adopts, forms and appoints itself; the road map."""
    return (
        DocumentKind(
            "legal-act",
            "Проект нормативного правового акта о центре",
            (BY_ACT,),
            clause=RU_1844.cite("10.а"),
        ),
        DocumentKind(
            "structure",
            "Структура центра и перечень отраслевых блоков",
            (BY_ACT,),
            clause=RU_1844.cite("10.в"),
        ),
        DocumentKind(
            "composition",
            "Персональный состав центра",
            (approves(REGION),),
            clause=RU_1844.cite("10.г"),
        ),
        DocumentKind(
            "roadmap",
            "План («дорожная карта») по созданию и обеспечению работы центра",
            set_by=SETTING,
            clause=RU_1844.cite("10.г.2"),
        ),
    )
