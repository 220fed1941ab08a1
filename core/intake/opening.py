"""How a case begins: the row of the appeal and its first facts, by the rules, ready to write."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from core.appeals.model import Appeal, LedgerEntry
from core.bulk import Row, table_of
from core.intake.dues import Days, dues_of
from core.intake.new import seconds
from core.intake.placing import Placement, Placer
from core.intake.prepared import Prepared
from core.rules.calendar import local_date
from core.rules.handling import Fact, State
from core.rules.ledger import Entry
from core.work import Work

Keys = tuple[int, str, int | None]
"""The id of a case, its number and the id of its applicant."""

UNROUTED = "ни один маршрут не подошёл"
APPEAL, LEDGER = table_of(Appeal), table_of(LedgerEntry)


class Arrival(NamedTuple):
    """A new appeal with its place, its local days and its moments (UTC, to the second)."""

    prepared: Prepared
    placement: Placement
    days: Days
    received_at: datetime
    registered_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None

    @property
    def state(self) -> State:
        """Where the case stands as it comes in: history brings it further than its place."""
        if self.closed_at:
            return State.CLOSED
        if self.answered_at:
            return State.ANSWERED
        return State.ASSIGNED if self.placement.body else State.QUEUED


def arrive(work: Work, placer: Placer, prepared: Prepared) -> Arrival:
    """Judge what comes in by the rules of its day; Refusal of keys that the region does not know.

    What is new is registered now, what has a history when it was received.
    """
    new = prepared.new
    received_at = seconds(new.received_at) or work.now
    answered_at = seconds(new.answered_at or new.closed_at)
    registered_at = seconds(new.registered_at) or (received_at if answered_at else work.now)
    closed_at = seconds(new.closed_at)
    received_on = local_date(received_at, work.zone)
    days = (
        received_on,
        work.today if registered_at == work.now else local_date(registered_at, work.zone),
        local_date(answered_at, work.zone) if answered_at else None,
        local_date(closed_at, work.zone) if closed_at else None,
    )
    place = placer.place(new, received_on)
    return Arrival(prepared, place, days, received_at, registered_at, answered_at, closed_at)


def first_facts(arrival: Arrival) -> tuple[Entry, ...]:
    """What the ledger begins with, as the pure functions take it."""
    new, body = arrival.prepared.new, arrival.placement.body
    chosen = arrival.placement.chosen
    promised = seconds(new.promised_at)
    given = {"promised_at": promised.isoformat()} if promised else {}
    facts = [
        Entry(1, Fact.RECEIVED, arrival.received_at, None, given),
        Entry(2, Fact.REGISTERED, arrival.registered_at),
        Entry(
            3,
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
    return tuple(facts)


def ledger_rows(
    work: Work, arrival: Arrival, facts: tuple[Entry, ...], keys: Keys
) -> Iterator[Row]:
    """The facts as rows of the ledger; the third says which route decided, and by what clause."""
    chosen = arrival.placement.chosen
    for fact in facts:
        routing = fact.seq == 3
        yield {
            "appeal_id": keys[0],
            "seq": fact.seq,
            "fact": fact.fact,
            "at": fact.at,
            "recorded_at": work.now,
            "actor": work.actor.subject,
            "body": fact.body,
            "clause": chosen.clause.ref if routing and chosen else None,
            "reason": (chosen.reason if chosen else UNROUTED) if routing else None,
            "data": fact.data,
        }


def appeal_row(work: Work, arrival: Arrival, facts: tuple[Entry, ...], keys: Keys) -> Row:
    """The row of the case: what a table gains, it gains here."""
    new, place = arrival.prepared.new, arrival.placement
    appeal_id, number, applicant_id = keys
    dues = dues_of(work.rules, work.zone, work.is_working_day)
    due_at, due_rule = dues.governing(place, arrival.days, facts)
    return {
        "id": appeal_id,
        "number": number,
        "channel": place.channel.key,
        "external_id": new.external_id,
        "digest": arrival.prepared.digest,
        "regime": place.regime,
        "text": new.text,
        "terms": arrival.prepared.terms,
        "topic": new.topic,
        "theme": new.theme,
        "block": place.block.key if place.block else None,
        "significant": place.significant,
        "municipality": place.municipality,
        "address": new.address,
        "latitude": new.latitude,
        "longitude": new.longitude,
        "addressee_id": place.addressee.id if place.addressee else None,
        "complained_body_id": place.complained.id if place.complained else None,
        "body_id": place.body.id if place.body else None,
        "held_since": arrival.registered_at,
        "state": arrival.state,
        "outcome": new.outcome if arrival.answered_at else None,
        "received_at": arrival.received_at,
        "registered_at": arrival.registered_at,
        "due_at": due_at,
        "due_rule": due_rule,
        "answered_at": arrival.answered_at,
        "closed_at": arrival.closed_at,
        "applicant_id": applicant_id,
        "applicant_kind": new.applicant_kind,
        "residence": new.residence,
        "in_region_view": place.in_region_view,
        "in_federal_view": place.in_federal_view,
        "prolongations": 0,
        "prolonged_days": 0,
        "transfers": 0,
        "reworks": 0,
        "version": 1,
    }
