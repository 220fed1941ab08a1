"""Workload: in whose hands a case was and how long, down to the specialist who accepted it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.appeals.rules.ledger import COORDINATOR, HANDOVERS, Entry, holdings
from core.appeals.rules.lifecycle import Fact

SEPARATOR = "\n"


@dataclass(frozen=True, slots=True)
class Hand:
    """A stretch in one pair of hands; `specialist` is None until somebody accepts."""

    body: str
    specialist: str | None
    since: datetime
    until: datetime | None

    def within(self, start: datetime, end: datetime) -> timedelta:
        """How much of it lies between two moments."""
        return max(min(self.until or end, end) - max(self.since, start), timedelta())

    def begins(self, start: datetime, end: datetime) -> bool:
        """Whether the case came into these hands in that time."""
        return start <= self.since < end

    def lasts(self, moment: datetime) -> bool:
        """Whether the case is in these hands just before the moment."""
        return self.since < moment and (self.until is None or self.until >= moment)


def hands(entries: Sequence[Entry], accepted_by: Mapping[int, str]) -> tuple[Hand, ...]:
    """Whose hands held the case, from receipt to answer: stretches that touch, so they sum exactly.

    `accepted_by` names who accepted, by the number of the entry.
    """
    return tuple(_hand(h.body, h.since, h.until) for h in holdings([*_named(entries, accepted_by)]))


def _named(entries: Iterable[Entry], accepted_by: Mapping[int, str]) -> Iterator[Entry]:
    """To accept a case is to be handed it: then the stretches of holders are those of people."""
    body = COORDINATOR
    for entry in entries:
        if entry.fact in HANDOVERS:
            body = entry.body or COORDINATOR
        elif entry.fact is Fact.RECEIVED:
            body = entry.body or body
        if entry.fact is Fact.ACCEPTED:
            holder = f"{body}{SEPARATOR}{accepted_by[entry.seq]}"
            yield entry._replace(fact=Fact.DELEGATED, body=holder)
        else:
            yield entry


def _hand(holder: str, since: datetime, until: datetime | None) -> Hand:
    body, _, specialist = holder.partition(SEPARATOR)
    return Hand(body, specialist or None, since, until)
