"""Looking a rule up in a compiled rulebook: by key, day and place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

import pytest

from core.law.merge import Layer
from core.law.rulebook import UnknownRule, compile_rulebook
from tests.core.law.samples import Label, Term, act, clause, layers

TURN = date(2026, 3, 1)
BEFORE, LONG_BEFORE = date(2026, 2, 28), date(2020, 1, 1)
CITED = clause("a/1")
EVER = Term("ever", clause=CITED, days=1)
UNTIL = Term("until", clause=CITED, days=2, until=TURN)
SINCE = Term("since", clause=CITED, days=3, since=TURN)
FIRST = Term("twice", clause=CITED, days=4, until=TURN)
SECOND = Term("twice", clause=CITED, days=5, since=TURN)
GENERAL = Term("placed", clause=CITED, days=9)
IN_TOWN = Term("placed", clause=CITED, days=6, municipality="town")
WORD = Label("ever", clause=CITED, text="слово")
ALL = (EVER, UNTIL, SINCE, FIRST, SECOND, GENERAL, IN_TOWN, WORD)
BOOK = compile_rulebook(layers(ALL))


@pytest.mark.parametrize(
    ("key", "on", "place", "days"),
    [
        ("ever", TURN, None, 1),
        ("until", BEFORE, None, 2),
        ("until", TURN, None, None),
        ("since", BEFORE, None, None),
        ("since", TURN, None, 3),
        ("twice", BEFORE, None, 4),
        ("twice", TURN, None, 5),
        ("placed", TURN, None, 9),
        ("placed", TURN, "town", 6),
        ("placed", TURN, "village", 9),
        ("ever", TURN, "town", 1),
        ("nowhere", TURN, None, None),
    ],
)
def test_the_rule_of_a_day_and_place(
    key: str, on: date, place: str | None, days: int | None
) -> None:
    found = BOOK.find(Term, key, on, municipality=place)
    assert (found and found.days) == days
    if found is not None:
        assert BOOK.get(Term, key, on, municipality=place) is found
        return
    with pytest.raises(UnknownRule, match=f"^правило «{key}»: нормы на {on.isoformat()} нет$"):
        BOOK.get(Term, key, on, municipality=place)


@pytest.mark.parametrize(
    ("on", "place", "days"),
    [
        (BEFORE, None, [1, 2, 4, 9]),
        (TURN, None, [1, 3, 5, 9]),
        (TURN, "town", [1, 3, 5, 6]),
        (TURN, "village", [1, 3, 5, 9]),
    ],
)
def test_all_rules_of_a_day_one_a_key(on: date, place: str | None, days: list[int]) -> None:
    assert [rule.days for rule in BOOK.all(Term, on, municipality=place)] == days


def test_only_what_always_stood_alone_lasts() -> None:
    keys = ("ever", "until", "since", "twice", "nowhere")
    assert [BOOK.lasting(Term, key) for key in keys] == [EVER, None, None, None, None]
    assert BOOK.lasting(Label, "ever") == WORD


def test_between_two_turns_the_law_is_one() -> None:
    assert BOOK.turns == (date.min, TURN)
    assert [BOOK.standing_since(on) for on in (LONG_BEFORE, BEFORE, TURN)] == [
        date.min,
        date.min,
        TURN,
    ]


def test_each_kind_has_its_history() -> None:
    assert BOOK.kinds() == (Term, Label)
    assert [rule.days for rule in BOOK.history(Term)] == [1, 2, 3, 4, 5, 9, 6]
    assert BOOK.history(Label) == (WORD,)


@dataclass(frozen=True)
class Unheard(Term):
    """A kind of which no layer has a rule."""

    code: ClassVar[str] = "unheard"


def test_of_a_kind_without_rules_nothing_is_found() -> None:
    assert BOOK.find(Unheard, "ever", TURN) is None
    assert BOOK.find(Unheard, "ever", TURN, municipality="town") is None
    assert BOOK.lasting(Unheard, "ever") is None
    assert BOOK.all(Unheard, TURN) == ()


@pytest.mark.parametrize(
    ("service", "on", "ref"),
    [
        ("early.step", BEFORE, "a/1"),
        ("early.step", TURN, "a/2"),
        ("late.step", BEFORE, None),
        ("late.step", TURN, "a/2"),
        ("no.step", TURN, None),
    ],
)
def test_the_clause_that_orders_a_use_case(service: str, on: date, ref: str | None) -> None:
    plain = act("a")
    first = replace(plain.clauses["1"], served_by=("early.step",), repealed=TURN)
    second = replace(plain.clauses["2"], served_by=("early.step", "late.step"), introduced=TURN)
    served = replace(plain, clauses={**plain.clauses, "1": first, "2": second})
    found = compile_rulebook([Layer("a", (), (served,))]).ordering(service, on)
    assert (found and found.ref) == ref
