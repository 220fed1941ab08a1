"""The documents of the centre, each with its whole chain, and the portal on which they are made.

The act knows no passports and no plans: their chain is set by an internal act that the competence
centre agrees to (16), and until it is recorded they are off (R21). What is placed on the portal is
equal to a letter (10).
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
CENTRE, GOVERNMENT = Authority.COMPETENCE_CENTRE, Authority.GOVERNMENT
DUTIES = ACT.cite("pol.16")
TOGETHER = "виды документов стоят вместе: цепочка каждого связывает разные пункты акта"
OUT_OF_ORDER = dict.fromkeys(
    ("post.1.1", "post.3.monthly-report", "pol.9.1", "pol.9.6", "pol.10.2"), TOGETHER
)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """The structure, the monthly report, acts, the portal, duties; what waits for an act."""
    return (
        DocumentKind(
            "structure",
            "Структура проектного офиса",
            (approves(GOVERNMENT, None, ActKind.RESOLUTION),),
            clause=ACT.cite("post.1.1"),
            replaces=RU_1844.cite("10.в"),
        ),
        DocumentKind(
            "monthly-report",
            "Ежемесячный отчёт о результатах работы с оценкой органов",
            (step(DocumentDeed.RECEIVE, Authority.HIGHEST_OFFICIAL),),
            sent_to="Главе Республики Марий Эл",
            period=Periodicity.MONTH,
            fields=REPORT_FIELDS,
            clause=ACT.cite("post.3.monthly-report"),
        ),
        DocumentKind(
            "legal-act",
            "Проект правового акта",
            (approves(GOVERNMENT, RU_1844.cite("10.а"), ActKind.RESOLUTION),),
            clause=ACT.cite("pol.9.1"),
            replaces=RU_1844.cite("10.а"),
        ),
        DocumentKind(
            "progress-report",
            "Свод информации о реализации мероприятий",
            clause=ACT.cite("pol.9.6"),
        ),
        PortalEquality("portal", "Портал ЦУР", clause=ACT.cite("pol.10.2")),
        DocumentKind(
            "duties",
            "Внутренний акт о распределении обязанностей",
            (agrees(CENTRE), step(DocumentDeed.SIGN, Authority.HEAD)),
            reading="variations, section 10: the act leaves a step open",
            clause=DUTIES,
        ),
        *_by_internal_act(),
    )


def _by_internal_act() -> tuple[Rule, ...]:
    """R21: off until an internal act says who drafts, agrees and approves."""
    return tuple(
        DocumentKind(
            key,
            name,
            set_by=frozenset({ActKind.INTERNAL}),
            set_with=CENTRE,
            clause=DUTIES,
        )
        for key, name in (
            ("passport", "Паспорт проекта (программы)"),
            ("plan", "Сводный план проектов (программ)"),
        )
    )
