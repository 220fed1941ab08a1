"""Clauses 2 and 3 of the regulation: the federal scope in the region's own words."""

from core.api import RU_1844, hookimpl
from core.appeals.rules import (
    NATURAL,
    ApplicantKind,
    ApplicantScope,
    Residence,
    accelerated,
    whole_addressees,
)
from core.law.act import act_beside
from core.law.rule import Rule
from core.structure.rules import Foundation

ACT = act_beside(__file__)
MECHANISM = RU_1844.cite("2.accelerated-resolution.deadline")
CITES_THE_RULES = min(one.date for one in ACT.editions if one.date >= RU_1844.date)
"""The order is older than the Rules that its clause 2 cites: it does so since this wording."""


@hookimpl
def rules() -> tuple[Rule, ...]:
    """A definition imported by name, the office, and everyone as in the Rules, funds among them."""
    return (
        accelerated(ACT.cite("pol.2"), CITES_THE_RULES, replaces=MECHANISM),
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
        whole_addressees(ACT.cite("pol.3.1.addressees")),
    )
