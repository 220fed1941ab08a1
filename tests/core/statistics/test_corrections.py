"""Benjamini-Hochberg: the example of 1995, and statsmodels."""

from __future__ import annotations

import random

import pytest

from core.statistics.corrections import adjusted, alarms
from tests.core.statistics.reference import library

PUBLISHED = (
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
    0.5719, 0.6528, 0.7590, 1.0,
)  # fmt: skip
"""Thrombolysis, Benjamini and Hochberg 1995: four are found at 5 %, Bonferroni finds three."""


def test_the_published_example() -> None:
    assert alarms(PUBLISHED, 0.05) == [True] * 4 + [False] * 11


def test_order_is_kept_and_ties_are_equal() -> None:
    assert adjusted([0.04, 0.01, 0.04]) == pytest.approx([0.04, 0.03, 0.04])
    assert adjusted([]) == []
    assert alarms([0.2]) == [False]


def test_as_statsmodels_has_it() -> None:
    multitest = library("statsmodels.stats.multitest")
    chance = random.Random(5)
    chances = [chance.random() ** 3 for _ in range(200)]
    found, theirs, *_ = multitest.multipletests(chances, alpha=0.1, method="fdr_bh")
    assert adjusted(chances) == pytest.approx([*theirs], abs=1e-12)
    assert alarms(chances) == [*found]
