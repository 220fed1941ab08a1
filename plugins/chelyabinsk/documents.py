"""The documents of the centre, each with its whole chain.

Reports are of a block, not of a project, and nobody approves them. The act knows no passports and
no plans: a regulation that the curator approves may set their chain (15), and until it is recorded
they are off (R21). The portal is not mentioned, so its record is no letter.
"""

from core.api import RU_1844, ActKind, Authority, hookimpl
from core.documents.rules import DocumentDeed, DocumentKind, approves, step
from core.law.act import act_beside
from core.law.rule import Rule
from core.summaries.rules import REPORT_FIELDS

ACT = act_beside(__file__)
CURATOR, RESPONSIBLE = Authority.CURATOR, Authority.BLOCK_RESPONSIBLE
REGULATION = ACT.cite("pol.15")
STAFF = frozenset({"block-head", "block-staff"})
TOGETHER = "виды документов стоят вместе: цепочка каждого связывает пункты нескольких лиц"
OUT_OF_ORDER = dict.fromkeys(
    ("pol.3.4", "pol.4.2.3", "pol.6.1", "pol.8.5", "pol.10.3", "pol.13.1.2"), TOGETHER
)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """Information, the composition, reports, advice, regulations; what waits for one."""
    return (*_of_the_centre(), *_of_blocks(), *_of_regulations())


def _of_the_centre() -> tuple[Rule, ...]:
    """3, 4, 6 and 8: what the centre, the curator and the head have to do with."""
    return (
        DocumentKind(
            "analytical-materials",
            "Дополнительная информация для планирования",
            fields=REPORT_FIELDS,
            clause=ACT.cite("pol.3.4"),
            replaces=RU_1844.cite("4.м"),
        ),
        DocumentKind(
            "leadership-report",
            "Отчёт о работе органов и организаций",
            sent_to="Губернатору Челябинской области",
            fields=REPORT_FIELDS,
            clause=ACT.cite("pol.4.2.3"),
            replaces=RU_1844.cite("4.б.3"),
        ),
        DocumentKind(
            "composition",
            "Состав ЦУР",
            (
                step(DocumentDeed.SUBMIT, RESPONSIBLE, clause=ACT.cite("pol.9.1")),
                approves(CURATOR),
            ),
            frozenset({"block-responsible"}),
            clause=ACT.cite("pol.6.1"),
            replaces=RU_1844.cite("10.г"),
        ),
        DocumentKind(
            "head-report",
            "Свод информации по вопросам ЦУР",
            drafters=frozenset({"head"}),
            fields=REPORT_FIELDS,
            clause=ACT.cite("pol.8.5"),
        ),
    )


def _of_blocks() -> tuple[Rule, ...]:
    """9 to 11 and 13: reports of blocks, checked and consolidated by the centre; advice."""
    return (
        DocumentKind(
            "progress-report",
            "Отчёт о деятельности отраслевого блока",
            (
                step(DocumentDeed.SUBMIT, RESPONSIBLE, clause=ACT.cite("pol.9.4")),
                step(DocumentDeed.RECEIVE, Authority.CENTRE, clause=ACT.cite("pol.11.1")),
            ),
            STAFF,
            of_block=True,
            fields=REPORT_FIELDS,
            clause=ACT.cite("pol.10.3"),
        ),
        DocumentKind(
            "recommendations",
            "Методические рекомендации по подготовке ответов",
            clause=ACT.cite("pol.13.1.2"),
            replaces=RU_1844.cite("12.а.2"),
        ),
    )


def _of_regulations() -> tuple[Rule, ...]:
    """15: regulations, and what one of them may set the chain of (R21)."""
    return (
        DocumentKind(
            "regulation",
            "Регламент",
            (approves(CURATOR),),
            frozenset({"head"}),
            reading="variations, section 10: the act leaves a step open",
            clause=REGULATION,
        ),
        *(
            DocumentKind(key, name, set_by=frozenset({ActKind.REGULATION}), clause=REGULATION)
            for key, name in (
                ("passport", "Паспорт проекта (программы)"),
                ("plan", "Сводный план проектов (программ)"),
            )
        ),
    )
