"""What others are told of a rating follows from rounded numbers, and so tells no more than they."""

from __future__ import annotations

import random
from collections import defaultdict
from fractions import Fraction
from typing import Any

import orjson
import pytest

from core.ratings.rounded import rounded
from core.ratings.scoring import Subject, Sums, own
from core.shapes.figures.disclosure import told_count
from core.statistics.intervals import quantile
from tests.core.appeals.observations.ratings import HAD, REGIONS, methods, nobody, table

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
            other = {**kept, "entries": [_behind(one, chance) for one in kept["entries"]]}
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
    }
