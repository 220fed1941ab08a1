"""The documents of the centre, each with its whole chain.

The chains join what the act gives to several persons, so they stand together here, each by the
clause of whoever has the document drafted. The act does not make the portal's record a letter, so
official letters are registered beside it.
"""

from core.api import RU_1844, ActKind, Authority, hookimpl
from core.documents.rules import (
    DocumentDeed,
    DocumentKind,
    Periodicity,
    agrees,
    approves,
    step,
)
from core.law.act import act_beside
from core.law.rule import Rule
from core.summaries.rules import REPORT_FIELDS

ACT = act_beside(__file__)
CURATOR, HEAD = Authority.CURATOR, Authority.HEAD
CENTRE, GOVERNOR = Authority.COMPETENCE_CENTRE, Authority.GOVERNOR
OF_HEAD, OF_BLOCK = frozenset({"head"}), frozenset({"block-responsible"})
INFORMATION = frozenset({"ministry-information-policy"})
SILENT = "variations, section 10: the act leaves a step open"
TOGETHER = "виды документов стоят вместе: цепочка каждого связывает пункты нескольких лиц"
OUT_OF_ORDER = dict.fromkeys(
    (
        "2.2.3", "2.7.4.2", "2.9", "3.1.1.2", "4.3.2", "4.3.8", "4.4.1", "4.5.4", "4.5.5",
        "4.5.6", "4.5.9", "4.5.11", "4.6.5",
    ),
    TOGETHER,
)  # fmt: skip


@hookimpl
def rules() -> tuple[Rule, ...]:
    """Of the centre's tasks, of the curator, of the head, of blocks."""
    return (
        *_of_tasks(),
        *_of_curator(),
        *_of_head(),
        DocumentKind(
            "progress-report",
            "Отчёт о ходе реализации проекта (программы)",
            (agrees(HEAD, ACT.cite("4.5.7")), approves(CURATOR, ACT.cite("4.3.7"))),
            OF_BLOCK,
            of_block=True,
            clause=ACT.cite("4.6.5"),
        ),
    )


def _of_tasks() -> tuple[Rule, ...]:
    """2 and 3: what goes to the leadership, the method of the rating, materials, advice."""
    return (
        DocumentKind(
            "leadership-report",
            "Отчёт о коммуникации органов с гражданами",
            sent_to="Губернатору и Правительству Мурманской области",
            fields=REPORT_FIELDS,
            clause=ACT.cite("2.2.3"),
            replaces=RU_1844.cite("4.б.3"),
        ),
        DocumentKind(
            "rating-method",
            "Методика рейтингования",
            (
                step(
                    DocumentDeed.SUBMIT, Authority.BODY, clause=ACT.cite("2.7"), bodies=INFORMATION
                ),
                approves(GOVERNOR, None, ActKind.GOVERNOR_ORDER),
            ),
            reading=SILENT,
            clause=ACT.cite("2.7.4.2"),
        ),
        DocumentKind(
            "analytical-materials",
            "Аналитические материалы",
            fields=REPORT_FIELDS,
            clause=ACT.cite("2.9"),
            replaces=RU_1844.cite("4.м"),
        ),
        DocumentKind(
            "recommendations",
            "Методические рекомендации по подготовке ответов",
            clause=ACT.cite("3.1.1.2"),
            replaces=RU_1844.cite("12.а.2"),
        ),
    )


def _of_curator() -> tuple[Rule, ...]:
    """4.3 and 4.4: proposed acts, groups, the agreement."""
    return (
        DocumentKind(
            "legal-act",
            "Предложение о разработке и утверждении правового акта",
            drafters=frozenset({"curator"}),
            sent_to="Правительству Мурманской области",
            clause=ACT.cite("4.3.2"),
            replaces=RU_1844.cite("10.а"),
        ),
        DocumentKind(
            "groups",
            "Состав рабочих и экспертных групп",
            (approves(CURATOR),),
            OF_BLOCK,
            of_block=True,
            reading=SILENT,
            clause=ACT.cite("4.3.8"),
        ),
        DocumentKind(
            "agreement",
            "Соглашение о сотрудничестве",
            (
                step(DocumentDeed.SIGN, Authority.GOVERNMENT),
                step(DocumentDeed.SIGN, CENTRE, beside=True),
            ),
            reading=SILENT,
            clause=ACT.cite("4.4.1"),
        ),
        DocumentKind(
            "roadmap",
            "Дорожная карта по созданию и обеспечению работы ЦУР",
            (
                step(DocumentDeed.SIGN, Authority.GOVERNMENT),
                step(DocumentDeed.SIGN, CENTRE, beside=True),
            ),
            OF_HEAD,
            reading=SILENT,
            clause=ACT.cite("4.4.1"),
            replaces=RU_1844.cite("10.г.2"),
        ),
    )


def _of_head() -> tuple[Rule, ...]:
    """4.5: his report, plans, passports, the yearly update (R22), notes."""
    return (
        DocumentKind(
            "head-report",
            "Отчёт руководителя о ходе реализации проектов (программ)",
            (step(DocumentDeed.RECEIVE, CURATOR),),
            OF_HEAD,
            sent_to="куратору",
            reading=SILENT,
            clause=ACT.cite("4.5.4"),
        ),
        DocumentKind(
            "plan",
            "Сводный план проектов (программ)",
            (approves(CURATOR, ACT.cite("4.3.6.plans")),),
            OF_HEAD,
            clause=ACT.cite("4.5.5"),
        ),
        DocumentKind(
            "passport",
            "Паспорт проекта (программы)",
            (approves(CURATOR, ACT.cite("4.3.6")),),
            OF_HEAD,
            clause=ACT.cite("4.5.6"),
        ),
        DocumentKind(
            "roadmap-update",
            "Ежегодная актуализация дорожной карты",
            (agrees(CENTRE), approves(CURATOR)),
            OF_HEAD,
            period=Periodicity.YEAR,
            reading="R22",
            clause=ACT.cite("4.5.9"),
        ),
        DocumentKind(
            "analytical-note",
            "Аналитическая записка по тематическому запросу",
            drafters=OF_HEAD,
            clause=ACT.cite("4.5.11"),
        ),
    )
