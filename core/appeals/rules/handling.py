"""The life of an appeal as rules: steps, deadlines, limits, escalation, evidence, retention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.law.rule import Rule
from core.law.russian import days, plural
from core.shapes.deadlines.rules.units import Unit, brief


@dataclass(frozen=True)
class TransferRule(Rule):
    """After `limit` transfers and returns the case goes to the coordinator.

    So it does where a body neither accepts nor returns it in time: `accept_within_days` in
    `unit`, calendar days being 24 hours each.
    """

    code: ClassVar[str] = "transfer"
    heading: ClassVar[str] = "Передача между органами"

    limit: int
    accept_within_days: int
    unit: Unit = Unit.CALENDAR_DAYS

    def sentence(self) -> str:
        """What it orders, in words."""
        accepted = brief(self.accept_within_days, self.unit)
        return f"после {self.limit} передач решает координатор; принять за {accepted}"

    def no_looser_than(self, other: TransferRule) -> bool:
        """Fewer transfers before the coordinator steps in, and no more time to accept."""
        same_unit = self.unit is other.unit
        no_longer = self.accept_within_days <= other.accept_within_days
        return self.limit <= other.limit and same_unit and no_longer


@dataclass(frozen=True)
class ComplaintRule(Rule):
    """A complaint never goes to the body complained of, nor to one subordinate to it."""

    code: ClassVar[str] = "complaint"
    heading: ClassVar[str] = "Запрет направлять жалобу"

    def sentence(self) -> str:
        """What it orders, in words."""
        return "жалоба не направляется тому, на кого она подана, и подчинённым ему"


@dataclass(frozen=True)
class DuplicateRule(Rule):
    """Cases of one theme and place within so many days may be one problem.

    They are proposed when their likeness, in thousandths, reaches the threshold.
    """

    code: ClassVar[str] = "duplicate"
    heading: ClassVar[str] = "Повторы"

    within_days: int
    threshold: int

    def sentence(self) -> str:
        """What it orders, in words."""
        share = f"{self.threshold / 10:g} %".replace(".", ",")
        return (
            f"одна тематика и место, {days(self.within_days)}, сходство от {share}; решает человек"
        )


@dataclass(frozen=True)
class Retention(Rule):
    """How many years records of this kind (the key) are kept."""

    code: ClassVar[str] = "retention"
    heading: ClassVar[str] = "Хранение"
    only_said: ClassVar[bool] = True

    years: int

    def sentence(self) -> str:
        """What it orders, in words."""
        return f"не менее {self.years} {plural(self.years, 'года', 'лет', 'лет')}"

    def no_looser_than(self, other: Retention) -> bool:
        """Keeps no shorter."""
        return self.years >= other.years
