"""Clauses 2 and 3 of the regulation: the federal scope in the region's own words."""

from core.api import (
    NATURAL,
    RU_1844,
    Addressees,
    ApplicantKind,
    ApplicantScope,
    BodyKind,
    Deadline,
    Fact,
    Residence,
    Rule,
    hookimpl,
)
from plugins.chelyabinsk.acts import ACT


def _deadlines() -> tuple[Deadline, ...]:
    """The accelerated mechanism, one of the five definitions imported by name."""
    return (
        Deadline(
            "accelerated",
            "Ускоренное решение",
            starts=Fact.RECEIVED,
            stops=Fact.ANSWERED,
            length=30,
            significant_only=True,
            yields_to_prolongation=True,
            replaces=RU_1844.cite("2.accelerated-resolution.deadline"),
            clause=ACT.cite("pol.2"),
            since=RU_1844.date,
        ),
    )


def _applicant_scopes() -> tuple[ApplicantScope, ...]:
    """Everyone, as in the Rules: abroad, foreign, stateless, any legal entity."""
    return (
        ApplicantScope(
            "region",
            kinds=NATURAL | {ApplicantKind.LEGAL_ENTITY},
            residences=frozenset(Residence),
            clause=ACT.cite("pol.3.1.applicants"),
        ),
    )


def _addressees() -> tuple[Addressees, ...]:
    """Bodies and organisations as in the Rules, territorial funds among them."""
    return (
        Addressees(
            "region",
            kinds=frozenset(BodyKind) - {BodyKind.OTHER},
            clause=ACT.cite("pol.3.1.addressees"),
        ),
    )


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_deadlines(),
        *_applicant_scopes(),
        *_addressees(),
    )
