"""Clauses 1 and 4 of the regulation: whose messages, to whom, in which named systems.

The act calls everything a citizen sends «сообщения (жалобы)»: a label, not a filter (R13).
"""

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
from plugins.kursk.acts import ACT


def _applicant_scopes() -> tuple[ApplicantScope, ...]:
    """«Граждане»: any natural person wherever he lives (R12); legal entities are not named."""
    return (
        ApplicantScope(
            "region",
            kinds=NATURAL,
            residences=frozenset(Residence),
            clause=ACT.cite("pol.1.2.applicants"),
        ),
    )


def _addressees() -> tuple[Addressees, ...]:
    """No state bodies but executive ones and no funds; a subordinate institution is a state or
    municipal organisation."""
    return (
        Addressees(
            "region",
            kinds=frozenset(
                {
                    BodyKind.EXECUTIVE,
                    BodyKind.MUNICIPAL,
                    BodyKind.SUBORDINATE,
                    BodyKind.ORGANISATION,
                    BodyKind.PARTICIPATION,
                }
            ),
            clause=ACT.cite("pol.1.2.addressees"),
        ),
    )


def _systems() -> tuple[NamedSystem, ...]:
    """The region's labels of the portal and the heat map (R24), and a counterpart of its own."""
    return (
        NamedSystem(
            "portal",
            "Портал ЦУР",
            "документы и отчёты центра",
            clause=ACT.cite("pol.4.4"),
            replaces=RU_1844.cite("2.portal"),
        ),
        NamedSystem(
            "heat-map",
            "ВІ: ЦУР РФ",
            "перечень и категории региональных проблем",
            clause=ACT.cite("pol.4.5"),
            replaces=RU_1844.cite("2.heat-map"),
        ),
        NamedSystem(
            "situation-centre",
            "Ситуационный центр Губернатора Курской области",
            "обмен информацией, совместные документы",
            clause=ACT.cite("pol.4.9"),
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
