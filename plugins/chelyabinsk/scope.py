"""Clauses 2 and 3 of the regulation: the federal scope in the region's own words."""

from core.api import RU_1844, hookimpl
from core.appeals.rules import (
    NATURAL,
    Addressees,
    ApplicantKind,
    ApplicantScope,
    Deadline,
    Fact,
    Residence,
)
from core.directory.rules import BodyKind
from core.law.act import act_beside
from core.law.rule import Rule
from core.structure.rules import Foundation

ACT = act_beside(__file__)
CITES_THE_RULES = min(one.date for one in ACT.editions if one.date >= RU_1844.date)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """A definition imported by name, the office, and everyone as in the Rules, funds among them."""
    return (
        _accelerated(),
        Foundation(
            "centre",
            "формируемый в области проектный офис",
            clause=ACT.cite("pol.3"),
            replaces=RU_1844.cite("2.region-centre"),
        ),
        ApplicantScope(
            "region",
            kinds=NATURAL | {ApplicantKind.LEGAL_ENTITY},
            residences=frozenset(Residence),
            clause=ACT.cite("pol.3.1.applicants"),
        ),
        Addressees(
            "region",
            kinds=frozenset(BodyKind) - {BodyKind.OTHER},
            clause=ACT.cite("pol.3.1.addressees"),
        ),
    )


def _accelerated() -> Deadline:
    """Clause 2: the accelerated mechanism, one of the five definitions imported by name.

    The order is older than the Rules that it cites, so the clause is of its first wording since.
    """
    return Deadline(
        "accelerated",
        "Ускоренное решение",
        starts=Fact.RECEIVED,
        stops=Fact.ANSWERED,
        length=30,
        significant_only=True,
        yields_to_prolongation=True,
        replaces=RU_1844.cite("2.accelerated-resolution.deadline"),
        clause=ACT.cite("pol.2"),
        since=CITES_THE_RULES,
    )
