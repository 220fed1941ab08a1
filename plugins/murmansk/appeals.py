"""Clauses 1 to 3 of the regulation: whose appeals, to whom, through what, by when."""

from core.api import (
    RU_1844,
    Addressees,
    ApplicantKind,
    ApplicantScope,
    BodyKind,
    Channel,
    ChannelKind,
    Deadline,
    Fact,
    NamedSystem,
    Regime,
    Residence,
    Rule,
    hookimpl,
)
from plugins.murmansk.acts import ACT

DEFINITIONS = ACT.cite("1.2")
MESSAGE_SYSTEMS = ACT.cite("2.7.4.criterion-feedback")


def _deadlines() -> tuple[Deadline, ...]:
    """The accelerated mechanism, by import of the federal definition."""
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
            clause=DEFINITIONS,
            since=ACT.date,
        ),
    )


def _addressees() -> tuple[Addressees, ...]:
    """Bodies and organisations in the federal sense, by import of the definition."""
    return (Addressees("region", kinds=frozenset(BodyKind) - {BodyKind.OTHER}, clause=DEFINITIONS),)


def _applicant_scopes() -> tuple[ApplicantScope, ...]:
    """Citizens who live in Russia for good; legal entities wherever registered (R11)."""
    return (
        ApplicantScope(
            "region",
            kinds=frozenset({ApplicantKind.CITIZEN, ApplicantKind.LEGAL_ENTITY}),
            residences=frozenset({Residence.REGION, Residence.RUSSIA}),
            clause=ACT.cite("1.3.1.applicants"),
        ),
    )


def _channels() -> tuple[Channel, ...]:
    """The two sources that 2.7.4 names beside the federal channels.

    1.3 names the feedback platform and open publications after «в том числе»: the list is open,
    so no channel is left out of the region's view.
    """
    return (
        Channel(
            "incident-management",
            "Инцидент Менеджмент",
            ChannelKind.OPEN_PUBLICATION,
            Regime.MESSAGE,
            system="incident-management",
            clause=MESSAGE_SYSTEMS,
        ),
        Channel(
            "our-north",
            "Портал «Наш Север»",
            ChannelKind.REGIONAL_SYSTEM,
            Regime.APPEAL,
            system="our-north",
            clause=MESSAGE_SYSTEMS,
        ),
    )


def _systems() -> tuple[NamedSystem, ...]:
    """Two sources of messages, and the region's label of the heat map (R24)."""
    return (
        NamedSystem(
            "incident-management",
            "Инцидент Менеджмент",
            "сообщения из социальных сетей",
            clause=MESSAGE_SYSTEMS,
        ),
        NamedSystem("our-north", "Наш Север", "сообщения жителей", clause=MESSAGE_SYSTEMS),
        NamedSystem(
            "heat-map",
            "ВІ: ЦУР РФ",
            "перечень региональных проблем",
            clause=ACT.cite("3.2"),
            replaces=RU_1844.cite("2.heat-map"),
        ),
    )


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_deadlines(),
        *_addressees(),
        *_applicant_scopes(),
        *_channels(),
        *_systems(),
    )
