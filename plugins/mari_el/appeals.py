"""Clauses 4, 10 and 12 of the regulation: whose appeals, to whom, in which named systems."""

from core.api import (
    NATURAL,
    RU_1844,
    Addressees,
    ApplicantScope,
    BodyKind,
    NamedSystem,
    Residence,
    Rule,
    hookimpl,
)
from plugins.mari_el.acts import ACT


def _applicant_scopes() -> tuple[ApplicantScope, ...]:
    """Any natural person who lives in the republic, whatever the citizenship (R12)."""
    return (
        ApplicantScope(
            "region",
            kinds=NATURAL,
            residences=frozenset({Residence.REGION}),
            clause=ACT.cite("pol.4.applicants"),
        ),
    )


def _addressees() -> tuple[Addressees, ...]:
    """State bodies besides executive ones, but no territorial funds."""
    return (
        Addressees(
            "region",
            kinds=frozenset(BodyKind) - {BodyKind.FUND, BodyKind.OTHER},
            clause=ACT.cite("pol.4.addressees"),
        ),
    )


def _systems() -> tuple[NamedSystem, ...]:
    """The region's labels of federal systems (R24)."""
    return (
        NamedSystem(
            "feedback-platform",
            "ПОС",
            "обращения и сообщения (жалобы)",
            clause=ACT.cite("pol.4.channels"),
            replaces=RU_1844.cite("2.feedback-platform"),
        ),
        NamedSystem(
            "portal",
            "Портал ЦУР",
            "документы и отчёты центра",
            clause=ACT.cite("pol.10"),
            replaces=RU_1844.cite("2.portal"),
        ),
        NamedSystem(
            "heat-map",
            "ВІ: ЦУР РФ",
            "перечень региональных проблем",
            clause=ACT.cite("pol.12"),
            replaces=RU_1844.cite("2.heat-map"),
        ),
    )


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_applicant_scopes(),
        *_addressees(),
        *_systems(),
    )
