"""What the acts charge roles and bodies with, and for what a person answers with his name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.rules.rule import Rule


class Charge(StrEnum):
    """An object for which persons of the centre answer (variations, section 4)."""

    CENTRE = "centre"
    ROADMAP = "roadmap"
    MEASURES = "measures"
    BLOCK = "block"
    INDICATORS = "indicators"
    UNIT_INDICATORS = "unit_indicators"


class Degree(StrEnum):
    """How far one answers, from the least to the most."""

    CONTRIBUTES = "contributes"
    ENSURES = "ensures"
    ANSWERS = "answers"
    PERSONALLY = "personally"

    @property
    def weight(self) -> int:
        """Its place from the least."""
        return list(Degree).index(self)


@dataclass(frozen=True)
class Responsibility(Rule):
    """The holder of a role answers for an object; the key is `<object>/<role>`.

    Several may hold at once. A role of blocks answers for its own block alone.
    """

    charge: Charge
    role: str
    degree: Degree = Degree.PERSONALLY

    def no_looser_than(self, other: Responsibility) -> bool:
        """The same role for the same object, no less than before."""
        same = (self.charge, self.role) == (other.charge, other.role)
        return same and self.degree.weight >= other.degree.weight


@dataclass(frozen=True)
class Mandate(Rule):
    """Work that an act gives to a role of the centre or to a body; the key begins with it."""

    holder: str
    what: str
    body: bool = False


@dataclass(frozen=True)
class Foundation(Rule):
    """What the centre is and on what it stands, as the act says it."""

    says: str
