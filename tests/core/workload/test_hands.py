"""Time in hands: it sums exactly to the time at work, whatever happened to the case."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.appeals.rules.ledger import HANDOVERS, Entry, holdings
from core.appeals.rules.lifecycle import Fact
from core.workload.rules import Hand, hands

START = datetime(2026, 1, 1, tzinfo=UTC)
PEOPLE = ("anna", "boris")
BODIES = (None, "roads", "health")
MIDDLE = st.tuples(
    st.sampled_from([*sorted(HANDOVERS), Fact.ACCEPTED, Fact.PROLONGED, Fact.REGISTERED]),
    st.integers(0, 10**6),
    st.sampled_from(BODIES),
    st.sampled_from(PEOPLE),
)


def at(seconds: int) -> datetime:
    return START + timedelta(seconds=seconds)


def ledger(
    steps: list[tuple[Fact, int, str | None, str]], *, answered: bool
) -> tuple[list[Entry], dict[int, str]]:
    """Received, then the steps one after another, then answered."""
    entries, accepted, moment = [Entry(1, Fact.RECEIVED, START, "roads")], {}, 0
    for fact, wait, body, person in steps:
        moment += wait
        seq = len(entries) + 1
        entries.append(Entry(seq, fact, at(moment), body if fact in HANDOVERS else None))
        if fact is Fact.ACCEPTED:
            accepted[seq] = person
    if answered:
        entries.append(Entry(len(entries) + 1, Fact.ANSWERED, at(moment + 5)))
    return entries, accepted


@pytest.mark.clause("mari-el.335/pol.9.9")
@given(st.lists(MIDDLE, max_size=12), st.booleans())
def test_time_held_sums_to_the_time_that_passed(
    steps: list[tuple[Fact, int, str | None, str]], answered: bool
) -> None:
    entries, accepted = ledger(steps, answered=answered)
    found, end = hands(entries, accepted), at(10**8)
    over = entries[-1].at if answered else end
    assert sum((hand.within(START, end) for hand in found), timedelta()) == over - START
    middle = START + (over - START) / 3
    split = [
        sum((hand.within(*part) for hand in found), timedelta())
        for part in ((START, middle), (middle, over))
    ]
    assert split == [middle - START, over - middle]


@given(st.lists(MIDDLE, max_size=12), st.booleans())
def test_specialists_only_divide_what_bodies_hold(
    steps: list[tuple[Fact, int, str | None, str]], answered: bool
) -> None:
    entries, accepted = ledger(steps, answered=answered)
    end = at(10**8)

    def by_body(stretches: list[tuple[str, timedelta]]) -> dict[str, timedelta]:
        sums: dict[str, timedelta] = {}
        for body, length in stretches:
            sums[body] = sums.get(body, timedelta()) + length
        return {body: total for body, total in sums.items() if total}

    of_hands = [(hand.body, hand.within(START, end)) for hand in hands(entries, accepted)]
    of_bodies = [(held.body, held.length(end)) for held in holdings(entries)]
    assert by_body(of_hands) == by_body(of_bodies)


def test_a_case_is_nobody_s_until_accepted_and_again_after_a_transfer() -> None:
    steps = [
        (Fact.ACCEPTED, 10, None, "anna"),
        (Fact.TRANSFERRED, 20, "health", ""),
        (Fact.ACCEPTED, 0, None, "boris"),
    ]
    found = hands(*ledger(steps, answered=True))
    assert found == (
        Hand("roads", None, at(0), at(10)),
        Hand("roads", "anna", at(10), at(30)),
        Hand("health", None, at(30), at(30)),
        Hand("health", "boris", at(30), at(35)),
    )
    assert [hand.lasts(at(30)) for hand in found] == [False, True, False, False]
    assert [hand.begins(at(30), at(31)) for hand in found] == [False, False, True, True]
