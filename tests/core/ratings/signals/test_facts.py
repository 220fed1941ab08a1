"""What counts as a hit, to the moment: hours, the last two days of thirty, the same words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.appeals.rules.lifecycle import Fact
from core.ratings.signals.facts import EARLIER, FIRST, Done, Sent, Step, repeated, walked
from core.ratings.signals.kinds import Signal

START = datetime(2026, 1, 12, 9, tzinfo=UTC)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


def way(*steps: tuple[Fact, timedelta, str | None]) -> set[tuple[Signal, str, bool]]:
    rows = [Step(1, fact, START + after, body) for fact, after, body in steps]
    return {(one.signal, one.body, one.hit) for one in walked(rows, lambda at: True)}


@pytest.mark.parametrize(
    ("took", "instant", "last"),
    [
        (timedelta(hours=1) - SECOND, True, False),
        (timedelta(hours=1), False, False),
        (28 * DAY - SECOND, False, False),
        (28 * DAY, False, True),
        (30 * DAY - SECOND, False, True),
        (30 * DAY, False, None),
    ],
)
def test_an_answer_by_its_own_receipt(took: timedelta, instant: bool, last: bool | None) -> None:
    found = way((Fact.ROUTED, 0 * DAY, "old"), (Fact.TRANSFERRED, 5 * DAY, "new"),
                (Fact.ANSWERED, 5 * DAY + took, None))  # fmt: skip
    late = set() if last is None else {(Signal.LAST_DAYS, "new", last)}
    handed = {(Signal.HANDED_ON, "old", False), (Signal.HANDED_ON, "new", False)}
    assert found == {(Signal.INSTANT, "new", instant), *late, *handed}


@pytest.mark.parametrize(("days", "hit"), [(27, False), (28, True), (45, True)])
def test_who_hands_on_before_the_term_ends(days: int, hit: bool) -> None:
    steps = ((Fact.ROUTED, 0 * DAY, "old"), (Fact.QUEUED, days * DAY, None))
    assert way(*steps) == {(Signal.HANDED_ON, "old", hit)}


def test_who_gets_a_case_again_has_had_it_since_it_first_came() -> None:
    steps = (
        (Fact.ROUTED, 0 * DAY, "old"),
        (Fact.TRANSFERRED, 2 * DAY, "new"),
        (Fact.RETURNED, 29 * DAY, "old"),
        (Fact.ANSWERED, 29 * DAY + SECOND, None),
    )
    assert (Signal.INSTANT, "old", False) in way(*steps)
    assert (Signal.LAST_DAYS, "old", True) in way(*steps)


def test_only_what_is_done_in_the_period_counts() -> None:
    rows = [
        Step(1, Fact.ROUTED, START, "old"),
        Step(1, Fact.TRANSFERRED, START + 29 * DAY, "new"),
        Step(1, Fact.ANSWERED, START + 40 * DAY, None),
    ]
    found = [*walked(rows, lambda at: at > START + 30 * DAY)]
    assert found == [
        Done(Signal.INSTANT, "new", 1, False),
        Done(Signal.HANDED_ON, "new", 1, False),
        Done(Signal.LAST_DAYS, "new", 1, False),
    ]


def told(*sent: tuple[str, str, str]) -> list[bool]:
    rows = [
        Sent(number, body, group, frozenset(marks))
        for number, (body, group, marks) in enumerate(sent)
    ]
    return [one.hit for one in repeated(Signal.REPEATED, rows)]


def test_an_answer_is_compared_with_what_the_body_sent_lately() -> None:
    first = [("one", f"appeal:{number}", f"{number}") for number in range(FIRST)]
    assert told(*first) == []
    assert told(*first, ("one", "appeal:9", "4x")) == [True]
    assert told(*first, ("one", "appeal:4", "4")) == [False]  # about one problem
    assert told(*first, ("other", "appeal:9", "4"), ("one", "appeal:9", "")) == []
    rest = [("one", f"more:{number}", chr(ord("a") + number)) for number in range(EARLIER)]
    assert told(*first, *rest[1:], ("one", "appeal:9", "4"))[-1]
    assert not told(*first, *rest, ("one", "appeal:9", "4"))[-1]


def test_who_answers_much_repeats_no_more() -> None:
    """Of texts taken in turn everybody repeats the same share, however many answers he sends."""
    for many in (12, 120):
        turns = [("one", f"appeal:{number}", "abcdefgh"[number % 8]) for number in range(many)]
        assert told(*turns) == [number >= 8 for number in range(FIRST, many)]
