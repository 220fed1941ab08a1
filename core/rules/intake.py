"""Who may write, to whom, through what: scopes are views, nothing is refused at intake (R11)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.rules.blocks import BodyKind
from core.rules.rule import Rule


class Regime(StrEnum):
    """An appeal is under 59-ФЗ; a message from an open publication under the Rules alone."""

    APPEAL = "appeal"
    MESSAGE = "message"


class ApplicantKind(StrEnum):
    """Who writes, as far as scope asks."""

    CITIZEN = "citizen"
    FOREIGNER = "foreigner"
    STATELESS = "stateless"
    LEGAL_ENTITY = "legal_entity"
    UNKNOWN = "unknown"


class Residence(StrEnum):
    """Where the applicant lives for good; UNKNOWN counts as in scope until known (R12)."""

    REGION = "region"
    RUSSIA = "russia"
    ABROAD = "abroad"
    UNKNOWN = "unknown"


NATURAL = frozenset({ApplicantKind.CITIZEN, ApplicantKind.FOREIGNER, ApplicantKind.STATELESS})


@dataclass(frozen=True)
class ApplicantScope(Rule):
    """Whose appeals a view counts. Keys: `federal`, and `region` where an act narrows it."""

    kinds: frozenset[ApplicantKind]
    residences: frozenset[Residence]
    entity_residence_matters: bool = False

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

    kinds: frozenset[BodyKind]

    def includes(self, kind: BodyKind | None) -> bool:
        """Whether a body of this kind is an addressee; None is an appeal to the centre itself."""
        return kind is None or kind in self.kinds


class ChannelKind(StrEnum):
    """The kinds of channel that the acts tell apart."""

    FEDERAL_SYSTEM = "federal_system"
    REGIONAL_SYSTEM = "regional_system"
    MUNICIPAL_SYSTEM = "municipal_system"
    OPEN_PUBLICATION = "open_publication"
    DIRECT = "direct"


@dataclass(frozen=True)
class Channel(Rule):
    """A channel of feedback. `regime` is what comes through it; `electronic` asks identification.

    An electronic appeal without the applicant's name is held as a message (59-ФЗ, 7 ч. 3).
    """

    name: str
    form: ChannelKind
    regime: Regime
    electronic: bool = True
    system: str | None = None


@dataclass(frozen=True)
class NamedSystem(Rule):
    """An information system that an act calls by name."""

    name: str
    purpose: str


@dataclass(frozen=True)
class IdentificationRule(Rule):
    """From `since` on an electronic appeal without identification is held as a message."""

    otherwise: Regime = Regime.MESSAGE


@dataclass(frozen=True)
class Numbering(Rule):
    """The registration number: fields {prefix} {year} {n} of the format, counted per year."""

    pattern: str
