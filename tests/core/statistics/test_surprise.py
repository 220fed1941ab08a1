"""The expected level and the chance of a count, by hand and as SciPy and statsmodels have them."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from core.statistics.placebo import before_level, placebo_chance
from core.statistics.surprise import Level, fitted, trend_of
from tests.core.statistics.reference import library


def test_a_steady_level() -> None:
    trend = trend_of([0, 1, 2, 3], [4, 4, 4, 4])
    assert trend is not None
    level = trend.at(10)
    assert (level.mean, level.dispersion) == pytest.approx((4, 1))
    assert level.chance(0) == 1
    assert level.chance(1) == pytest.approx(1 - 0.018315638888734, abs=1e-12)


def test_a_growing_level_goes_on() -> None:
    trend = trend_of([0, 1, 2], [2, 4, 8])
    assert trend is not None
    assert trend.at(3).mean == pytest.approx(16)


def test_an_outbreak_before_does_not_hide_the_next() -> None:
    weeks = [float(week) for week in range(30)]
    counts = [(5, 6, 4, 5, 7)[week % 5] for week in range(30)]
    counts[20] = 40
    trend, once = trend_of(weeks, counts), fitted(weeks, counts, [1.0] * 30)
    assert trend is not None
    assert trend.at(30).mean < once.at(30).mean
    assert trend.at(30).chance(20) < 0.001 < once.at(30).chance(20)


@pytest.mark.parametrize(("weeks", "counts"), [([0, 1], [3, 3]), ([0, 1, 2], [0, 0, 0])])
def test_too_little_tells_nothing(weeks: list[float], counts: list[int]) -> None:
    assert trend_of(weeks, counts) is None


def test_a_measure_is_told_from_chance() -> None:
    placebos = [float(one) for one in range(-5, 15)]
    assert placebo_chance(-9, placebos) == Fraction(1, 21)
    assert placebo_chance(-5, placebos) == Fraction(2, 21)
    assert placebo_chance(-9, placebos[1:]) is None


def test_a_peak_is_in_part_chance() -> None:
    assert before_level(30, 1, peer_mean=10, peer_variance=10) == 20
    assert before_level(30, 3, peer_mean=10, peer_variance=10) == 10
    assert before_level(30, 1, peer_mean=10, peer_variance=0) == 10


def test_as_scipy_and_statsmodels_have_it() -> None:
    stats, models = library("scipy.stats"), library("statsmodels.api")
    numpy = library("numpy")
    chance = random.Random(2)
    weeks = [float(week) for week in range(30)]
    counts = [chance.randrange(20) for _ in weeks]
    weights = [chance.choice([1.0, 0.3]) for _ in weeks]
    ours = fitted(weeks, counts, weights)
    design = models.add_constant(numpy.array(weeks))
    family = models.families.Poisson()
    theirs = models.GLM(counts, design, family=family, var_weights=numpy.array(weights)).fit(
        scale="X2", tol=1e-12
    )
    assert (ours.intercept, ours.slope) == pytest.approx([*theirs.params], abs=1e-9)
    assert ours.dispersion == pytest.approx(theirs.scale, abs=1e-9)
    for mean, spread in ((3.0, 1.0), (7.5, 2.5), (40.0, 1.2)):
        for count in (1, 9, 50):
            tail = (
                stats.poisson.sf(count - 1, mean)
                if spread == 1
                else stats.nbinom.sf(count - 1, mean / (spread - 1), 1 / spread)
            )
            assert Level(mean, spread).chance(count) == pytest.approx(tail, abs=1e-9)
