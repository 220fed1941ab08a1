"""Clauses 4.3 to 4.8 of the regulation: what each person does, and with whom the centre works.

Two kinds of indicators are the region's own: those of effectiveness go up to the Governor (4.4.6),
those planned to be reached stop at the curator (4.3.3); when in doubt the longer chain (R16). For
the indicators four roles answer, each in its own way.
"""

from core.api import RU_1844, Authority, hookimpl
from core.directory.rules import Body, BodyKind
from core.indicators.rules import IndicatorKind, OwnerKind, chain
from core.law.act import act_beside
from core.law.rule import Rule
from core.structure.rules import (
    BlockGrowth,
    BlockKind,
    BlockStep,
    Charge,
    Degree,
    Involvement,
    Mandate,
    Responsibility,
)

ACT = act_beside(__file__)
GROWTH, PARTNERS = ACT.cite("4.4.7"), ACT.cite("4.8")
OWNERS = frozenset(OwnerKind) - {OwnerKind.CATEGORY, OwnerKind.MUNICIPALITY}


@hookimpl
def rules() -> tuple[Rule, ...]:
    """Curator, executor, head, block responsible, block head, ministries."""
    return (
        _answers("curator", Degree.ANSWERS, "4.3.1"),
        IndicatorKind(
            "additional-target",
            "Дополнительные, планируемые к достижению",
            chain(Authority.CENTRE, approver=Authority.CURATOR),
            OWNERS,
            clause=ACT.cite("4.3.3"),
            since=ACT.date,
        ),
        _mandate("curator", "координирует исполнительные органы", "4.3.5"),
        *_executor(),
        *_growth(),
        _mandate("head", "непосредственно руководит работой", "4.5.1"),
        _answers("head", Degree.ANSWERS, "4.5.3"),
        _answers("block-responsible", Degree.CONTRIBUTES, "4.6.1"),
        _mandate("block-responsible", "организует работу блока", "4.6.2"),
        _mandate("block-responsible", "обеспечивает представительство блока", "4.6.3"),
        _mandate("block-head", "обеспечивает работу блока", "4.7.1"),
        _answers("block-head", Degree.CONTRIBUTES, "4.7.2"),
        *_partner("ministry-digital", "цифрового развития"),
        *_partner("ministry-information-policy", "информационной политики"),
        *_partner("ministry-internal-policy", "внутренней политики"),
    )


def _answers(role: str, degree: Degree, clause: str) -> Responsibility:
    """For the indicators."""
    charge = Charge.INDICATORS
    return Responsibility(f"{charge}/{role}", charge, role, degree, clause=ACT.cite(clause))


def _mandate(holder: str, what: str, clause: str, *, body: bool = False) -> Mandate:
    return Mandate(f"{holder}/{clause}", holder, what, body, clause=ACT.cite(clause))


def _executor() -> tuple[Rule, ...]:
    """4.4: municipal bodies are not named among those that may be brought in."""
    involved = frozenset(BodyKind) - {BodyKind.MUNICIPAL}
    return (
        _mandate("executor", "отвечает за связь с проектами и программами", "4.4.2"),
        _mandate("executor", "координирует меры цифровизации", "4.4.3"),
        Involvement("executor", involved, clause=ACT.cite("4.4.4")),
        IndicatorKind(
            "additional-effectiveness",
            "Дополнительные по оценке эффективности работы ЦУР МО",
            chain(
                Authority.EXECUTOR,
                Authority.COMPETENCE_CENTRE,
                Authority.CURATOR,
                approver=Authority.GOVERNOR,
            ),
            OWNERS,
            clause=ACT.cite("4.4.6"),
            replaces=RU_1844.cite("11.б"),
            since=ACT.date,
        ),
    )


def _growth() -> tuple[Rule, ...]:
    """4.4.7: the executor forms a block of either kind, the curator and the Governor agree."""
    federal = RU_1844.cite("11.в")
    return (
        BlockStep("propose", 10, Authority.EXECUTOR, clause=GROWTH),
        BlockStep("decide", 50, Authority.CURATOR, clause=GROWTH, replaces=federal),
        BlockStep("governor", 50, Authority.GOVERNOR, clause=GROWTH),
        BlockGrowth("blocks", frozenset(BlockKind), clause=GROWTH, replaces=federal),
    )


def _partner(key: str, field: str) -> tuple[Rule, ...]:
    """4.8: a partner of the centre, not an owner of themes: the act ties no body to a block."""
    name = f"Министерство {field} Мурманской области"
    return (
        Body(key, name, BodyKind.EXECUTIVE, clause=PARTNERS),
        _mandate(key, "сотрудничает с центром", "4.8", body=True),
    )
