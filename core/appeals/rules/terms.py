"""Terms of an appeal as rules: deadlines, prolongation, the ladder of warnings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.appeals.rules.intake import Regime
from core.appeals.rules.lifecycle import Fact
from core.law.rule import Rule
from core.law.russian import Code, days, keys, listed, plural


class Unit(Code):
    """How a term is counted; GIVEN takes the moment that the source promised."""

    CALENDAR_DAYS = "calendar_days", "календарных"
    WORKING_DAYS = "working_days", "рабочих"
    GIVEN = "given", "обещанных"
    MINUTES = "minutes", "минут"
    HOURS = "hours", "часов"
    WORKING_HOURS = "working_hours", "рабочих часов"


@dataclass(frozen=True)
class Deadline(Rule):
    """A term from one fact to another, judged apart from every other term.

    Holds for these regimes; `significant_only` for themes under the accelerated mechanism,
    `themes` for these alone (empty: all). `prolongable` terms move with a prolongation. A term
    that `yields_to_prolongation` is still judged, but no longer governs a prolonged appeal.
    """

    heading: ClassVar[str] = "Сроки"

    name: str
    starts: Fact
    stops: Fact
    length: int = 0
    unit: Unit = Unit.CALENDAR_DAYS
    regimes: frozenset[Regime] = frozenset(Regime)
    significant_only: bool = False
    themes: frozenset[str] = frozenset()
    prolongable: bool = False
    yields_to_prolongation: bool = False

    def sentence(self) -> str:
        """What it orders, in words."""
        length = (
            "к моменту, который назвал канал"
            if self.unit is Unit.GIVEN
            else days(self.length, self.unit.label)
        )
        parts = [f"{self.name}: {length}", f"{self.starts.label} → {self.stops.label}"]
        if self.regimes != frozenset(Regime):
            parts.append(f"режим: {listed(self.regimes)}")
        if self.significant_only:
            parts.append("социально значимые тематики")
        if self.themes:
            parts.append(f"тематики: {keys(self.themes)}")
        if self.prolongable:
            parts.append("может быть продлён")
        if self.yields_to_prolongation:
            parts.append("уступает продлённому сроку")
        return "; ".join(parts)

    def no_looser_than(self, other: Deadline) -> bool:
        """No longer in the same unit between the same facts for no fewer appeals."""
        same_span = (self.starts, self.stops, self.unit) == (other.starts, other.stops, other.unit)
        covers = self.regimes >= other.regimes and self.significant_only <= other.significant_only
        covers_themes = not self.themes or (bool(other.themes) and self.themes >= other.themes)
        as_firm = (
            self.prolongable <= other.prolongable
            and self.yields_to_prolongation <= other.yields_to_prolongation
        )
        return same_span and covers and covers_themes and as_firm and self.length <= other.length


@dataclass(frozen=True)
class ProlongationLimit(Rule):
    """How often and by how many days in all an answer may be put off."""

    heading: ClassVar[str] = "Продление"

    times: int
    days: int

    def sentence(self) -> str:
        """What it orders, in words."""
        times = f"{self.times} {plural(self.times, 'раза', 'раз', 'раз')}"
        return f"не более {times}, всего не более чем на {days(self.days)}"

    def no_looser_than(self, other: ProlongationLimit) -> bool:
        """No more often and no longer."""
        return self.times <= other.times and self.days <= other.days


@dataclass(frozen=True)
class EscalationStep(Rule):
    """A rung of the ladder, `order` counts from 1.

    `before_days` days before the due moment (negative: after it) the holders of `to_role` are
    told; again every `repeat_days` (0: once). `ladder` is the key of the deadline it watches.
    """

    heading: ClassVar[str] = "Предупреждения о сроках"

    order: int
    before_days: int
    to_role: str
    repeat_days: int = 0
    ladder: str = "answer"

    def sentence(self) -> str:
        """What it orders, in words."""
        when = (
            f"за {days(self.before_days)} до срока"
            if self.before_days > 0
            else "в день срока"
            if self.before_days == 0
            else f"через {days(-self.before_days)} после срока"
        )
        again = f", затем каждые {days(self.repeat_days)}" if self.repeat_days else ", один раз"
        return f"ступень {self.order}: {when} узнаёт `{self.to_role}`{again}"
