"""Clause 2 of the Rules: systems and channels, the accelerated term, whose appeals and to whom."""

from core.api import RU_1844, Permission, hookimpl
from core.appeals.rules import (
    NATURAL,
    ApplicantKind,
    ApplicantScope,
    Channel,
    ChannelKind,
    Fact,
    Identification,
    NamedSystem,
    Regime,
    Residence,
    State,
    Transition,
    accelerated,
    whole_addressees,
)
from core.law.rule import Rule
from core.structure.rules import Foundation

BY_THE_STATE = frozenset({Identification.EPGU, Identification.ESIA})
OWN = frozenset({Identification.ESIA, Identification.REGIONAL})
EVERY_CHANNEL = RU_1844.cite("2.accelerated-resolution")
DELIVERY = RU_1844.cite("2.delivery-system")
SYSTEMS = RU_1844.cite("2.region-centre.1.channels")


@hookimpl
def rules() -> tuple[Rule, ...]:
    """The definitions in the order of clause 2."""
    return (
        _named("single-portal", "Единый портал", "государственные и муниципальные услуги"),
        *_accelerated(),
        _named("feedback-platform", "Платформа обратной связи", "сообщения органам власти"),
        *_addressees(),
        _named("portal", "Портал", "взаимодействие с центром компетенций"),
        _foundation("office", "проектный офис — координирующий орган", "project-office"),
        *_delivery(),
        _named("heat-map", "Тепловая карта", "поддержка управленческих решений"),
        *_centre(),
        _named("infocur", "ИНФОЦУР", "мониторинг информационных поводов"),
    )


def _named(key: str, name: str, purpose: str) -> NamedSystem:
    clause = RU_1844.cite(f"2.{key}")
    return NamedSystem(key, name, purpose, clause=clause, since=clause.introduced)


def _foundation(key: str, says: str, definition: str) -> Foundation:
    return Foundation(key, says, clause=RU_1844.cite(f"2.{definition}"))


def _accelerated() -> tuple[Rule, ...]:
    """What comes by any channel, the direct ones too; the term counts from receipt (R2)."""
    return (
        _direct("letter", "Письмо", Identification.PAPER),
        _direct("reception", "Личный приём", Identification.RECEPTION),
        accelerated(RU_1844.cite("2.accelerated-resolution.deadline"), RU_1844.date, floor=True),
    )


def _direct(key: str, name: str, known_by: Identification) -> Channel:
    return Channel(
        key,
        name,
        ChannelKind.DIRECT,
        Regime.APPEAL,
        electronic=False,
        identifies=frozenset({known_by}),
        clause=EVERY_CHANNEL,
    )


def _addressees() -> tuple[Rule, ...]:
    """Bodies and organisations, territorial funds among them; discussions on the platform."""
    return (
        whole_addressees(RU_1844.cite("2.bodies-and-organisations"), "federal", floor=True),
        Channel(
            "public-discussions",
            "Общественные обсуждения, опросы и голосования платформы обратной связи",
            ChannelKind.FEDERAL_SYSTEM,
            Regime.MESSAGE,
            system="feedback-platform",
            clause=RU_1844.cite("2.feedback-platform.discussions"),
        ),
    )


def _delivery() -> tuple[Transition, ...]:
    """From the author to the body that answers, and back."""
    waiting = frozenset({State.RECEIVED, State.QUEUED})
    return (
        Transition(
            "route", waiting, State.ASSIGNED, Permission.ROUTE, Fact.ROUTED, clause=DELIVERY
        ),
        Transition(
            "answer",
            frozenset({State.IN_WORK}),
            State.ANSWERED,
            Permission.ANSWER,
            Fact.ANSWERED,
            clause=DELIVERY,
        ),
    )


def _centre() -> tuple[Rule, ...]:
    """An office by the region's own act; citizens wherever they live; systems, publications."""
    says = "центр — проектный офис по нормативному акту региона"
    return (
        _foundation("centre", says, "region-centre"),
        ApplicantScope(
            "federal",
            kinds=NATURAL | {ApplicantKind.LEGAL_ENTITY},
            residences=frozenset(Residence),
            clause=RU_1844.cite("2.region-centre.1.applicants"),
            floor=True,
        ),
        _platform(),
        _system(
            "portal", "Единый портал", ChannelKind.FEDERAL_SYSTEM, BY_THE_STATE, "single-portal"
        ),
        _system("regional-system", "Региональная система", ChannelKind.REGIONAL_SYSTEM, OWN),
        _system("municipal-system", "Муниципальная система", ChannelKind.MUNICIPAL_SYSTEM, OWN),
        _publication("social-networks", "Социальные сети"),
        _publication("messengers", "Мессенджеры"),
    )


def _system(
    key: str,
    name: str,
    kind: ChannelKind,
    identifies: frozenset[Identification],
    system: str | None = None,
) -> Channel:
    return Channel(
        key,
        name,
        kind,
        Regime.APPEAL,
        system=system,
        identifies=identifies,
        clause=SYSTEMS,
    )


def _platform() -> Channel:
    """Appeals and messages, by an act of its own that nobody has read yet (R57)."""
    key = "feedback-platform"
    return Channel(
        key,
        "Платформа обратной связи",
        ChannelKind.FEDERAL_SYSTEM,
        Regime.APPEAL,
        system=key,
        identifies=BY_THE_STATE,
        either=True,
        regime_act="акт Правительства о платформе обратной связи",
        clause=SYSTEMS,
    )


def _publication(key: str, name: str) -> Channel:
    return Channel(key, name, ChannelKind.OPEN_PUBLICATION, Regime.MESSAGE, clause=SYSTEMS)
