"""A region's edition is its law: renaming and shuffling keep it, another word does not."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import field, fields, make_dataclass, replace
from datetime import date, time
from enum import Enum
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from core.appeals.rules.routing import Facts, Route
from core.kernel.region import Region
from core.kernel.settings import DEMO_REGIONS, Settings
from core.law.act import Clause
from core.law.canonical import plain, written
from core.law.edition import fingerprint
from core.law.predicate import Predicate
from core.law.rule import Rule
from core.law.rulebook import Rulebook, compile_rulebook
from core.ratings.rules import PeerGroups, PeersBy
from core.region.opening import rulebook_of
from core.reports.rules import render
from tests.nets.law import as_text, sections_of

SEEDS = range(5)


def kinds_of_all() -> set[type[Rule]]:
    laws = [rulebook_of(code, Settings(regions=DEMO_REGIONS)) for code in DEMO_REGIONS]
    return {kind for law in laws for kind in law.kinds()}


def alone(rule: Rule) -> str:
    """The edition of a law of this rule and no other."""
    return fingerprint({type(rule): {(rule.key, rule.municipality): (rule,)}})


def with_value(rule: Rule, name: str, value: object) -> Rule:
    """A copy that no check has seen."""
    twin = copy.copy(rule)
    object.__setattr__(twin, name, value)
    return twin


def another(value: Any) -> object:
    """A value of the same sort that says another thing."""
    if isinstance(value, Enum):
        return next(one for one in type(value) if one is not value)
    match value:
        case None:
            return ""
        case bool():
            return not value
        case int() | float() | Fraction():
            return value + 1
        case str():
            return f"{value}."
        case date():
            return value.replace(day=value.day % 28 + 1)
        case time():
            return value.replace(second=1)
        case tuple():
            return (*value, value[0]) if value else ("",)
        case frozenset():
            return value - {min(value, key=repr)} if value else frozenset({""})
        case Clause():
            return replace(value, quote=f"{value.quote}.")
        case PeerGroups():
            return PeerGroups(PeersBy.KIND)
    raise NotImplementedError(type(value))


def one_of_each(law: Rulebook) -> Iterator[tuple[Rule, str]]:
    for kind in law.kinds():
        for each in fields(kind):
            yield law.history(kind)[0], each.name


def test_every_field_of_every_kind_is_in_the_edition(region: Region) -> None:
    cases = list(one_of_each(region.rules))
    unseen = [
        f"{type(rule).__name__}.{name}"
        for rule, name in cases
        if alone(with_value(rule, name, another(getattr(rule, name)))) == alone(rule)
    ]
    assert (unseen, len(cases) > 300) == ([], True)


def test_every_rule_is_in_the_edition(region: Region) -> None:
    law = region.rules
    for kind in law.kinds():
        fewer = {place: rules[1:] for place, rules in law._index[kind].items()}
        assert fingerprint({**law._index, kind: fewer}) != law.edition


def test_a_clause_of_the_same_words_elsewhere_is_another_law(region: Region) -> None:
    rule = region.rules.history(Route)[0]
    moved = with_value(rule, "clause", replace(rule.clause, id="elsewhere"))
    assert alone(moved) != alone(rule)


def near(facts: Facts) -> bool:
    return facts.municipality in {"kursk", "near"} and facts.theme != "roads"


def near_by(known: Facts) -> bool:
    return known.municipality in {"kursk", "near"} and known.theme != "roads"


def near_turned(facts: Facts) -> bool:
    return facts.municipality not in {"kursk", "near"} and facts.theme != "roads"


def test_a_route_s_condition_is_in_it_by_what_it_does(region: Region) -> None:
    rule = region.rules.history(Route)[0]

    def judged_by(judge: Callable[[Facts], bool], version: int = 1) -> str:
        return alone(with_value(rule, "when", Predicate("near", version, judge)))

    assert judged_by(near) == judged_by(near_by)
    assert len({alone(rule), judged_by(near), judged_by(near_turned), judged_by(near, 2)}) == 4


def twin_of(kind: type[Rule]) -> type[Any]:
    """The kind with every name changed: class, module and each field, which keeps its code."""
    renamed = [
        (f"other_{one.name}", Any, field(metadata={"code": one.name, **one.metadata}))
        for one in fields(kind)
    ]
    return make_dataclass(f"Other{kind.__name__}", renamed)


def told_by_twin(rule: Rule) -> str:
    twin = twin_of(type(rule))
    return written(plain(twin(*(getattr(rule, one.name) for one in fields(rule)))))


def test_every_class_and_field_may_be_renamed(region: Region) -> None:
    for kind in region.rules.kinds():
        for rule in region.rules.history(kind):
            assert told_by_twin(rule) == written(plain(rule))


@contextmanager
def named(names: dict[type[Rule], str]) -> Iterator[None]:
    """The kinds under other names; their own come back."""
    own = {kind: kind.__name__ for kind in names}
    for kind, name in names.items():
        kind.__name__ = kind.__qualname__ = name
    yield
    for kind, name in own.items():
        kind.__name__ = kind.__qualname__ = name


def test_no_name_of_a_kind_s_class_is_in_it(region: Region) -> None:
    with named(dict.fromkeys(region.rules.kinds(), "Other")):
        renamed = fingerprint(region.rules._index)
    assert renamed == region.rules.edition


def test_every_kind_has_a_code_of_its_own() -> None:
    kinds = kinds_of_all()
    assert len({kind.code for kind in kinds}) == len(kinds) > 40
    assert all("code" in vars(kind) and kind.code for kind in kinds)


@pytest.mark.parametrize("seed", SEEDS)
def test_shuffling_rules_keeps_the_edition_and_every_line(region: Region, seed: int) -> None:
    law, random = region.rules, Random(seed)
    shuffled = [
        replace(layer, rules=tuple(random.sample(layer.rules, len(layer.rules))))
        for layer in law.layers.values()
    ]
    other = compile_rulebook(shuffled)
    assert other.edition == law.edition
    assert lines(other, region) == lines(law, region)


def lines(law: Rulebook, region: Region) -> str:
    return as_text(sections_of(render(law, region.passport)))
