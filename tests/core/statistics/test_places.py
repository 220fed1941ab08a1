"""Ranges of places, bands and shrinkage: by hand, over tables of known truth, statsmodels."""

from __future__ import annotations

import os
import random

import pytest

from core.statistics.places import Band, Places, bands_of, placed, places_of
from core.statistics.shares import Share, pooled, scores
from core.statistics.shrinkage import (
    Peers,
    Score,
    additive,
    between_periods,
    peers_of,
    widened,
    winsorised,
)
from tests.core.statistics.reference import library

TABLES = int(os.environ.get("TSUR_TEST_TABLES", "20"))
BODIES, CASES = 50, 200


def test_ranges_by_hand() -> None:
    seen = [Score(90, 1), Score(89, 1), Score(70, 1), Score(70, 1)]
    assert places_of(seen) == [Places(1, 2), Places(1, 2), Places(3, 4), Places(3, 4)]
    assert places_of([Score(1, 1)]) == [Places(1, 1)]
    assert places_of([]) == []


def test_places_are_shown_only_where_they_can_be_told() -> None:
    sure, unsure = Peers(0, 1, 0.76), Peers(0, 1, 0.75)
    narrow, wide = [Places(1, 2)] * 3, [Places(1, 3)] * 3
    assert placed(narrow, sure)
    assert not placed(narrow, unsure)
    assert not placed(wide, sure)
    assert not placed([], sure)


def test_bands_by_hand() -> None:
    seen = [Score(80, 1), Score(75, 1), Score(70, 1)]
    assert bands_of(seen, peers_of(seen)) == [Band.ABOVE, Band.EXPECTED, Band.BELOW]


def test_a_share_near_the_end_of_the_scale_has_more_room_on_the_other_side() -> None:
    """Nine of ten are usual: of two as far off, the one below may be chance."""
    usual = Peers(90, 0, 0)
    seen = [Score(90 + 3.4 * way * 2.12, 2.12) for way in (1, -1)] + [Score(90, 2.12)] * 48
    assert bands_of(seen, usual)[:2] == [Band.ABOVE, Band.EXPECTED]
    assert bands_of([Score(100, 1)], Peers(100, 0, 0)) == [Band.EXPECTED]


def test_shrinkage_by_hand() -> None:
    seen = [Score(10, 1), Score(20, 1), Score(30, 1)]
    peers = peers_of(seen, tails=0)
    assert (peers.mean, peers.variance, peers.rankability) == pytest.approx((20, 99, 0.99))
    shrunken = peers.shrunken(seen[0])
    assert (shrunken.raw, shrunken.value, shrunken.weight) == pytest.approx((10, 10.1, 0.99))
    alike = peers_of([Score(5, 1), Score(5, 1)])
    assert alike.shrunken(Score(9, 1)).value == 5


def test_shares_by_hand() -> None:
    shares = [Share(0, 100), Share(96, 96)]
    assert [one.value for one in scores(shares)] == [0, 100]
    assert scores(shares)[0].error == pytest.approx(1.3734, abs=1e-4)
    assert [one.error for one in pooled(shares)] == pytest.approx([4.9990, 5.1021], abs=1e-3)
    assert pooled([]) == scores([]) == []


def test_tails_are_drawn_in() -> None:
    assert winsorised([*range(10)], 0.1) == [1, 1, 2, 3, 4, 5, 6, 7, 8, 8]
    assert winsorised([3, 1], 0.1) == [3, 1]


def test_variance_between_periods_widens() -> None:
    rows = [[Score(10, 1), Score(20, 1)], [Score(5, 1), Score(5, 1)], [Score(1, 1)]]
    assert between_periods(rows, tails=0) == pytest.approx(24.5)
    assert between_periods([]) == 0
    assert widened([Score(1, 3)], 16) == [Score(1, 5)]


def _table(
    chance: random.Random, spread: float, usual: float = 70
) -> tuple[list[float], list[Share]]:
    """True shares around the usual one with this spread, and as 200 cases show them."""
    truth = [usual + chance.gauss(0, spread) for _ in range(BODIES)]
    return truth, [Share(sum(chance.random() < share / 100 for _ in range(CASES)), CASES)
                   for share in truth]  # fmt: skip


def _true_places(truth: list[float]) -> list[int]:
    return [1 + sum(other > one for other in truth) for one in truth]


@pytest.mark.parametrize("spread", [5, 2, 0.5])
def test_ranges_cover_the_true_place(spread: float) -> None:
    chance = random.Random(f"places {spread}")
    told = covered = 0
    for _ in range(TABLES):
        truth, shares = _table(chance, spread)
        for place, found in zip(_true_places(truth), places_of(scores(shares)), strict=True):
            told += 1
            covered += found.best <= place <= found.worst
    assert covered >= 0.95 * told


def test_ranges_of_a_bootstrap_do_not() -> None:
    """Why places are not ranked again out of shaken scores: nothing differs, all seem to."""
    chance = random.Random("bootstrap")
    covered = 0
    truth, shares = _table(chance, 0.5)
    seen = scores(shares)
    drawn = [_ranks([chance.gauss(s.value, s.error) for s in seen]) for _ in range(200)]
    for place, ranks in zip(_true_places(truth), zip(*drawn, strict=True), strict=True):
        ordered = sorted(ranks)
        covered += ordered[5] <= place <= ordered[-6]
    assert covered < 0.95 * BODIES


def _ranks(values: list[float]) -> list[int]:
    ranked = sorted(values, reverse=True)
    return [1 + ranked.index(value) for value in values]


@pytest.mark.parametrize("usual", [70, 95])
def test_nobody_is_named_where_nobody_differs(usual: float) -> None:
    chance = random.Random("alike")
    named = 0
    for _ in range(TABLES):
        _, shares = _table(chance, 0, usual)
        seen = pooled(shares)
        named += any(band is not Band.EXPECTED for band in bands_of(seen, peers_of(seen)))
    assert named <= max(0.05 * TABLES, 1)


def test_variance_as_statsmodels_has_it() -> None:
    """Without winsorising it is the estimate of DerSimonian and Laird."""
    meta, array = library("statsmodels.stats.meta_analysis"), library("numpy").array
    chance = random.Random(9)
    seen = [Score(chance.gauss(50, 5), chance.uniform(1, 4)) for _ in range(30)]
    values, variances = array([(s.value, s.error**2) for s in seen]).T
    theirs = meta.combine_effects(values, variances, method_re="chi2")
    assert additive(seen, tails=0) == pytest.approx(theirs.tau2, abs=1e-9)
    assert peers_of(seen, tails=0).mean == pytest.approx(theirs.mean_effect_re, abs=1e-9)
