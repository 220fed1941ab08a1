"""Whose appeals, to whom and through what: clause 2 of the Rules."""

from datetime import date

from core.api import (
    FZ59,
    NATURAL,
    PRACTICE,
    RU_1844,
    Addressees,
    ApplicantKind,
    ApplicantScope,
    BodyKind,
    Channel,
    ChannelKind,
    Clause,
    IdentificationRule,
    NamedSystem,
    Numbering,
    Regime,
    Residence,
    Rule,
    hookimpl,
)

SYSTEMS = RU_1844.cite("2.region-centre.1.channels")
EVERY_CHANNEL = RU_1844.cite("2.accelerated-resolution")


def _applicant_scopes() -> tuple[ApplicantScope, ...]:
    """Citizens wherever they live, foreigners, stateless persons, legal entities."""
    return (
        ApplicantScope(
            "federal",
            kinds=NATURAL | {ApplicantKind.LEGAL_ENTITY},
            residences=frozenset(Residence),
            clause=RU_1844.cite("2.region-centre.1.applicants"),
            floor=True,
        ),
    )


def _addressees() -> tuple[Addressees, ...]:
    """Bodies and organisations, territorial funds among them."""
    return (
        Addressees(
            "federal",
            kinds=frozenset(BodyKind) - {BodyKind.OTHER},
            clause=RU_1844.cite("2.bodies-and-organisations"),
            floor=True,
        ),
    )


def _channels() -> tuple[Channel, ...]:
    """Feedback systems and open publications; then the direct ways, which are channels too."""
    return (
        _system(
            "feedback-platform",
            "Платформа обратной связи",
            ChannelKind.FEDERAL_SYSTEM,
            "feedback-platform",
        ),
        _system("portal", "Единый портал", ChannelKind.FEDERAL_SYSTEM, "single-portal"),
        _system("regional-system", "Региональная система", ChannelKind.REGIONAL_SYSTEM),
        _system("municipal-system", "Муниципальная система", ChannelKind.MUNICIPAL_SYSTEM),
        Channel(
            "public-discussions",
            "Общественные обсуждения, опросы и голосования платформы обратной связи",
            ChannelKind.FEDERAL_SYSTEM,
            Regime.MESSAGE,
            system="feedback-platform",
            clause=RU_1844.cite("2.feedback-platform.discussions"),
        ),
        _publication("social-networks", "Социальные сети"),
        _publication("messengers", "Мессенджеры"),
        _direct("letter", "Письмо"),
        _direct("reception", "Личный приём"),
        _direct("hotline", "Горячая линия"),
    )


def _system(key: str, name: str, form: ChannelKind, system: str | None = None) -> Channel:
    return Channel(key, name, form, Regime.APPEAL, system=system, clause=SYSTEMS)


def _publication(key: str, name: str) -> Channel:
    return Channel(key, name, ChannelKind.OPEN_PUBLICATION, Regime.MESSAGE, clause=SYSTEMS)


def _direct(key: str, name: str) -> Channel:
    return Channel(
        key, name, ChannelKind.DIRECT, Regime.APPEAL, electronic=False, clause=EVERY_CHANNEL
    )


def _systems() -> tuple[NamedSystem, ...]:
    """The systems that the Rules define by name."""
    return (
        _named("single-portal", "Единый портал", "государственные и муниципальные услуги"),
        _named("feedback-platform", "Платформа обратной связи", "сообщения органам власти"),
        _named("portal", "Портал", "взаимодействие с центром компетенций"),
        _named("heat-map", "Тепловая карта", "поддержка управленческих решений"),
        _named("infocur", "ИНФОЦУР", "мониторинг информационных поводов"),
    )


def _named(key: str, name: str, purpose: str) -> NamedSystem:
    clause: Clause = RU_1844.cite(f"2.{key}")
    return NamedSystem(key, name, purpose, clause=clause, since=clause.introduced)


def _identification() -> tuple[IdentificationRule, ...]:
    """Since 30 March 2025 an electronic appeal without identification is held as a message."""
    return (
        IdentificationRule(
            "electronic",
            otherwise=Regime.MESSAGE,
            clause=FZ59.cite("7.3"),
            since=date(2025, 3, 30),
            floor=True,
        ),
    )


def _numbering() -> tuple[Numbering, ...]:
    """Prefix of the region, year, running number."""
    return (Numbering("appeal", "{prefix}-{year}-{n:06}", clause=PRACTICE.cite("numbering")),)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_applicant_scopes(),
        *_addressees(),
        *_channels(),
        *_systems(),
        *_identification(),
        *_numbering(),
    )
