"""The life of an appeal as rules: steps, deadlines, limits, escalation, evidence, retention."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.rules.intake import Regime
from core.rules.roles import Permission
from core.rules.rule import Rule


class State(StrEnum):
    """Where an appeal is. What came of it is its outcome, another thing."""

    RECEIVED = "received"
    QUEUED = "queued"
    ASSIGNED = "assigned"
    IN_WORK = "in_work"
    ANSWERED = "answered"
    CLOSED = "closed"
    DISPUTED = "disputed"


OPEN_STATES = frozenset(
    {State.RECEIVED, State.QUEUED, State.ASSIGNED, State.IN_WORK, State.DISPUTED}
)


class Outcome(StrEnum):
    """What came of an appeal."""

    SOLVED = "solved"
    PARTLY_SOLVED = "partly_solved"
    PLANNED = "planned"
    EXPLAINED = "explained"
    REFUSED = "refused"
    NOT_CONFIRMED = "not_confirmed"
    FORWARDED = "forwarded"
    WITHDRAWN = "withdrawn"


class Fact(StrEnum):
    """What the ledger of an appeal records."""

    RECEIVED = "received"
    REGISTERED = "registered"
    ROUTED = "routed"
    QUEUED = "queued"
    TRANSFERRED = "transferred"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    DELEGATED = "delegated"
    PROLONGED = "prolonged"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    SURVEYED = "surveyed"
    DISPUTED = "disputed"
    UPHELD = "upheld"
    REOPENED = "reopened"
    JOINED = "joined"
    SPLIT = "split"
    ASKED = "asked"
    SUPPLIED = "supplied"


class Unit(StrEnum):
    """How a term is counted; GIVEN takes the moment that the source promised."""

    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"
    GIVEN = "given"


@dataclass(frozen=True)
class Transition(Rule):
    """A step: the key is the use case, from which states, to which, and who may take it.

    `target` None leaves the state as it is.
    """

    sources: frozenset[State]
    target: State | None
    permission: Permission
    fact: Fact


@dataclass(frozen=True)
class Deadline(Rule):
    """A term from one fact to another, judged apart from every other term.

    Holds for these regimes; `significant_only` for themes under the accelerated mechanism,
    `themes` for these alone (empty: all). `prolongable` terms move with a prolongation. A term
    that `yields_to_prolongation` is still judged, but no longer governs a prolonged appeal.
    """

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

    times: int
    days: int

    def no_looser_than(self, other: ProlongationLimit) -> bool:
        """No more often and no longer."""
        return self.times <= other.times and self.days <= other.days


@dataclass(frozen=True)
class TransferRule(Rule):
    """After `limit` transfers and returns the case goes to the coordinator."""

    limit: int
    accept_within_days: int

    def no_looser_than(self, other: TransferRule) -> bool:
        """Fewer transfers before the coordinator steps in."""
        return self.limit <= other.limit and self.accept_within_days <= other.accept_within_days


@dataclass(frozen=True)
class ComplaintRule(Rule):
    """A complaint never goes to the body complained of, nor to one subordinate to it."""


@dataclass(frozen=True)
class EscalationStep(Rule):
    """A rung of the ladder, `order` counts from 1.

    `before_days` days before the due moment (negative: after it) the holders of `to_role` are
    told; again every `repeat_days` (0: once). `ladder` is the key of the deadline it watches.
    """

    order: int
    before_days: int
    to_role: str
    repeat_days: int = 0
    ladder: str = "answer"


@dataclass(frozen=True)
class EvidenceRule(Rule):
    """What must be attached to call an appeal of the theme solved (key: theme or `*`)."""

    kinds: frozenset[str]

    def no_looser_than(self, other: EvidenceRule) -> bool:
        """Asks for everything the other asks for."""
        return self.kinds >= other.kinds


@dataclass(frozen=True)
class TemplateRule(Rule):
    """The centre makes templates of answers, key `answer`; without the rule there are none."""


@dataclass(frozen=True)
class SurveyRule(Rule):
    """How long the survey link lives and which marks (1..5) are bad enough to dispute."""

    valid_days: int
    bad_mark: int


@dataclass(frozen=True)
class DisputeRule(Rule):
    """How many days after closing the applicant may dispute the answer."""

    window_days: int


@dataclass(frozen=True)
class DuplicateRule(Rule):
    """Cases of one theme and place within so many days may be one problem.

    They are proposed when their likeness, in thousandths, reaches the threshold.
    """

    within_days: int
    threshold: int


@dataclass(frozen=True)
class Retention(Rule):
    """How many years records of this kind (the key) are kept."""

    years: int

    def no_looser_than(self, other: Retention) -> bool:
        """Keeps no shorter."""
        return self.years >= other.years
