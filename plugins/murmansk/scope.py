"""The preamble and clauses 1 and 2 of the regulation: the centre, its definitions, its sources."""

from core.api import RU_1844, hookimpl
from core.appeals.rules import (
    ApplicantKind,
    ApplicantScope,
    Channel,
    ChannelKind,
    Identification,
    NamedSystem,
    Regime,
    Residence,
    accelerated,
    whole_addressees,
)
from core.law.act import act_beside
from core.law.rule import Rule
from core.structure.rules import Foundation, Mandate

ACT = act_beside(__file__)
MECHANISM = RU_1844.cite("2.accelerated-resolution.deadline")
DEFINITIONS = ACT.cite("1.2")
MESSAGE_SYSTEMS = ACT.cite("2.7.4.criterion-feedback")
INFORMATION = "ministry-information-policy"


@hookimpl
def rules() -> tuple[Rule, ...]:
    """An office created earlier; definitions by import; citizens who live in Russia (R11)."""
    return (
        Foundation("creation", "центр создан более ранним актом", clause=ACT.cite("preamble")),
        Foundation(
            "regulation", "положение о центре утверждает Правительство", clause=ACT.cite("post")
        ),
        *_definitions(),
        Foundation(
            "centre",
            "проектный офис, созданный при участии центра компетенций",
            clause=ACT.cite("1.3"),
            replaces=RU_1844.cite("2.region-centre"),
        ),
        ApplicantScope(
            "region",
            kinds=frozenset({ApplicantKind.CITIZEN, ApplicantKind.LEGAL_ENTITY}),
            residences=frozenset({Residence.REGION, Residence.RUSSIA}),
            clause=ACT.cite("1.3.1.applicants"),
        ),
        Mandate(
            f"{INFORMATION}/2.7",
            INFORMATION,
            "участвует в задачах, названных в пунктах 2.7.1–2.7.5",
            True,
            clause=ACT.cite("2.7"),
        ),
        *_incident_management(),
        *_our_north(),
    )


def _definitions() -> tuple[Rule, ...]:
    """1.2: the accelerated mechanism, bodies and organisations in the federal sense."""
    return (
        accelerated(DEFINITIONS, ACT.date, replaces=MECHANISM),
        whole_addressees(DEFINITIONS),
    )


def _incident_management() -> tuple[Rule, ...]:
    """2.7.4: the first of the two sources that it names beside the federal channels.

    1.3 names the feedback platform and open publications after «в том числе»: the list is open,
    so no channel is left out of the region's view.
    """
    key, name = "incident-management", "Инцидент Менеджмент"
    kind, regime = ChannelKind.OPEN_PUBLICATION, Regime.MESSAGE
    return (
        NamedSystem(key, name, "сообщения из социальных сетей", clause=MESSAGE_SYSTEMS),
        Channel(key, name, kind, regime, system=key, clause=MESSAGE_SYSTEMS),
    )


def _our_north() -> tuple[Rule, ...]:
    """2.7.4: the second. That clause is about rating; the portal's own act is unread (R57)."""
    key, kind = "our-north", ChannelKind.REGIONAL_SYSTEM
    return (
        NamedSystem(key, "Наш Север", "сообщения жителей", clause=MESSAGE_SYSTEMS),
        Channel(
            key,
            "Портал «Наш Север»",
            kind,
            Regime.APPEAL,
            system=key,
            identifies=frozenset({Identification.ESIA, Identification.REGIONAL}),
            regime_act="акт о портале «Наш Север»",
            clause=MESSAGE_SYSTEMS,
        ),
    )
