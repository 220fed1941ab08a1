"""The documents of the centre, each with its whole chain, and the portal on which they are made.

The chains join what the act gives to several persons, so they stand together here, each by the
clause of whoever has the document drafted: block responsible, head, executor, then the curator or
the competence centre. Everything is done on the portal and equal to a letter (4.4).
"""

from core.api import RU_1844, ActKind, Authority, hookimpl
from core.documents.rules import (
    DocumentDeed,
    DocumentKind,
    Periodicity,
    PortalEquality,
    agrees,
    approves,
    step,
)
from core.law.act import act_beside
from core.law.rule import Rule
from core.summaries.rules import REPORT_FIELDS

ACT = act_beside(__file__)
CURATOR, EXECUTOR, HEAD = Authority.CURATOR, Authority.EXECUTOR, Authority.HEAD
CENTRE, ADMINISTRATION = Authority.COMPETENCE_CENTRE, Authority.ADMINISTRATION
OF_BLOCK, OF_HEAD = frozenset({"block-responsible"}), frozenset({"head"})
OF_EXECUTOR = frozenset({"executor"})
COMMITTEE = "committee-internal-policy"
SILENT = "variations, section 10: the act leaves a step open"
TOGETHER = "виды документов стоят вместе: цепочка каждого связывает пункты нескольких лиц"
OUT_OF_ORDER = dict.fromkeys(
    (
        "post.9", "pol.2.1.2", "pol.3.1", "pol.3.2.1", "pol.3.3.3", "pol.3.3.5", "pol.3.3.6",
        "pol.3.4.1", "pol.3.4.5", "pol.3.4.6", "pol.3.5.4", "pol.3.5.5", "pol.3.5.6",
        "pol.4.2.1.2", "pol.4.4.2",
    ),
    TOGETHER,
)  # fmt: skip


@hookimpl
def rules() -> tuple[Rule, ...]:
    """Of the whole centre, of the executor, of the head, of blocks; the portal."""
    return (
        *_of_the_centre(),
        *_of_executor(),
        *_of_head(),
        *_of_blocks(),
        DocumentKind(
            "answer-templates",
            "Шаблоны ответов",
            clause=ACT.cite("pol.4.2.1.2"),
        ),
        PortalEquality("portal", "Портал ЦУР", clause=ACT.cite("pol.4.4.2")),
    )


def _of_the_centre() -> tuple[Rule, ...]:
    """The personal composition, data for the leadership, the structure, legal acts."""
    resolution = ActKind.RESOLUTION
    submits = step(DocumentDeed.SUBMIT, Authority.BODY, bodies=frozenset({COMMITTEE}))
    return (
        DocumentKind(
            "composition",
            "Персональный состав ЦУР",
            (submits, approves(ADMINISTRATION)),
            author=Authority.BODY,
            clause=ACT.cite("post.9"),
            replaces=RU_1844.cite("10.г"),
        ),
        DocumentKind(
            "leadership-report",
            "Сводные аналитические данные",
            sent_to="Губернатору, органам исполнительной власти, органам местного самоуправления",
            fields=REPORT_FIELDS,
            clause=ACT.cite("pol.2.1.2"),
            replaces=RU_1844.cite("4.б.3"),
        ),
        DocumentKind(
            "structure",
            "Структура ЦУР",
            (approves(ADMINISTRATION, None, resolution),),
            clause=ACT.cite("pol.3.1"),
            replaces=RU_1844.cite("10.в"),
        ),
        DocumentKind(
            "legal-act",
            "Проект нормативного правового акта",
            (approves(ADMINISTRATION, RU_1844.cite("10.а"), resolution),),
            frozenset({"curator"}),
            clause=ACT.cite("pol.3.2.1"),
            replaces=RU_1844.cite("10.а"),
        ),
    )


def _of_executor() -> tuple[Rule, ...]:
    """3.3: directions of development, the agreement, the quarterly report."""
    return (
        DocumentKind(
            "development-directions",
            "Основные направления развития ЦУР",
            (approves(CURATOR, ACT.cite("pol.3.2.2")),),
            OF_EXECUTOR,
            clause=ACT.cite("pol.3.3.3"),
        ),
        DocumentKind(
            "agreement",
            "Соглашение о сотрудничестве",
            (
                step(DocumentDeed.SUBMIT, EXECUTOR),
                step(DocumentDeed.SIGN, CENTRE, clause=ACT.cite("pol.3.3.4")),
                step(DocumentDeed.SIGN, EXECUTOR, clause=ACT.cite("pol.3.3.4")),
            ),
            OF_EXECUTOR,
            sent_to="Центру компетенций",
            clause=ACT.cite("pol.3.3.5"),
        ),
        DocumentKind(
            "roadmap-report",
            "Отчёт об исполнении мероприятий дорожной карты",
            (step(DocumentDeed.RECEIVE, CENTRE),),
            OF_EXECUTOR,
            sent_to="Центру компетенций",
            period=Periodicity.QUARTER,
            clause=ACT.cite("pol.3.3.6"),
        ),
    )


def _of_head() -> tuple[Rule, ...]:
    """3.4: the road map and its yearly update by one chain (R22), his report, the plan."""
    roadmap = (
        step(DocumentDeed.SUBMIT, EXECUTOR, clause=ACT.cite("pol.3.3.5")),
        agrees(CENTRE, ACT.cite("pol.3.3.4")),
    )
    clause = ACT.cite("pol.3.4.1")
    return (
        DocumentKind(
            "roadmap",
            "Дорожная карта по созданию и обеспечению функционирования ЦУР",
            roadmap,
            OF_HEAD,
            sent_to="Центру компетенций",
            clause=clause,
            replaces=RU_1844.cite("10.г.2"),
        ),
        DocumentKind(
            "roadmap-update",
            "Ежегодная актуализация дорожной карты",
            roadmap,
            OF_HEAD,
            sent_to="Центру компетенций",
            period=Periodicity.YEAR,
            reading="R22",
            clause=clause,
        ),
        DocumentKind(
            "head-report",
            "Отчёт руководителя о ходе реализации проектов (программ)",
            (step(DocumentDeed.RECEIVE, CURATOR),),
            OF_HEAD,
            sent_to="куратору ЦУР",
            reading=SILENT,
            clause=ACT.cite("pol.3.4.5"),
        ),
        DocumentKind(
            "plan",
            "Сводный план проектов (программ)",
            (approves(CURATOR, ACT.cite("pol.3.2.4.plans")),),
            OF_HEAD,
            clause=ACT.cite("pol.3.4.6"),
        ),
    )


def _of_blocks() -> tuple[Rule, ...]:
    """3.5: passports, reports on them, groups, which go past the head to the curator."""
    return (
        DocumentKind(
            "passport",
            "Паспорт проекта (программы)",
            (
                agrees(HEAD, ACT.cite("pol.3.4.7")),
                approves(CURATOR, ACT.cite("pol.3.2.4")),
            ),
            OF_BLOCK,
            of_block=True,
            clause=ACT.cite("pol.3.5.4"),
        ),
        DocumentKind(
            "progress-report",
            "Отчёт о ходе реализации проекта (программы)",
            (
                agrees(HEAD, ACT.cite("pol.3.4.8")),
                approves(CURATOR, ACT.cite("pol.3.2.5")),
            ),
            OF_BLOCK,
            of_block=True,
            clause=ACT.cite("pol.3.5.5"),
        ),
        DocumentKind(
            "groups",
            "Состав рабочих и экспертных групп",
            (approves(CURATOR, ACT.cite("pol.3.2.6")),),
            OF_BLOCK,
            of_block=True,
            clause=ACT.cite("pol.3.5.6"),
        ),
    )
