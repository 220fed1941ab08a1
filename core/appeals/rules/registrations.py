"""Whose an appeal is by its registrations, each of which belongs to a body (R47).

The centre is no body: what it registers it registers for the body to which it gives the case, and
as long as that one has not accepted, giving it to another is no forwarding. A body that forwards
ends its own consideration; that of the receiver begins with its registration.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.occasions import EVERY, Occasion

FORWARDING = Occasion(
    Fact.TRANSFERRED,
    nth=EVERY,
    undone_by=frozenset({Fact.RETURNED, Fact.QUEUED, Fact.ACCEPTED, Fact.TRANSFERRED}),
    settled_by=frozenset({Fact.REGISTERED}),
)
"""A case given to another body, which has registered it or has still to do so.

Who took one without registering it (so it was before) went on with the registration there was.
"""

NEXT_FORWARDING = replace(FORWARDING, nth=1)
EACH_REGISTRATION = Occasion(Fact.REGISTERED, nth=EVERY)


@dataclass(frozen=True, slots=True)
class Registration:
    """The entry `seq` by which `body` (a key, None while in the queue) registered the appeal.

    `number` is the body's own, None where the case's number serves. `presumed` says that the day
    is that of receipt, as no other is known (R54).
    """

    seq: int
    at: datetime
    body: str | None
    number: str | None
    presumed: bool
    accepted: bool = False


def registrations(entries: Sequence[Entry]) -> tuple[Registration, ...]:
    """Every registration of the appeal, oldest first, with the body whose it is."""
    found: list[Registration] = []
    for entry in entries:
        if entry.fact is Fact.REGISTERED:
            found.append(_registration(entry))
        elif found and not found[-1].accepted:
            found[-1] = _given(found[-1], entry)
    return tuple(found)


def awaits_registration(entries: Sequence[Entry]) -> bool:
    """Whether the case was forwarded to a body that has still to register it (8 ч. 2)."""
    forwarded = FORWARDING.among(entries)
    registered = [entry.seq for entry in entries if entry.fact is Fact.REGISTERED]
    return bool(forwarded) and forwarded[-1].seq > max(registered, default=0)


def _registration(entry: Entry) -> Registration:
    number = entry.data.get("number")
    return Registration(
        entry.seq,
        entry.at,
        entry.body,
        str(number) if number else None,
        presumed=bool(entry.data.get("presumed")),
    )


def _given(last: Registration, entry: Entry) -> Registration:
    """The centre's choice of a body stands from its acceptance on."""
    if entry.fact is Fact.ROUTED:
        return replace(last, body=entry.body)
    return replace(last, accepted=True) if entry.fact is Fact.ACCEPTED else last
