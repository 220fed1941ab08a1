"""The ledger of an appeal and what follows from it: who held it how long, how often it moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from core.appeals.rules.lifecycle import UNDOINGS, Fact, Outcome, State

COORDINATOR = "coordinator"
"""The holder of what no body holds: the coordinator's queue of the centre."""

HANDOVERS = frozenset({Fact.ROUTED, Fact.QUEUED, Fact.TRANSFERRED, Fact.RETURNED, Fact.DELEGATED})
ENDED_UNANSWERED = {
    Fact.WITHDRAWN: Outcome.WITHDRAWN,
    Fact.SENT_BACK: Outcome.SENT_BACK,
    Fact.COURT_DECISION: Outcome.COURT_DECISION,
}
"""Facts that end a case, and every term of it, with no answer on the merits."""

ENDS = frozenset({Fact.ANSWERED, Fact.CONCLUDED, *ENDED_UNANSWERED})
TELLING = frozenset({Fact.ANSWERED, Fact.CONCLUDED})
"""Facts that say what came of the appeal."""

REOPENINGS = frozenset({Fact.REOPENED, Fact.RESUMED})
FATES = frozenset({Fact.ANSWERED, Fact.DELIVERED, Fact.UNDELIVERED, Fact.RESENT})
"""What becomes of an answer on its way."""

NOTHING: Mapping[str, object] = {}


class Entry(NamedTuple):
    """One fact: `at` is aware UTC to the second, `body` the holder from then on (a key).

    `data` is plain JSON: what the fact carries (days of a prolongation, a promised moment).
    """

    seq: int
    fact: Fact
    at: datetime
    body: str | None = None
    data: Mapping[str, object] = NOTHING


STATES = {
    Fact.RECEIVED: State.RECEIVED,
    Fact.QUEUED: State.QUEUED,
    Fact.ROUTED: State.ASSIGNED,
    Fact.TRANSFERRED: State.ASSIGNED,
    Fact.RETURNED: State.ASSIGNED,
    Fact.DELEGATED: State.ASSIGNED,
    Fact.ACCEPTED: State.IN_WORK,
    Fact.ANSWERED: State.ANSWERED,
    Fact.CLOSED: State.CLOSED,
    **dict.fromkeys(ENDED_UNANSWERED, State.CLOSED),
    Fact.CONCLUDED: State.CLOSED,
    Fact.DISPUTED: State.DISPUTED,
    Fact.UPHELD: State.CLOSED,
    Fact.UNSENT: State.IN_WORK,
}
"""Where a fact leaves the appeal; a reopened one depends on who held it, others leave it there."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the ledger says of an appeal as a whole; `holder` is a body's key or None.

    `undelivered` while the last answer has come back and was not sent again.
    """

    state: State
    holder: str | None
    outcome: Outcome | None
    answered_at: datetime | None
    reworks: int
    undelivered: bool = False


@dataclass(frozen=True, slots=True)
class Holding:
    """A stretch of time in one body's hands; `until` is None while it lasts."""

    body: str
    since: datetime
    until: datetime | None

    def length(self, now: datetime) -> timedelta:
        """How long it has lasted."""
        return (self.until or now) - self.since


def first(entries: Iterable[Entry], fact: Fact) -> Entry | None:
    """The earliest entry of this fact."""
    for entry in entries:
        if entry.fact is fact:
            return entry
    return None


def count(entries: Iterable[Entry], *facts: Fact) -> int:
    """How often any of these facts is in the ledger."""
    return sum(entry.fact in facts for entry in entries)


def standing(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries without those that a later one took back, and without what took them back."""
    kept: list[Entry] = []
    for entry in entries:
        if entry.fact not in UNDOINGS:
            kept.append(entry)
            continue
        undone, with_it = UNDOINGS[entry.fact]
        last = max((i for i, one in enumerate(kept) if one.fact is undone), default=len(kept))
        kept[last:] = [one for one in kept[last + 1 :] if one.fact not in with_it]
    return tuple(kept)


def summary(entries: Sequence[Entry]) -> Summary:
    """Where the appeal is and what came of it, told from its facts alone, in their order."""
    state, holder = State.RECEIVED, None
    for entry in entries:
        if entry.fact in HANDOVERS:
            holder = entry.body
        if entry.fact in REOPENINGS:
            state = State.IN_WORK if holder else State.QUEUED
        state = STATES.get(entry.fact, state)
    sound = standing(entries)
    answered = first(sound, Fact.ANSWERED)
    reworks = count(entries, *REOPENINGS)
    at = answered.at if answered else None
    return Summary(state, holder, _outcome(sound), at, reworks, _undelivered(sound))


def _outcome(entries: Iterable[Entry]) -> Outcome | None:
    outcome = None
    for entry in entries:
        if entry.fact in ENDED_UNANSWERED:
            outcome = ENDED_UNANSWERED[entry.fact]
        elif entry.fact in TELLING and (given := entry.data.get("outcome")):
            outcome = Outcome(str(given))
    return outcome


def _undelivered(entries: Iterable[Entry]) -> bool:
    fates = [entry.fact for entry in entries if entry.fact in FATES]
    return bool(fates) and fates[-1] is Fact.UNDELIVERED


def holdings(entries: Sequence[Entry]) -> tuple[Holding, ...]:
    """Who held the appeal from receipt to answer: stretches that touch, so they sum exactly.

    A reopened appeal is held again from the moment it was reopened.
    """
    stretches: list[Holding] = []
    holder, since = COORDINATOR, None
    for entry in standing(entries):
        if entry.fact is Fact.RECEIVED or (entry.fact in REOPENINGS and since is None):
            holder, since = entry.body or holder, entry.at
        elif since is not None and entry.fact in ENDS:
            stretches.append(Holding(holder, since, entry.at))
            since = None
        elif since is not None and entry.fact in HANDOVERS:
            successor = entry.body or COORDINATOR
            if successor != holder:
                stretches.append(Holding(holder, since, entry.at))
                holder, since = successor, entry.at
    if since is not None:
        stretches.append(Holding(holder, since, None))
    return tuple(stretches)
