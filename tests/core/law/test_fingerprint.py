"""The edition: no two laws share one, and what is no law is not in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, StrEnum
from fractions import Fraction
from importlib import import_module
from pkgutil import iter_modules
from typing import ClassVar

import pytest

from core import law
from core.law.canonical import codes_of, plain, written
from core.law.predicate import Predicate
from core.law.rule import Rule
from core.law.rulebook import compile_rulebook
from tests.core.law.conditions import plain as condition
from tests.core.law.samples import Label, Term, clause, layers


@dataclass(frozen=True)
class Anything(Rule):
    """A rule with one value of any type."""

    code: ClassVar[str] = "anything"

    value: object = None


@dataclass(frozen=True)
class Renamed(Rule):
    """The same kind after a class and a field got other names."""

    code: ClassVar[str] = "anything"

    content: object = field(default=None, metadata={"code": "value"})


@dataclass(frozen=True)
class Codeless(Rule):
    """A kind whose author forgot its code."""


class Colour(StrEnum):
    RED = "red"


class Repainted(Enum):
    CRIMSON = "red"


@dataclass(frozen=True)
class Pair:
    left: object
    right: object = None


def edition(*rules: Rule) -> str:
    return compile_rulebook(layers(rules)).edition


def of(value: object) -> str:
    return edition(Anything("x", value, clause=clause("a/1")))


VALUES: tuple[object, ...] = (
    None, "", "None", True, False, "True", 0, 1, -1, "1", 1.0, 0.1, Fraction(1), Fraction(1, 3),
    "a,b", ("a", "b"), ("a,b",), ("b", "a"), (), ((),), (None,), frozenset({"a", "b"}),
    frozenset({"a,b"}), frozenset(), {"a": "b"}, {}, ("list", "a"), ("set", "a"), "red", "day",
    date(2025, 1, 1), "2025-01-01", ("day", "2025-01-01"), datetime(2025, 1, 1, tzinfo=UTC),
    time(9), time(9, 30), timedelta(days=1), timedelta(hours=1), Pair(1, 2), Pair(2, 1), Pair(1),
    clause("a/1"), clause("a/2"), replace(clause("a/1"), quote="иные слова"),
    Predicate("c", 1, condition), Predicate("c", 2, condition), Predicate("d", 1, condition),
)  # fmt: skip


def test_no_two_values_share_an_edition() -> None:
    told = {of(value) for value in VALUES}
    assert len(told) == len(VALUES)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (frozenset({"a", "b", "c"}), frozenset({"c", "b", "a"})),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        (Colour.RED, Repainted.CRIMSON),
        (Colour.RED, "red"),
        (clause("a/1"), replace(clause("a/1"), says="other", served_by=("a.b",), area="x")),
    ],
    ids=["set", "mapping", "enum renamed", "enum for text", "clause with other use cases"],
)
def test_what_is_the_same_law_has_the_same_edition(one: object, other: object) -> None:
    assert of(one) == of(other)


def test_a_kind_and_a_field_keep_their_codes_under_other_names() -> None:
    assert codes_of(Renamed) != codes_of(Anything)
    assert edition(Renamed("x", 5, clause=clause("a/1"))) == of(5)


def test_the_edition_of_this_law_is_this_one_on_every_machine() -> None:
    """Not to be changed but with a word in the release notes: every edition would be another."""
    rules = (
        Term("answer", days=30, clause=clause("a/1"), until=date(2020, 1, 1)),
        Term("answer", days=20, clause=clause("a/2"), since=date(2020, 1, 1), floor=True),
        Label("name", "слово", clause=clause("a/3"), municipality="city"),
    )
    assert edition(*rules) == edition(*reversed(rules)) == "41f416fb73dcdf9f"


def test_the_order_of_keys_that_would_mix_is_kept_apart() -> None:
    """Key and municipality are two things: neither runs into the other."""
    one = (Term("a", clause=clause("a/1"), municipality="b"), Term("b", clause=clause("a/1")))
    other = (Term("b", clause=clause("a/1"), municipality="a"), Term("a", clause=clause("a/1")))
    assert edition(*one) != edition(*other)


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        ((Codeless("x", clause=clause("a/1")),), "Codeless нет кода"),
        (
            (Anything("x", clause=clause("a/1")), Renamed("y", clause=clause("a/1"))),
            "'anything' у двух видов правил: Anything и Renamed",
        ),
        (
            (Anything("x", condition, clause=clause("a/1")),),
            r"anything 'x' \(a/1\): function не входит в редакцию",
        ),
    ],
    ids=["no code", "one code twice", "bare function"],
)
def test_a_rule_that_has_no_canonical_form_stops_the_start(
    rules: tuple[Rule, ...], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        edition(*rules)


def test_two_fields_of_one_code_are_refused() -> None:
    @dataclass(frozen=True)
    class Twice:
        one: int = 1
        other: int = field(default=2, metadata={"code": "one"})

    with pytest.raises(ValueError, match="Twice: код поля повторяется"):
        plain(Twice())


def test_a_form_is_compact_json() -> None:
    assert written(plain(("я", None, frozenset({2, 1})))) == '["list","я",null,["set",1,2]]'


def test_the_engine_of_law_knows_no_kind_of_rule() -> None:
    for module in iter_modules(law.__path__, "core.law."):
        import_module(module.name)
    assert [one for one in Rule.__subclasses__() if one.__module__.startswith("core.law")] == []
