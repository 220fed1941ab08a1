"""A new appeal judged by the rules of its day: its place, its moments and its first facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from core.appeals.classifier.choice import Categories
from core.appeals.classifier.model import Category
from core.appeals.intake.deadline import Days
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.placement import Placement, Placer
from core.appeals.intake.prepared import Prepared
from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact, State
from core.appeals.rules.offences import noted
from core.kernel.rules.calendar import local_date
from core.kernel.texts import seconds
from core.kernel.work import Work

ROUTING = 3
"""Which fact of a ledger says where the case went first."""


class Arrival(NamedTuple):
    """A new appeal with its place, its local days and its moments (UTC, to the second).

    `presumed` says that nobody knows when it was registered: that was as it was received (R54);
    `highest` are the bodies of the highest official.
    """

    prepared: Prepared
    placement: Placement
    days: Days
    received_at: datetime
    registered_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    presumed: bool
    category: Category | None = None
    highest: Sequence[str] = ()

    @property
    def state(self) -> State:
        """Where the case stands as it comes in: history brings it further than its place."""
        if self.closed_at:
            return State.CLOSED
        if self.answered_at:
            return State.ANSWERED
        return State.ASSIGNED if self.placement.body else State.QUEUED

    @property
    def moments(self) -> Iterator[datetime]:
        """When the first facts were, in their order."""
        when = (self.received_at, self.registered_at, self.registered_at)
        told = self.registered_at if self.prepared.new.offence else None
        return filter(None, (*when, self.answered_at, self.closed_at, told))


def arrive(work: Work, placer: Placer, prepared: Prepared, categories: Categories) -> Arrival:
    """Judge what comes in by the rules of its day; Refusal of keys that the region does not know.

    What is new is registered now; what has a history without a registration, when it was received.
    """
    new = prepared.new
    received_at = seconds(new.received_at) or work.now
    answered_at = seconds(new.answered_at or new.closed_at)
    presumed = new.registered_at is None and bool(answered_at or (new.history and new.received_at))
    registered_at = seconds(new.registered_at) or (received_at if presumed else work.now)
    closed_at = seconds(new.closed_at)
    received_on = local_date(received_at, work.zone)
    days = (
        received_on,
        work.today if registered_at == work.now else local_date(registered_at, work.zone),
        local_date(answered_at, work.zone) if answered_at else None,
        local_date(closed_at, work.zone) if closed_at else None,
    )
    place, category = _placed(placer, new, received_on, categories)
    moments = (received_at, registered_at, answered_at, closed_at)
    return Arrival(prepared, place, days, *moments, presumed, category, placer.highest)


def _placed(
    placer: Placer, new: NewAppeal, on: date, categories: Categories
) -> tuple[Placement, Category | None]:
    """Where it goes; what says no theme has that of its category."""
    place = placer.place(new, on)
    category = categories.chosen(new.category, on, new.theme, place.municipality)
    if category is None or category.theme in (None, new.theme):
        return place, category
    return placer.place(new._replace(theme=category.theme), on), category


def first_facts(arrival: Arrival) -> tuple[Entry, ...]:
    """What the ledger begins with, as the pure functions take it."""
    new, body = arrival.prepared.new, arrival.placement.body
    chosen = arrival.placement.chosen
    presumed = {"presumed": True} if arrival.presumed else {}
    facts = [
        Entry(1, Fact.RECEIVED, arrival.received_at, None, _of_receipt(arrival)),
        Entry(2, Fact.REGISTERED, arrival.registered_at, body.key if body else None, presumed),
        Entry(
            ROUTING,
            Fact.ROUTED if body else Fact.QUEUED,
            arrival.registered_at,
            body.key if body else None,
            {"route": chosen.route} if chosen else {},
        ),
    ]
    if arrival.answered_at:
        outcome = {"outcome": new.outcome} if new.outcome else {}
        facts.append(Entry(4, Fact.ANSWERED, arrival.answered_at, None, outcome))
    if arrival.closed_at:
        facts.append(Entry(5, Fact.CLOSED, arrival.closed_at))
    if new.offence:
        told = noted(arrival.highest)
        facts.append(Entry(len(facts) + 1, Fact.OFFENCE_TOLD, arrival.registered_at, None, told))
    return tuple(facts)


def _of_receipt(arrival: Arrival) -> dict[str, object]:
    """What the receipt carries: the regime with its ground, how the author is known, a promise."""
    promised, judged = seconds(arrival.prepared.new.promised_at), arrival.placement.judgement
    data: dict[str, object] = {
        "regime": judged.regime,
        "regime_clause": judged.clause.ref,
        "identified_by": judged.identified_by,
    }
    if arrival.category is not None:
        data |= arrival.category.said
    if judged.unanswered is not None:
        data["unanswered"] = judged.unanswered.ref
    if promised:
        data["promised_at"] = promised.isoformat()
    return data
