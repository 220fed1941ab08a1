"""Who held an appeal how long: the stretches sum to the elapsed time exactly."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.appeals.rules.ledger import (
    COORDINATOR,
    Entry,
    Summary,
    count,
    first,
    holdings,
    standing,
    summary,
)
from core.appeals.rules.lifecycle import Fact, Outcome, State

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
HANDOVERS = [Fact.ROUTED, Fact.QUEUED, Fact.TRANSFERRED, Fact.RETURNED, Fact.DELEGATED]
ASIDE = [Fact.REGISTERED, Fact.ACCEPTED, Fact.PROLONGED, Fact.JOINED, Fact.SPLIT]


def hours(number: float) -> datetime:
    return START + timedelta(hours=number)


def entry(seq: int, fact: Fact, at: float, body: str | None = None) -> Entry:
    return Entry(seq, fact, hours(at), body)


LIFE = (
    entry(1, Fact.RECEIVED, 0),
    entry(2, Fact.REGISTERED, 1),
    entry(3, Fact.ROUTED, 2, "roads"),
    entry(4, Fact.ACCEPTED, 3, "roads"),
    entry(5, Fact.TRANSFERRED, 5, "housing"),
    entry(6, Fact.RETURNED, 6, "roads"),
    entry(7, Fact.ANSWERED, 10, "roads"),
    entry(8, Fact.CLOSED, 11),
    entry(9, Fact.DISPUTED, 20),
    entry(10, Fact.REOPENED, 21, "roads"),
)


def test_a_life_told_by_its_holders() -> None:
    held = [(h.body, h.since, h.until) for h in holdings(LIFE)]
    assert held == [
        (COORDINATOR, hours(0), hours(2)),
        ("roads", hours(2), hours(5)),
        ("housing", hours(5), hours(6)),
        ("roads", hours(6), hours(10)),
        ("roads", hours(21), None),
    ]


def test_counting_and_finding() -> None:
    assert count(LIFE, Fact.TRANSFERRED, Fact.RETURNED) == 2
    assert first(LIFE, Fact.ACCEPTED) == LIFE[3]
    assert first(LIFE, Fact.PROLONGED) is None
    assert holdings(()) == ()


@pytest.mark.parametrize(
    ("facts", "left"),
    [
        ([Fact.ANSWERED, Fact.ANSWERED, Fact.UNSENT], [1]),
        ([Fact.ANSWERED, Fact.CLOSED, Fact.PLANNED, Fact.UNSENT, Fact.UNSENT], [2]),
        ([Fact.ANSWERED, Fact.PLANNED, Fact.ANSWERED, Fact.PLANNED, Fact.UNSENT], [1, 2]),
        ([Fact.UNSENT, Fact.ANSWERED], [2]),
    ],
)
def test_an_answer_sent_astray_takes_back_the_last_one_and_its_plan(
    facts: list[Fact], left: list[int]
) -> None:
    told = [entry(seq, fact, seq) for seq, fact in enumerate(facts, start=1)]
    assert [one.seq for one in standing(told)] == left


@st.composite
def ledgers(draw: st.DrawFn) -> list[Entry]:
    """An open life: received, then anything, each after a while or at once."""
    moment, entries = START, [Entry(1, Fact.RECEIVED, START)]
    for seq in range(2, draw(st.integers(2, 25))):
        moment += timedelta(seconds=draw(st.integers(0, 10**6)))
        fact = draw(st.sampled_from(HANDOVERS + ASIDE))
        body = draw(st.sampled_from(["a", "b", "c"]))
        entries.append(Entry(seq, fact, moment, None if fact is Fact.QUEUED else body))
    return entries


@given(ledgers(), st.integers(0, 10**6), st.booleans())
def test_holders_time_sums_to_the_elapsed_time(
    entries: list[Entry], seconds: int, answered: bool
) -> None:
    end = entries[-1].at + timedelta(seconds=seconds)
    if answered:
        entries = [*entries, Entry(len(entries) + 1, Fact.ANSWERED, end, "a")]
    held = holdings(entries)
    total = sum((holding.length(end) for holding in held), timedelta())
    assert total == end - START
    assert all(one.until == other.since for one, other in itertools.pairwise(held))
    assert all(one.body != other.body for one, other in itertools.pairwise(held))
    assert held[-1].until == (end if answered else None)


SOLVED = Outcome.SOLVED
OUTCOME = {"outcome": "solved"}
ANSWERED = LIFE[6]._replace(data=OUTCOME)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (LIFE[:2], Summary(State.RECEIVED, None, None, None, 0)),
        (LIFE[:3], Summary(State.ASSIGNED, "roads", None, None, 0)),
        (LIFE[:4], Summary(State.IN_WORK, "roads", None, None, 0)),
        (LIFE[:5], Summary(State.ASSIGNED, "housing", None, None, 0)),
        ((*LIFE[:6], ANSWERED), Summary(State.ANSWERED, "roads", SOLVED, hours(10), 0)),
        (LIFE[:8], Summary(State.CLOSED, "roads", None, hours(10), 0)),
        (LIFE[:9], Summary(State.DISPUTED, "roads", None, hours(10), 0)),
        (LIFE, Summary(State.IN_WORK, "roads", None, hours(10), 1)),
        (
            (*LIFE[:2], entry(3, Fact.QUEUED, 2), entry(4, Fact.WITHDRAWN, 3)),
            Summary(State.CLOSED, None, Outcome.WITHDRAWN, None, 0),
        ),
        (
            (*LIFE[:2], entry(3, Fact.QUEUED, 2), entry(4, Fact.REOPENED, 3)),
            Summary(State.QUEUED, None, None, None, 1),
        ),
    ],
)
def test_what_facts_tell_of_a_case(facts: tuple[Entry, ...], told: Summary) -> None:
    assert summary(facts) == told
