"""Whether a measure helped: exact small cases, and measures of known truth taken at the peak."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from math import exp, log, sqrt

import pytest

from core.statistics.effect import Counts, Effect, Verdict, effect_of
from core.statistics.placebo import LEAST_PLACEBOS

MEASURES = int(os.environ.get("TSUR_TEST_MEASURES", "60"))
BEFORE, CHOICE, AFTER = 12, 3, 6
PLACES, SPREAD = 34, 1.3
DECLARED = Fraction(1, 5)
History = list[list[int]]


def drawn(chance: random.Random, mean: float) -> int:
    """A count of this mean and of a variance SPREAD times as large."""
    mean = chance.gammavariate(mean / (SPREAD - 1), SPREAD - 1)
    count, left = 0, chance.expovariate(1)
    while left < mean:
        count, left = count + 1, left + chance.expovariate(1)
    return count


def region(chance: random.Random) -> History:
    """Months of every place: a size of its own, and seasons that all places have."""
    months = BEFORE + CHOICE + AFTER
    season = [exp(chance.gauss(0, 0.15)) for _ in range(months)]
    sizes = [exp(chance.gauss(1.6, 0.7)) for _ in range(PLACES)]
    return [[drawn(chance, size * season[k]) for k in range(months)] for size in sizes]


def at_the_peak(months: History) -> int:
    """The place that stands out most in the last months before the measure."""

    def surprise(row: Sequence[int]) -> float:
        usual = sum(row[:BEFORE]) / BEFORE * CHOICE
        return (sum(row[BEFORE : BEFORE + CHOICE]) - usual) / sqrt(usual + 0.5)

    return max(range(PLACES), key=lambda place: surprise(months[place]))


def told(months: History, chosen: int) -> Verdict:
    counts = [Counts(sum(row[:BEFORE]), sum(row[BEFORE + CHOICE :])) for row in months]
    touched = counts.pop(chosen)
    effect = effect_of(touched, counts, BEFORE, AFTER)
    assert effect is not None
    return effect.verdict(DECLARED)


def by_plain_differences(months: History, chosen: int) -> bool:
    """Difference in differences against the months of the choice, at one in twenty."""
    rest = [row for place, row in enumerate(months) if place != chosen]
    own = months[chosen][BEFORE:]
    was, now = sum(own[:CHOICE]) + 0.5, sum(own[CHOICE:]) + 0.5
    all_was = sum(sum(row[BEFORE : BEFORE + CHOICE]) for row in rest)
    all_now = sum(sum(row[BEFORE + CHOICE :]) for row in rest)
    error = sqrt(SPREAD * (1 / was + 1 / now + 1 / all_was + 1 / all_now))
    return (log(now / was) - log(all_now / all_was)) / error < -1.645


@pytest.mark.clause("tsur.practice/problem-effect")
def test_measures_without_effect_at_the_peak_seldom_work() -> None:
    works = plain = 0
    for seed in range(MEASURES):
        months = region(random.Random(seed))
        chosen = at_the_peak(months)
        works += told(months, chosen) is Verdict.WORKS
        plain += by_plain_differences(months, chosen)
    assert works <= 0.03 * MEASURES
    assert plain >= 0.18 * MEASURES


def test_a_planted_measure_is_told() -> None:
    """Four of five appeals of a place with enough of them are gone."""
    found: Counter[Verdict] = Counter()
    for seed in range(max(20, MEASURES // 10)):
        chance = random.Random(seed)
        months = region(chance)
        months[0] = [drawn(chance, 12) for _ in months[0]]
        months[0][BEFORE + CHOICE :] = [one // 5 for one in months[0][BEFORE + CHOICE :]]
        found[told(months, 0)] += 1
    assert found[Verdict.WORKS] >= 0.9 * found.total()


def test_alike_places_expect_what_the_untouched_had() -> None:
    untouched = [Counts(12, 18)] * LEAST_PLACEBOS
    effect = effect_of(Counts(12, 4), untouched, 12, 6)
    assert effect is not None
    assert effect.expected == pytest.approx(18)
    assert (effect.after, effect.placebos) == (4, 20)
    assert effect.chance == Fraction(1, 21)
    assert effect.change == pytest.approx(4 / 18 - 1)
    assert effect.verdict(Fraction(1, 2)) is Verdict.WORKS
    assert effect.verdict(Fraction(9, 10)) is Verdict.SMALL


def test_a_peak_before_is_drawn_to_the_peers() -> None:
    """A place twice as high among places that hardly differ was in part chance."""
    untouched = [Counts(one, one) for one in (10, 14) * 10]
    effect = effect_of(Counts(24, 12), untouched, 12, 12)
    assert effect is not None
    assert effect.expected == pytest.approx(12)
    assert effect.verdict(Fraction(1, 10)) is Verdict.NONE


def test_nineteen_placebos_tell_nothing() -> None:
    effect = effect_of(Counts(12, 0), [Counts(12, 18)] * (LEAST_PLACEBOS - 1), 12, 6)
    assert effect is not None
    assert (effect.chance, effect.verdict(DECLARED)) == (None, Verdict.UNTOLD)


@pytest.mark.parametrize(
    ("untouched", "before", "after"),
    [([], 12, 6), ([Counts(0, 5)] * 30, 12, 6), ([Counts(5, 5)] * 30, 0, 6),
     ([Counts(5, 5)] * 30, 12, 0)],
)  # fmt: skip
def test_nothing_to_compare_with(untouched: list[Counts], before: int, after: int) -> None:
    assert effect_of(Counts(5, 5), untouched, before, after) is None


def test_nothing_expected_is_no_change() -> None:
    assert Effect(0.0, 3, 20, Fraction(1)).change == 0
