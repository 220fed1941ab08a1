"""What every rule has: a key, the clause that orders it and the dates between which it holds."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from datetime import date
from typing import Self

from core.rules.act import Clause


@dataclass(frozen=True)
class Rule:
    """A frozen piece of law. Subclasses add the value; none sees a session, a clock or a rule.

    `since` is the first day it holds, `until` the first day it does not (both local dates).
    `floor` forbids replacement by a later layer; `replaces` names the clause superseded.
    `municipality` limits the rule to one municipality (its stable id).
    """

    key: str
    _: KW_ONLY
    clause: Clause
    since: date | None = None
    until: date | None = None
    floor: bool = False
    replaces: Clause | None = None
    municipality: str | None = None

    def holds(self, on: date) -> bool:
        """Whether the rule is in force on this local date."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)

    def overlaps(self, other: Rule) -> bool:
        """Whether there is a day on which both rules are in force."""
        starts_in_time = self.since is None or other.until is None or self.since < other.until
        ends_in_time = other.since is None or self.until is None or other.since < self.until
        return starts_in_time and ends_in_time

    def stricter_than(self, other: Self) -> bool:
        """Whether this rule may take the place of `other` by tightening it; kinds override it."""
        return False
