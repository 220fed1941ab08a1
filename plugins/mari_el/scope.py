"""Clauses 2 and 4 of the regulation: the office, whose appeals, to whom, by which platform."""

from core.api import RU_1844, hookimpl
from core.appeals.rules import NATURAL, Addressees, ApplicantScope, NamedSystem, Residence
from core.directory.rules import BodyKind
from core.law.act import act_beside
from core.law.rule import Rule
from core.structure.rules import Foundation

ACT = act_beside(__file__)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """Any natural person who lives in the republic, whatever the citizenship (R12).

    State bodies besides executive ones, but no territorial funds.
    """
    return (
        Foundation(
            "centre",
            "проектный офис по Положению",
            clause=ACT.cite("pol.2"),
            replaces=RU_1844.cite("2.region-centre"),
        ),
        ApplicantScope(
            "region",
            kinds=NATURAL,
            residences=frozenset({Residence.REGION}),
            clause=ACT.cite("pol.4.applicants"),
        ),
        Addressees(
            "region",
            kinds=frozenset(BodyKind) - {BodyKind.FUND, BodyKind.OTHER},
            clause=ACT.cite("pol.4.addressees"),
        ),
        NamedSystem(
            "feedback-platform",
            "ПОС",
            "обращения и сообщения (жалобы)",
            clause=ACT.cite("pol.4.channels"),
            replaces=RU_1844.cite("2.feedback-platform"),
        ),
    )
