"""What the terms of what comes in come to, judged once for all that share what it hangs on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from core.appeals.classifier.model import Category
from core.appeals.intake.placement import Placement
from core.appeals.intake.prepared import Prepared
from core.appeals.rules.deadlines import Circumstances, applies, due_dates
from core.appeals.rules.lateness import Lateness, lateness
from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import State
from core.appeals.rules.stage_terms import clocked
from core.appeals.rules.terms import Deadline
from core.appeals.terms.kept import Beside, beside
from core.db.cache import Memo
from core.kernel.rules.calendar import WorkingCalendar
from core.kernel.texts import seconds
from core.law.rulebook import Rulebook
from core.shapes.deadlines.rules.units import CLOCKED, Unit

REGIONS = 16
"""Remembered at once in a process."""

Days = tuple[date, date, date | None, date | None]
"""The local days on which an appeal was received, registered, answered and closed."""


class Arrived(Protocol):
    """What has come in, as far as terms hang on it; moments are aware UTC."""

    @property
    def prepared(self) -> Prepared:
        """What came, with what the source promised."""

    @property
    def placement(self) -> Placement:
        """Where it goes."""

    @property
    def days(self) -> Days:
        """Its local days."""

    @property
    def answered_at(self) -> datetime | None:
        """When it was answered."""

    @property
    def presumed(self) -> bool:
        """Whether nobody knows when it was registered (R54)."""

    @property
    def category(self) -> Category | None:
        """The row of the classifier that it was given."""

    @property
    def highest(self) -> Sequence[str]:
        """Keys of the bodies of the highest official."""

    @property
    def state(self) -> State:
        """Where it stands."""


class Judged(NamedTuple):
    """What the terms come to: in the row of the case, and beside the answer's."""

    lateness: Lateness
    beside: tuple[Beside, ...]


@dataclass(frozen=True, eq=False)
class Terms:
    """The deadlines that some appeals have in common.

    `promised` if one hangs on a promise, `clocked` if one counts from the very moment.
    """

    rules: tuple[Deadline, ...]
    circumstances: Circumstances
    promised: bool
    clocked: bool

    @classmethod
    def of(cls, rules: Sequence[Deadline], circumstances: Circumstances) -> Terms:
        """Those of the rules that apply."""
        applying = tuple(rule for rule in rules if applies(rule, circumstances))
        units = {rule.unit for rule in applying}
        return cls(applying, circumstances, Unit.GIVEN in units, bool(units & CLOCKED))


@dataclass(frozen=True, eq=False)
class RegionDeadlines:
    """Deadlines by the law of one region.

    Terms in days count from the local day of the fact that begins them, so appeals of one day
    under the same terms are due at the same moment, unless the source promised one of its own or
    a term counts hours.
    """

    rules: Rulebook
    zone: ZoneInfo
    calendar: WorkingCalendar
    _terms: Memo[Terms] = field(default_factory=Memo, repr=False)
    _alike: Memo[Terms] = field(default_factory=Memo, repr=False)
    _due: Memo[Judged] = field(default_factory=Memo, repr=False)

    def judged(self, arrived: Arrived, entries: Callable[[], Sequence[Entry]]) -> Judged:
        """The terms of an appeal that begins with these entries; they are seldom looked at.

        Which facts they are is told by the days there are, by whether a body has it, whether its
        registration is presumed and an offence told to the highest official or to another; a
        promise is broken or kept within a day.
        """
        place, days, promised_at = arrived.placement, arrived.days, arrived.prepared.new.promised_at
        terms = self._terms_of(place, self.rules.standing_since(days[0]))
        category = arrived.category
        if terms.clocked or (category is not None and clocked(category.terms)):
            return self._judge(terms, entries(), arrived.state)
        owed = place.judgement.unanswered is None
        promised = seconds(promised_at) if terms.promised else None
        answered = arrived.answered_at
        broken = promised is not None and answered is not None and answered > promised
        given = category.id if category else None
        highest = place.body is not None and place.body.key in arrived.highest
        begun = (arrived.presumed, arrived.prepared.new.offence, highest)
        key = (terms, given, owed, place.body is None, days, begun, promised, broken)
        return self._due.recall(key, lambda: self._judge(terms, entries(), arrived.state))

    def _terms_of(self, place: Placement, day: date) -> Terms:
        circumstances = (place.regime, place.theme, place.significant, place.channel.key)

        def judge() -> Terms:
            rules = self.rules.all(Deadline, day, municipality=place.municipality)
            terms = Terms.of(rules, Circumstances(*circumstances))
            return self._alike.recall(tuple(map(id, terms.rules)), lambda: terms)

        return self._terms.recall((*circumstances, place.municipality, day), judge)

    def _judge(self, terms: Terms, entries: Sequence[Entry], state: State) -> Judged:
        dues = due_dates(terms.rules, entries, terms.circumstances, self.zone, self.calendar)
        return Judged(lateness(dues, entries, state), beside(dues))


@lru_cache(REGIONS)
def region_deadlines(rules: Rulebook, zone: ZoneInfo, calendar: WorkingCalendar) -> RegionDeadlines:
    """The deadlines of a region: its law stands as long as the process, so what it said does."""
    return RegionDeadlines(rules, zone, calendar)
