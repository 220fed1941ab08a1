"""What a rule names stands on every day of the rule, in its place; gaps are told by the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar

import pytest

from core.kernel.settings import DEMO_REGIONS, Settings
from core.law.loose import loose_ends
from core.law.reference import To, named, references
from core.law.rule import Rule
from core.law.rulebook import compile_rulebook
from core.region.opening import rulebook_of
from tests.core.law.samples import clause, layers

TURN, LATER = date(2022, 2, 26), date(2023, 1, 1)


@dataclass(frozen=True)
class Thing(Rule):
    code: ClassVar[str] = "thing"
    heading: ClassVar[str] = "Вещи"
    noun: ClassVar[str] = "вещь"


@dataclass(frozen=True)
class Placed(Rule):
    code: ClassVar[str] = "placed"
    noun: ClassVar[str] = "место"
    located: ClassVar[bool] = True


@dataclass(frozen=True)
class Naming(Rule):
    code: ClassVar[str] = "naming"
    one: Annotated[str | None, To(Thing, "Placed", also={"*"})] = None
    many: Annotated[frozenset[str], To(Thing)] = frozenset()
    row: Annotated[tuple[str, ...], To("Unheard")] = ()


def thing(key: str = "a", **dates: object) -> Thing:
    return Thing(key, clause=clause("a/1"), **dates)  # type: ignore[arg-type]


def naming(**fields: object) -> Naming:
    return Naming("n", clause=clause("a/2"), **fields)  # type: ignore[arg-type]


def found(*rules: Rule, given: dict[str, frozenset[str]] | None = None) -> list[str]:
    book = compile_rulebook(layers(tuple(rules)))
    return [end.text.partition("): ")[2] for end in loose_ends(book, given or {})]


@pytest.mark.parametrize(
    ("rules", "lines"),
    [
        ((thing(), naming(one="a")), []),
        ((thing(), naming(one="*")), []),
        ((thing(), naming(one=None)), []),
        ((thing("alpha"), naming(one="alpa")), ["вещь «alpa» не установлена; похожая: «alpha»"]),
        ((thing("alpha"), naming(one="щ")), ["вещь «щ» не установлена"]),
        ((Placed("a", clause=clause("a/1")), naming(one="a")), []),
        ((thing(), naming(many=frozenset({"a", "щ", "ю"}))), [
            "вещь «щ» не установлена", "вещь «ю» не установлена",
        ]),
        ((naming(row=("a",)),), ["правило Unheard «a» не установлено"]),
        ((thing(since=TURN), naming(one="a")), ["вещь «a» не установлена до 26.02.2022"]),
        ((thing(until=TURN), naming(one="a")), ["вещь «a» не установлена с 26.02.2022"]),
        ((thing(since=TURN), naming(one="a", since=TURN)), []),
        ((thing(until=TURN), thing(since=TURN), naming(one="a")), []),
        ((thing(until=TURN), thing(since=LATER), naming(one="a")), [
            "вещь «a» не установлена с 26.02.2022 до 01.01.2023",
        ]),
    ],
)  # fmt: skip
def test_loose_ends(rules: tuple[Rule, ...], lines: list[str]) -> None:
    assert found(*rules) == lines


def test_what_data_says_stands_always() -> None:
    assert found(naming(one="a"), given={"Thing": frozenset({"a"})}) == []
    assert found(naming(one="alpa"), given={"Thing": frozenset({"alpha"})}) == [
        "вещь «alpa» не установлена; похожая: «alpha»"
    ]


@pytest.mark.parametrize(
    ("of", "by", "lines"),
    [
        (None, "x", []),
        ("x", "x", []),
        ("x", None, ["вещь «a» не установлена всегда"]),
        ("x", "y", ["вещь «a» не установлена всегда"]),
    ],
)
def test_a_rule_of_a_municipality_is_named_there_alone(
    of: str | None, by: str | None, lines: list[str]
) -> None:
    given = {"Municipality": frozenset({"x", "y"})}
    assert found(thing(municipality=of), naming(one="a", municipality=by), given=given) == lines


def test_what_only_lies_in_a_municipality_is_named_from_anywhere() -> None:
    placed = Placed("a", clause=clause("a/1"), municipality="x")
    assert found(placed, naming(one="a"), given={"Municipality": frozenset({"x"})}) == []


def test_several_are_named_in_the_order_of_the_field_and_a_set_in_that_of_its_keys() -> None:
    assert named(("b", "a")) == ("b", "a")
    assert named(frozenset({"b", "a"})) == ("a", "b")


def test_the_municipality_of_any_rule_is_a_reference() -> None:
    assert found(thing(municipality="x")) == ["муниципальное образование «x» не установлено"]


def test_every_kind_that_is_named_is_one_and_has_a_noun() -> None:
    kinds: set[Any] = {k for code in DEMO_REGIONS for k in rulebook_of(code, Settings()).kinds()}
    every = (kind for kind in Rule.__subclasses__() if kind.__module__.startswith("core."))
    known = {kind.kind_name(): kind for kind in every}
    named = {name for kind in kinds for _, to in references(kind) for name in to.kinds}
    assert len(named) == 14
    assert [name for name in sorted(named) if not known[name].noun] == []
