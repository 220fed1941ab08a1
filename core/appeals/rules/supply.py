"""Who must help with facts: bodies that, asked about a case, supply what they know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from core.directory.rules.bodies import BodyKind
from core.law.act import Clause
from core.law.rule import Rule
from core.law.russian import listed
from core.shapes.deadlines.rules.units import Unit, spoken


@dataclass(frozen=True)
class SupplyDuty(Rule):
    """Bodies of these kinds answer an inquiry about a case within so many `days`.

    They are counted in `unit`, whatever it is. `term` is the clause that sets their number, where
    the rule's own orders the duty alone.
    """

    code: ClassVar[str] = "supply-duty"
    heading: ClassVar[str] = "Кто представляет сведения"

    kinds: frozenset[BodyKind]
    days: int
    unit: Unit = Unit.CALENDAR_DAYS
    term: Clause | None = None

    @property
    def ground(self) -> Clause:
        """The clause that sets the term."""
        return self.term or self.clause

    def sentence(self) -> str:
        """What it orders, in words."""
        set_by = f" (срок: {self.term.title})" if self.term else ""
        return f"по запросу за {spoken(self.days, self.unit)}{set_by}: {listed(self.kinds)}"

    def no_looser_than(self, other: SupplyDuty) -> bool:
        """Binds no fewer bodies and gives them no more time."""
        return self.kinds >= other.kinds and self.unit is other.unit and self.days <= other.days

    def undercuts(self, floor: Rule) -> bool:
        """More time for a body that the floor binds: the duty of the fewest kinds governs."""
        if not isinstance(floor, SupplyDuty) or not self.kinds & floor.kinds:
            return False
        return self.days > floor.days


def duty_of(duties: Iterable[SupplyDuty], kind: BodyKind) -> SupplyDuty | None:
    """The duty of a body of this kind: written for the fewest kinds, of two such the first key."""
    binding = [duty for duty in duties if kind in duty.kinds]
    return min(binding, key=lambda duty: (len(duty.kinds), duty.key), default=None)
