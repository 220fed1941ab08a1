"""What the terms of an appeal come to, as its row keeps it: pure, for each way a term may end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.appeals.rules.deadlines import DueDate
from core.appeals.rules.lateness import Lateness, lateness
from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact, State
from core.appeals.rules.terms import Deadline
from tests.core.law.samples import clause

CITED = clause("a/1")


def at(day: int) -> datetime:
    return datetime(2026, 3, day, 20, 59, 59, tzinfo=UTC)


STATUTE = Deadline("st", "С", Fact.REGISTERED, Fact.ANSWERED, 30, prolongable=True, clause=CITED)
MECHANISM = Deadline(
    "mech", "М", Fact.RECEIVED, Fact.ANSWERED, 30, yields_to_prolongation=True, clause=CITED
)
OTHER = Deadline("other", "П", Fact.RECEIVED, Fact.ANSWERED, 30, clause=CITED)
JUDGING = Deadline("judging", "Спор", Fact.DISPUTED, Fact.UPHELD, 10, clause=CITED)
BOTH = (
    DueDate(at(1), at(10), None, rule=MECHANISM, governs=True, steps=()),
    DueDate(at(2), at(12), None, rule=STATUTE, governs=False, steps=()),
)
FACTS = (Entry(1, Fact.RECEIVED, at(1)),)
WITHDRAWN = (*FACTS, Entry(2, Fact.WITHDRAWN, at(3)))


def stopped(day: int) -> tuple[DueDate, ...]:
    return tuple(replace(one, stopped_at=at(day)) for one in BOTH)


CASES = {
    "while they run, late from the last moment of each": (
        BOTH,
        FACTS,
        State.IN_WORK,
        Lateness(at(10), "mech", at(10), at(12), at(12), False, at(10), at(10), False),
    ),
    "nothing was done, and nothing runs": (
        BOTH,
        FACTS,
        State.CLOSED,
        Lateness(at(10), "mech", None, at(12), None, False, at(10), None, False),
    ),
    "both met, the last moment too": (
        stopped(10),
        FACTS,
        State.ANSWERED,
        Lateness(at(10), "mech", None, at(12), None, False, at(10), None, False),
    ),
    "answered late by the mechanism alone": (
        stopped(11),
        FACTS,
        State.ANSWERED,
        Lateness(at(10), "mech", at(10), at(12), None, False, at(10), at(10), True),
    ),
    "answered late by both": (
        stopped(13),
        FACTS,
        State.ANSWERED,
        Lateness(at(10), "mech", at(10), at(12), at(12), True, at(10), at(10), True),
    ),
    "withdrawn, and late by none": (
        stopped(13),
        WITHDRAWN,
        State.CLOSED,
        Lateness(at(10), "mech", None, at(12), None, False, at(10), None, False),
    ),
    "relieved, and late by none": (
        tuple(replace(one, relieved=True, governs=False) for one in stopped(13)),
        FACTS,
        State.ASSIGNED,
        Lateness(None, None, None, at(12), None, False, at(10), None, False),
    ),
    "the first answer's breach stays beside what runs": (
        (*stopped(11), replace(BOTH[0], started_at=at(14), due_at=at(20), governs=False)),
        FACTS,
        State.IN_WORK,
        Lateness(at(10), "mech", at(10), at(12), None, False, at(20), at(10), True),
    ),
    "of a presumed beginning nothing is established up to the doubt's end": (
        tuple(replace(one, doubt_until=at(15)) for one in stopped(13)),
        FACTS,
        State.ANSWERED,
        Lateness(
            at(10), "mech", None, at(12), None, False, at(10), None, False, not_established=True
        ),
    ),
    "and past it the breach is of that end": (
        tuple(replace(one, doubt_until=at(15)) for one in stopped(16)),
        FACTS,
        State.ANSWERED,
        Lateness(at(10), "mech", at(15), at(12), at(15), True, at(10), at(15), True),
    ),
    "a term that is nobody's track is late by itself": (
        (replace(BOTH[0], rule=OTHER, stopped_at=at(11)),),
        FACTS,
        State.ANSWERED,
        Lateness(at(10), "other", at(10)),
    ),
    "a verdict on the answer is none of its terms": (
        (replace(BOTH[0], rule=JUDGING, stopped_at=at(11)),),
        FACTS,
        State.CLOSED,
        Lateness(at(10), "judging", at(10)),
    ),
    "what has not begun": (
        (replace(BOTH[0], started_at=None, due_at=None),),
        FACTS,
        State.QUEUED,
        Lateness(None, "mech"),
    ),
    "no terms at all": ((), FACTS, State.RECEIVED, Lateness()),
}


@pytest.mark.parametrize(("dues", "entries", "state", "row"), CASES.values(), ids=CASES)
def test_what_the_row_keeps(
    dues: tuple[DueDate, ...], entries: tuple[Entry, ...], state: State, row: Lateness
) -> None:
    assert lateness(dues, entries, state) == row


def test_a_term_says_nothing_more_of_itself_than_is_told() -> None:
    (one, _) = BOTH
    assert (one.ordinal, one.relieved, one.body, one.day_off) == (1, False, None, False)
