"""How a case begins: the row of the appeal, its first facts and its event, ready to write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from core.appeals.intake.arrival import ROUTING, Arrival, first_facts
from core.appeals.intake.deadline import RegionDeadlines, region_deadlines
from core.appeals.intake.placement import Placement
from core.appeals.model import Appeal, LedgerEntry, address_words
from core.appeals.rules.intake import Identification
from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact
from core.appeals.words import require_plain
from core.db.bulk import OwnRow, Row, table_of
from core.db.cache import Memo
from core.kernel.events import Event
from core.kernel.work import Work

Keys = tuple[int, str, int | None]
"""The id of a case, its number and the id of its applicant."""

UNROUTED = "ни один маршрут не подошёл"
APPEAL, LEDGER = table_of(Appeal), table_of(LedgerEntry)
FACT_OF_ITS_OWN = ("appeal_id", "at")
"""What a fact has for itself, beside what many say alike."""


@dataclass(frozen=True)
class Opening:
    """Writes down how cases begin, in one unit of work; what many have alike is made once.

    `disputed` are the ids of the cases that they dispute, by number; `beside` the rows of terms
    beside the answer's, of which `appeal_row` learns when it judges the case.
    """

    work: Work
    disputed: Mapping[str, int] = field(default_factory=dict)
    beside: list[Row] = field(default_factory=list)
    _begun: Memo[tuple[Row, ...]] = field(default_factory=Memo, repr=False)
    _told: Memo[Row] = field(default_factory=Memo, repr=False)

    @cached_property
    def deadlines(self) -> RegionDeadlines:
        """The deadlines by the region's law."""
        return region_deadlines(self.work.rules, self.work.zone, self.work.calendar)

    def appeal_row(self, arrival: Arrival, keys: Keys) -> Row:
        """The row of the case: what a table gains, it gains here."""
        new, place = arrival.prepared.new, arrival.placement
        appeal_id, number, applicant_id = keys
        return {
            "id": appeal_id,
            "number": number,
            "channel": place.channel.key,
            "external_id": new.external_id,
            "digest": arrival.prepared.digest,
            **_judged(arrival),
            "text": new.text,
            "terms": arrival.prepared.terms,
            "topic": new.topic,
            "theme": place.theme,
            "block": place.block.key if place.block else None,
            "significant": place.significant,
            "municipality": place.municipality,
            "address": new.address,
            "address_words": address_words(new.address),
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
            **self._terms(arrival, appeal_id),
            "answered_at": arrival.answered_at,
            "closed_at": arrival.closed_at,
            "applicant_id": applicant_id,
            "applicant_kind": new.applicant_kind,
            "residence": new.home,
            "residence_municipality": place.home,
            "in_region_view": place.in_region_view,
            "in_federal_view": place.in_federal_view,
            "prolongations": 0,
            "prolonged_days": 0,
            "transfers": 0,
            "reworks": 0,
            "undelivered": False,
            "disputes_id": self.disputed.get(new.disputes) if new.disputes else None,
            "signatories": new.signatories,
            "changed_at": self.work.now,
            "version": 1,
        }

    def ledger_rows(self, arrival: Arrival, keys: Keys) -> Iterator[OwnRow]:
        """The first facts as rows of the ledger: what they say, then whose and when they are."""
        for fact, at in zip(self._facts(arrival), arrival.moments, strict=True):
            yield fact, keys[0], at

    def event(self, arrival: Arrival, keys: Keys) -> Event:
        """What the journal says of the case and listeners hear."""
        place, state = arrival.placement, arrival.state
        block = place.block.key if place.block else None

        def after() -> Row:
            return {"state": state, "theme": place.theme, "block": block}

        told = self._told.recall((state, place.theme, block), after)
        return Event("appeal.taken_in", f"appeal:{keys[0]}", after=told)

    def _terms(self, arrival: Arrival, appeal_id: int) -> Row:
        """What the terms come to in the row; those beside the answer's are kept for later."""
        terms = self.deadlines.judged(arrival, lambda: first_facts(arrival))
        self.beside.extend(term.row(appeal_id) for term in terms.beside)
        return terms.lateness._asdict()

    def _facts(self, arrival: Arrival) -> tuple[Row, ...]:
        new, place = arrival.prepared.new, arrival.placement
        ends = (arrival.answered_at is None, arrival.closed_at is None, new.outcome, new.offence)
        begun = (new.promised_at, arrival.presumed, place.judgement)
        chosen = place.chosen
        way = (chosen.route, chosen.clause.ref, chosen.reason) if chosen else None

        def facts() -> tuple[Row, ...]:
            return tuple(self._fact(fact, place) for fact in first_facts(arrival))

        body, category = place.body and place.body.key, arrival.category
        given = category.id if category else None
        return self._begun.recall((body, way, given, *ends, *begun), facts)

    def _fact(self, fact: Entry, place: Placement) -> Row:
        """The first says by what clause the regime was told, and who told it if anybody did.

        The third says which route decided, and by what clause.
        """
        routing, chosen, judged = fact.seq == ROUTING, place.chosen, place.judgement
        clause = chosen.clause if routing and chosen else None
        data = fact.data
        if fact.fact is Fact.RECEIVED:
            clause = judged.clause
            data = {**data, "said_by": self.work.actor.subject} if judged.said else data
        return {
            "seq": fact.seq,
            "fact": fact.fact,
            "recorded_at": self.work.now,
            "actor": self.work.actor.subject,
            "body": fact.body,
            "clause": clause.ref if clause else None,
            "reason": (chosen.reason if chosen else UNROUTED) if routing else None,
            "data": require_plain(data),
        }


def _judged(arrival: Arrival) -> Row:
    """The regime with its ground, how the author is known, why no answer is owed; the category."""
    judged = arrival.placement.judgement
    known = judged.identified_by is not Identification.NONE
    return {
        "regime": judged.regime,
        "regime_clause": judged.clause.ref,
        "identified_by": judged.identified_by,
        "identified_at": arrival.received_at if known else None,
        "unanswered_by": judged.unanswered.ref if judged.unanswered else None,
        "category_id": arrival.category.id if arrival.category else None,
    }
