"""Every form of a value, to the letter: editions of years stand on these tags."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from types import FunctionType
from typing import Any

import pytest

from core.law.canonical import plain
from core.law.logic import logic
from tests.core.law.samples import Grade, Term, clause

CITED = clause("a/1")
LIMIT = 7

FORMS: dict[str, tuple[object, Any]] = {
    "a text": ("слово", "слово"),
    "a truth": (True, True),
    "a whole number": (3, 3),
    "nothing": (None, None),
    "a code": (Grade.WORST, "worst"),
    "a tuple": ((1, "a"), ["list", 1, "a"]),
    "a list": ([2, 1], ["list", 2, 1]),
    "a set, sorted": (frozenset({"b", "a"}), ["set", "a", "b"]),
    "a map, sorted": ({"b": 1, "a": (2,)}, ["map", ["a", ["list", 2]], ["b", 1]]),
    "a float": (1.5, ["float", "1.5"]),
    "a fraction": (Fraction(1, 3), ["fraction", 1, 3]),
    "a moment": (
        datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
        ["moment", "2026-03-02T09:30:00+00:00"],
    ),
    "a day": (date(2026, 3, 2), ["day", "2026-03-02"]),
    "an hour": (time(9, 30), ["time", "09:30:00"]),
    "a length": (timedelta(days=2, seconds=5, microseconds=7), ["length", 2, 5, 7]),
    "a clause": (CITED, ["clause", "a/1", "слова"]),
    "a rule": (
        Term("key", clause=CITED, days=4),
        [
            "record",
            ["absorbs", ["set"]],
            ["below_floor", False],
            ["clause", ["clause", "a/1", "слова"]],
            ["days", 4],
            ["floor", False],
            ["key", "key"],
            ["municipality", None],
            ["replaces", None],
            ["since", None],
            ["until", None],
        ],
    ),
}


@pytest.mark.parametrize(("value", "form"), FORMS.values(), ids=FORMS)
def test_the_form_of_a_value(value: object, form: Any) -> None:
    assert plain(value) == form


def above(number: int) -> bool:
    """Whether it is more than a value from outside."""
    return number > LIMIT


def test_a_value_from_outside_a_condition_is_told_by_its_form() -> None:
    assert isinstance(above, FunctionType)
    assert "['value', 7]" in str(logic(above, plain))


@dataclass(frozen=True)
class Later:
    """Of two fields one came later: until it says something, the form is what it was."""

    days: int
    peers: int | None = field(default=None, metadata={"unsaid": None, "code": "p"})


def test_a_field_that_came_later_is_in_the_form_when_it_says_something() -> None:
    assert plain(Later(3)) == ["record", ["days", 3]]
    assert plain(Later(3, 0)) == ["record", ["days", 3], ["p", 0]]
