"""With what a term ends, and whether that undoes its breach: out of the ledger, by its rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.occasions import (
    CONCLUSION,
    EVERY,
    MIGRATION_SENT,
    Occasion,
    occasion,
)
from core.appeals.rules.terms import Deadline

_PUT_OFF = Occasion(Fact.PLANNED, nth=EVERY)
_SENT = Occasion(Fact.COPIED, carrying=MIGRATION_SENT)


def span_of(rule: Deadline, start: Entry, entries: Sequence[Entry]) -> Sequence[Entry]:
    """What may end the term: what an Occasion begins is ended by what comes after it."""
    if isinstance(rule.starts, Occasion):
        return [entry for entry in entries if entry.seq > start.seq]
    return entries


def ended_at(rule: Deadline, span: Sequence[Entry]) -> tuple[datetime | None, bool]:
    """When the term ended, and whether by a fact that relieves.

    It ends with its fact, with one that relieves it, or because the applicant took the appeal
    back or was given it back.
    """
    happened = {entry.fact for entry in span}
    ends = [
        (entry.at, relieves)
        for mark, relieves in rule.endings
        if mark.fact in happened
        for entry in mark.meant(span)
    ]
    return min(ends, default=(None, False))


def broken_before(
    rule: Deadline, span: Sequence[Entry], ended: datetime | None, due_at: datetime | None
) -> bool:
    """Whether only after the term the case was given back, put off or left without an answer.

    Or what an appeal tells of an offence was sent on as facts of violations of migration law.

    That breach stays.
    """
    if ended is None or due_at is None or ended <= due_at:
        return False
    said = (*CONCLUSION.meant(span), *_PUT_OFF.meant(span), *_SENT.meant(span))
    return bool(occasion(rule.starts).undone_by) or any(entry.at == ended for entry in said)


def presumed_end(rule: Deadline, span: Sequence[Entry], ended: datetime | None) -> bool:
    """Whether it ended on a day that nobody knows (R54)."""
    ends = occasion(rule.stops).meant(span) if ended else ()
    return any(entry.at == ended and bool(entry.data.get("presumed")) for entry in ends)


def prolonged_days(start: Entry, span: Sequence[Entry]) -> int:
    """By how many days this consideration was put off: a next registration begins another."""
    total, registered = 0, start.fact is Fact.REGISTERED
    for entry in span:
        if entry.fact is Fact.REGISTERED and (registered or total):
            break
        given = entry.data.get("days") if entry.fact is Fact.PROLONGED else None
        total += given if isinstance(given, int) else 0
    return total
