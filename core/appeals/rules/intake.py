"""Who may write, to whom, through what: scopes are views, nothing is refused at intake (R11)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar

from core.directory.rules.bodies import BodyKind
from core.law.reference import To
from core.law.rule import Rule
from core.law.russian import Code, listed


class Regime(Code):
    """An appeal is under 59-ФЗ; a message under the Rules alone; others under laws of their own."""

    APPEAL = "appeal", "обращение"
    MESSAGE = "message", "сообщение"
    SERVICE_COMPLAINT = "service_complaint", "жалоба на предоставление услуги"
    INFORMATION_REQUEST = "information_request", "запрос о деятельности органа"
    DATA_REQUEST = "data_request", "обращение субъекта персональных данных"


OF_THE_RULES = frozenset({Regime.APPEAL, Regime.MESSAGE})
"""What the Rules deal with; all else has regimes and terms of its own (59-ФЗ, 1 ч. 2; R65)."""


class Identification(Code):
    """How it was found out who writes (59-ФЗ, 4 п. 1, 7 ч. 3), the weakest first (R50, R53)."""

    NONE = "none", "личность не установлена"
    PAPER = "paper", "фамилия и адрес в письме на бумаге"
    REGIONAL = "regional", "информационная система региона"
    EPGU = "epgu", "Единый портал"
    ESIA = "esia", "ЕСИА"
    RECEPTION = "reception", "документ, предъявленный на личном приёме"

    def stronger_than(self, other: Identification) -> bool:
        """Whether it proves more; one that is as strong as the other does not."""
        order = list(Identification)
        return order.index(self) > order.index(other)


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


HOMES = {
    Residence.REGION: "в регионе",
    Residence.RUSSIA: "в России за пределами региона",
    Residence.ABROAD: "за рубежом",
}
"""Where those live whom a view counts or leaves out: in Russia they do not all live elsewhere."""

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
        homes = ", ".join(HOMES[one] for one in HOMES if one in lives)
        where = "независимо от места жительства" if everywhere else f"проживающие {homes}"
        entities = ApplicantKind.LEGAL_ENTITY in self.kinds and not self.entity_residence_matters
        free = "; юридические лица — независимо от места регистрации" if entities else ""
        return f"{listed(self.kinds)}; {where}{free}"

    def no_looser_than(self, other: ApplicantScope) -> bool:
        """Counts everybody whom the other counts."""
        return (
            self.kinds >= other.kinds
            and self.residences >= other.residences
            and self.entity_residence_matters <= other.entity_residence_matters
        )

    def undercuts(self, floor: Rule) -> bool:
        """Whatever view it is of: the federal one is counted beside it (R11)."""
        return isinstance(floor, ApplicantScope) and not self.no_looser_than(floor)

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

    def no_looser_than(self, other: Addressees) -> bool:
        """Counts what is written to every body to which the other counts it."""
        return self.kinds >= other.kinds

    def undercuts(self, floor: Rule) -> bool:
        """Whatever view it is of: the federal one is counted beside it (R11)."""
        return isinstance(floor, Addressees) and not self.no_looser_than(floor)

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
    TELEPHONE = "telephone", "телефон"


@dataclass(frozen=True)
class Channel(Rule):
    """A channel of feedback. `regime` is what comes through it; `electronic` asks identification.

    `identifies` are the ways in which it can find out who writes; a name typed in an electronic
    form is none (R50). Where it brings `either`, whoever hands over says which (R49). `regime_act`
    sets the regime where the channel has an act of its own, `regime_act_read` is the day on which
    it was read; until then what is in doubt is an appeal (R57).
    """

    code: ClassVar[str] = "channel"
    heading: ClassVar[str] = "Каналы"
    noun: ClassVar[str] = "канал"

    name: str
    kind: ChannelKind = field(metadata={"code": "form"})
    regime: Regime
    electronic: bool = True
    system: Annotated[str | None, To("NamedSystem")] = None
    identifies: frozenset[Identification] = frozenset()
    either: bool = False
    regime_act: str | None = None
    regime_act_read: date | None = None

    def sentence(self) -> str:
        """What it orders, in words."""
        parts = [f"{self.name}: {self.kind.label}, режим: {self.regime.label}"]
        if self.electronic and self.regime is Regime.APPEAL:
            parts.append("нужна идентификация")
        if self.identifies:
            parts.append(f"личность устанавливает: {listed(self.identifies)}")
        if self.either:
            parts.append("передающий указывает, обращение это или сообщение")
        if self.regime_act:
            parts.append(f"режим по акту: {self.regime_act}, {self._read()}")
        if self.system:
            parts.append(f"система `{self.system}`")
        return "; ".join(parts)

    def _read(self) -> str:
        if self.regime_act_read is None:
            return "не прочитан, сомнение решается в пользу обращения"
        return f"прочитан {self.regime_act_read:%d.%m.%Y}"


@dataclass(frozen=True)
class NamedSystem(Rule):
    """An information system that an act calls by name."""

    code: ClassVar[str] = "named-system"
    heading: ClassVar[str] = "Информационные системы"
    noun: ClassVar[str] = "информационная система"
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


PLACES = re.compile(r"\{(prefix|year|n)(?::0(\d+))?\}")
"""What of a pattern is filled in, and to how many digits."""


def _spoken(place: re.Match[str]) -> str:
    name, digits = place.groups()
    if name == "n":
        return "порядковый номер в году" + (f" (знаков: {digits})" if digits else "")
    return {"prefix": "обозначение региона", "year": "год"}[name]


@dataclass(frozen=True)
class Numbering(Rule):
    """The registration number: fields {prefix} {year} {n} of the format, counted per year."""

    code: ClassVar[str] = "numbering"
    heading: ClassVar[str] = "Номера"

    pattern: str

    def sentence(self) -> str:
        """What it orders, in words."""
        return f"номер: {PLACES.sub(_spoken, self.pattern)}"
