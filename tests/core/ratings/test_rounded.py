"""What others are told of a rating follows from rounded numbers, and so tells no more than they."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import orjson
import pytest

from core.ratings.data import as_data
from core.ratings.named import Named
from core.ratings.rounded import rounded
from core.ratings.scoring import Seen, Subject, Sums, own
from core.ratings.standings import told
from core.ratings.words import group, groups
from core.shapes.figures.disclosure import told_count
from core.statistics.intervals import quantile
from core.statistics.places import Band, Places, places_of
from tests.core.appeals.observations.ratings import HAD, QUARTER, REGIONS, methods, nobody, table
from tests.core.ratings.test_scoring import BOTH

MANY = range(93, 98)
"""Told as 95."""


@pytest.mark.parametrize("region", REGIONS)
def test_a_score_to_the_point_leaves_three_numbers_at_least(region: str) -> None:
    for method in methods(region):
        unseen = len(method.unseen)
        for entered in (0, Fraction(1, 3), 1) if unseen else (0,):
            found: dict[int, set[int]] = defaultdict(set)
            for cases in MANY:
                for marks in range((method.weight - unseen) * cases + 1):
                    score = 100 * (unseen * entered + Fraction(marks, cases)) / method.weight
                    found[round(score)].add(cases)
            assert min(map(len, found.values())) == 5


def test_a_range_of_the_exact_number_would_tell_it() -> None:
    """Of answers that are good or not, with a score and a range to the point."""
    found: dict[tuple[int, ...], set[int]] = defaultdict(set)
    for cases in MANY:
        for good in range(cases + 1):
            (score,) = own([Sums(cases, Fraction(100 * good), Fraction(100**2 * good))])
            half = quantile() * score.error
            ends = max(0.0, score.value - half), min(100.0, score.value + half)
            found[round(score.value), *map(round, ends)].add(cases)
    assert (sum(len(some) == 1 for some in found.values()), len(found)) == (82, 215)


def test_a_place_of_exact_numbers_would_tell_them() -> None:
    """Of two told 91 and 85 of 95, by marks of 0, 50 or 100: one surely stands before the other."""

    def may_be(score: int, cases: int) -> Iterator[Sums]:
        for halves in range(2 * cases + 1):
            if round(Fraction(50 * halves, cases)) == score:
                for full in (max(0, halves - cases), halves // 2):
                    squares = Fraction(full * 100**2 + (halves - 2 * full) * 50**2)
                    yield Sums(cases, Fraction(50 * halves), squares)

    surely = {
        (better.cases, worse.cases)
        for more, less in product(MANY, repeat=2)
        for better, worse in product(may_be(91, more), may_be(85, less))
        if places_of(own([better, worse]))[0] == Places(1, 1)
    }
    assert surely == {(94, 94), (94, 97)}


def test_a_place_is_told_by_the_rounded_numbers_and_may_be_less_sure() -> None:
    good, half = Seen(3, merits=True), Seen(50, merits=True)
    found = {
        Subject("a-0"): [good] * 57 + [half] * 38,
        Subject("b-0"): [good] * 38 + [half] * 57,
    }
    data = as_data(told(BOTH, QUARTER, Named({}, {}), found))
    kept = orjson.loads(orjson.dumps(data))
    exact, shown = kept["entries"], rounded(kept, nobody, open_=True)["entries"]
    assert [one["places"] for one in exact] == [[1, 1], [2, 2]]
    assert [(one["raw"], one["cases"], one["band"]) for one in shown] == [
        ("87", 95, "expected"), ("80", 95, "expected"),
    ]  # fmt: skip


@pytest.mark.parametrize("region", REGIONS)
def test_whatever_is_behind_the_rounded_numbers_is_told_alike(region: str) -> None:
    chance = random.Random(region)
    for method in methods(region):
        found = {
            Subject(body): chance.choices(HAD, (3, 1, 5, 1), k=chance.randint(5, 130))
            for body in ("a-0", "b-0", "c-0", "a-1", "b-1", "c-1")
        }
        kept = table(method, found)
        shown = orjson.dumps(rounded(kept, nobody, open_=True))
        for _ in range(50):
            entries = [_behind(one, chance) for one in kept["entries"]]
            some = [{**one, **_common(one, chance)} for one in kept.get("groups", ())]
            groups = {"groups": some} if some else {}
            chance.shuffle(scored := [one for one in entries if one["mark"] == "value"])
            scored.sort(key=lambda one: _key(kept, one))
            few = [one for one in entries if one["mark"] != "value"]
            other = {**kept, **_common(kept, chance), **groups, "entries": [*scored, *few]}
            assert orjson.dumps(rounded(other, nobody, open_=True)) == shown


def _behind(entry: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Another entry that rounds to the same: other cases, another exact score and its errors."""
    same = told_count(entry["cases"])
    counts = [one for one in range(entry["cases"] + 10) if told_count(one) == same]
    near = round(Fraction(entry["raw"])) + Fraction(chance.randint(-49, 49), 100)
    exact = ("squares", "error", "chance_error", "shrunken", "weight")
    return {
        **entry,
        "cases": chance.choice(counts),
        "raw": str(near),
        "contributions": [],
        **{name: chance.random() for name in exact if name in entry},
        **({"interval": [chance.random()] * 2} if "interval" in entry else {}),
        **(_stands(chance) if entry["mark"] == "value" else {}),
    }


def _stands(chance: random.Random) -> dict[str, Any]:
    """A place or a band, whichever."""
    if chance.random() < 0.5:
        return {"places": [1, chance.randint(1, 9)], "band": None}
    return {"places": None, "band": chance.choice([*Band]).value}


def _common(of: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """What is exact of all together; what was told of the quarters before stays."""
    if "between" not in of:
        return {}
    exact = dict.fromkeys(("mean", "variance", "rankability"), chance.random())
    lead = {"runs": 1000, "share": str(chance.random()), "surely": chance.random() < 0.5}
    return {"between": chance.random(), "peers": exact, "chance": exact, "lead": lead}


def _key(kept: dict[str, Any], entry: dict[str, Any]) -> int:
    """Groups stay in their order; who stands before whom in one may be other."""
    return [one["key"] for one in groups(kept)].index(group(entry))
