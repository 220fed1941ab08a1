"""Clause 3 of the regulation: what the curator, the executor, the head and the blocks do.

The curator sets and approves the targets of the centre alone, beside the main indicators, which
the Rules leave to the competence centre (9 в). Since the Rules an additional indicator of
effectiveness asks that centre's consent besides (R17).
"""

from datetime import date

from core.api import RU_1844, ActKind, Authority, hookimpl
from core.directory.rules import BodyKind
from core.indicators.rules import ChainStep, Deed, IndicatorKind, OwnerKind, chain
from core.law.act import Clause, act_beside
from core.law.rule import Rule
from core.structure.rules import (
    BlockStep,
    Charge,
    Degree,
    Involvement,
    Mandate,
    ReplacementRule,
    Responsibility,
    Trigger,
)

ACT = act_beside(__file__)
CURATOR = ACT.cite("pol.3.2.8")
ALONE = chain(Authority.CURATOR)
CONSENT = ChainStep(Deed.AGREE, Authority.COMPETENCE_CENTRE, RU_1844.cite("11.б"))
OWNERS = frozenset(OwnerKind) - {OwnerKind.CATEGORY, OwnerKind.MUNICIPALITY}


@hookimpl
def rules() -> tuple[Rule, ...]:
    """3.1 changes the structure by a resolution of the Administration alone (R8); then persons."""
    return (
        BlockStep(
            "decide",
            90,
            Authority.ADMINISTRATION,
            frozenset({ActKind.RESOLUTION}),
            clause=ACT.cite("pol.3.1"),
            replaces=RU_1844.cite("11.в"),
        ),
        _mandate("curator", "координирует органы исполнительной власти", "pol.3.2.3"),
        *_indicators(),
        *_executor(),
        _mandate("head", "непосредственно руководит работой", "pol.3.4.2"),
        _answers(Charge.UNIT_INDICATORS, "head", "pol.3.4.4", degree=Degree.ANSWERS),
        *_block_responsible(),
    )


def _mandate(holder: str, what: str, clause: str) -> Mandate:
    return Mandate(f"{holder}/{clause}", holder, what, clause=ACT.cite(clause))


def _answers(
    charge: Charge,
    role: str,
    clause: str,
    *,
    degree: Degree = Degree.PERSONALLY,
    replaces: Clause | None = None,
) -> Responsibility:
    key, cited = f"{charge}/{role}", ACT.cite(clause)
    return Responsibility(key, charge, role, degree, clause=cited, replaces=replaces)


def _indicators() -> tuple[IndicatorKind, ...]:
    """The curator's kinds, with the federal consent from the day on which the Rules asked it."""
    name = "Целевые, планируемые к достижению в рамках деятельности ЦУР"
    agreed = (ALONE[0], CONSENT, ALONE[1])
    return (
        IndicatorKind("target", name, ALONE, OWNERS, clause=CURATOR, since=ACT.date),
        _effectiveness(ALONE, ACT.date, until=RU_1844.date),
        _effectiveness(agreed, RU_1844.date, replaces=RU_1844.cite("11.б")),
    )


def _effectiveness(
    signatures: tuple[ChainStep, ...],
    since: date,
    until: date | None = None,
    replaces: Clause | None = None,
) -> IndicatorKind:
    return IndicatorKind(
        "additional-effectiveness",
        "Дополнительные по оценке эффективности",
        signatures,
        OWNERS,
        clause=CURATOR,
        since=since,
        until=until,
        replaces=replaces,
    )


def _executor() -> tuple[Rule, ...]:
    """3.3: executive and municipal bodies and other organisations may be brought in."""
    return (
        _mandate("executor", "организует органы при выполнении мероприятий", "pol.3.3.1"),
        _answers(Charge.ROADMAP, "executor", "pol.3.3.2", replaces=RU_1844.cite("10.г.2")),
        Involvement("executor", frozenset(BodyKind), clause=ACT.cite("pol.3.3.7")),
    )


def _block_responsible() -> tuple[Rule, ...]:
    """3.5: two triggers of a replacement, three working days each (R5); indicators by theme."""
    role, head, term = "block-responsible", "block-head", ACT.cite("pol.3.5.9.deadline")
    return (
        _mandate(role, "организует работу блока", "pol.3.5.1"),
        _mandate(role, "обеспечивает задачи центра в блоке", "pol.3.5.3"),
        _mandate(role, "предлагает замену руководителя блока", "pol.3.5.9"),
        *(ReplacementRule(f"{head}/{t}", head, t, role, 3, clause=term) for t in Trigger),
        _answers(Charge.INDICATORS, role, "pol.3.5.10"),
    )
