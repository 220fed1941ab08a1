"""Who may write, to whom, through what: scopes are views, nothing is refused at intake (R11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.directory.rules.bodies import BodyKind
from core.law.rule import Rule
from core.law.russian import Code, listed


class Regime(Code):
    """An appeal is under 59-ФЗ; a message from an open publication under the Rules alone."""

    APPEAL = "appeal", "обращение"
    MESSAGE = "message", "сообщение"


class ApplicantKind(Code):
    """Who writes, as far as scope asks."""

    CITIZEN = "citizen", "граждане Российской Федерации"
    FOREIGNER = "foreigner", "иностранные граждане"
    STATELESS = "stateless", "лица без гражданства"
    LEGAL_ENTITY = "legal_entity", "юридические лица"
    UNKNOWN = "unknown", "заявители, о которых ничего не известно"


class Residence(Code):
    """Where the applicant lives for good; UNKNOWN counts as in scope until known (R12)."""

    REGION = "region", "в регионе"
    RUSSIA = "russia", "в России"
    ABROAD = "abroad", "за рубежом"
    UNKNOWN = "unknown", "неизвестно где"


NATURAL = frozenset({ApplicantKind.CITIZEN, ApplicantKind.FOREIGNER, ApplicantKind.STATELESS})


@dataclass(frozen=True)
class ApplicantScope(Rule):
    """Whose appeals a view counts. Keys: `federal`, and `region` where an act narrows it."""

    code: ClassVar[str] = "applicant-scope"
    heading: ClassVar[str] = "Чьи обращения учитываются"

    kinds: frozenset[ApplicantKind]
    residences: frozenset[Residence]
    entity_residence_matters: bool = False

    def sentence(self) -> str:
        """What it orders, in words."""
        lives = self.residences - {Residence.UNKNOWN}
        everywhere = lives == frozenset(Residence) - {Residence.UNKNOWN}
        where = "где бы ни жили" if everywhere else f"живущие {listed(lives)}"
        return f"{listed(self.kinds)}; {where}"

    def includes(self, kind: ApplicantKind, residence: Residence) -> bool:
        """Whether the applicant is in the view; what is unknown is in it until known."""
        if kind is not ApplicantKind.UNKNOWN and kind not in self.kinds:
            return False
        if kind is ApplicantKind.LEGAL_ENTITY and not self.entity_residence_matters:
            return True
        return residence is Residence.UNKNOWN or residence in self.residences


@dataclass(frozen=True)
class Addressees(Rule):
    """To whom the appeals of a view are written. Keys as of ApplicantScope."""

    code: ClassVar[str] = "addressees"
    heading: ClassVar[str] = "Кому адресованы"

    kinds: frozenset[BodyKind]

    def sentence(self) -> str:
        """What it orders, in words."""
        return listed(self.kinds)

    def includes(self, kind: BodyKind | None) -> bool:
        """Whether a body of this kind is an addressee; None is an appeal to the centre itself."""
        return kind is None or kind in self.kinds


class ChannelKind(Code):
    """The kinds of channel that the acts tell apart."""

    FEDERAL_SYSTEM = "federal_system", "федеральная система"
    REGIONAL_SYSTEM = "regional_system", "региональная система"
    MUNICIPAL_SYSTEM = "municipal_system", "муниципальная система"
    OPEN_PUBLICATION = "open_publication", "открытые публикации"
    DIRECT = "direct", "напрямую"


@dataclass(frozen=True)
class Channel(Rule):
    """A channel of feedback. `regime` is what comes through it; `electronic` asks identification.

    An electronic appeal without the applicant's name is held as a message (59-ФЗ, 7 ч. 3).
    """

    code: ClassVar[str] = "channel"
    heading: ClassVar[str] = "Каналы"

    name: str
    form: ChannelKind
    regime: Regime
    electronic: bool = True
    system: str | None = None

    def sentence(self) -> str:
        """What it orders, in words."""
        parts = [f"{self.name}: {self.form.label}, режим: {self.regime.label}"]
        if self.electronic and self.regime is Regime.APPEAL:
            parts.append("нужна идентификация")
        if self.system:
            parts.append(f"система `{self.system}`")
        return "; ".join(parts)


@dataclass(frozen=True)
class NamedSystem(Rule):
    """An information system that an act calls by name."""

    code: ClassVar[str] = "named-system"
    heading: ClassVar[str] = "Информационные системы"
    only_said: ClassVar[bool] = True

    name: str
    purpose: str

    def sentence(self) -> str:
        """What it orders, in words."""
        return f"{self.name}: {self.purpose}"


@dataclass(frozen=True)
class IdentificationRule(Rule):
    """From `since` on an electronic appeal without identification is held as a message."""

    code: ClassVar[str] = "identification"
    heading: ClassVar[str] = "Идентификация"

    otherwise: Regime = Regime.MESSAGE

    def sentence(self) -> str:
        """What it orders, in words."""
        return f"электронное обращение без идентификации ведётся как {self.otherwise.label}"


@dataclass(frozen=True)
class Numbering(Rule):
    """The registration number: fields {prefix} {year} {n} of the format, counted per year."""

    code: ClassVar[str] = "numbering"
    heading: ClassVar[str] = "Номера"

    pattern: str

    def sentence(self) -> str:
        """What it orders, in words."""
        return f"номер по образцу `{self.pattern}`"
