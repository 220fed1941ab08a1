"""Wilson's interval and the volume it takes, against published values and SciPy."""

from __future__ import annotations

from fractions import Fraction

import pytest

from core.statistics.intervals import needed, wilson
from tests.core.statistics.reference import library


def test_a_published_interval() -> None:
    """Newcombe, «Two-sided confidence intervals for the single proportion», 1998, table I."""
    for hits, of, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605),
                                (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)):  # fmt: skip
        assert wilson(hits, of) == pytest.approx((low, high), abs=5e-5)


def test_no_case_says_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(7, 7)[1] == 1.0


@pytest.mark.parametrize(
    ("half_width", "expected"), [(Fraction(1, 10), 93), (Fraction(1, 20), 381), (Fraction(1, 2), 1)]
)
def test_the_volume_makes_it_narrow_enough(half_width: Fraction, expected: int) -> None:
    assert needed(half_width) == expected
    for of in (expected, expected + 1):
        low, high = wilson(of // 2, of)
        assert high - low <= 2 * half_width + Fraction(1, 10**9)


def test_as_scipy_has_it() -> None:
    stats = library("scipy.stats")
    for hits, of in ((0, 5), (3, 7), (40, 41), (500, 1000), (9, 9)):
        theirs = stats.binomtest(hits, of).proportion_ci(method="wilson")
        assert wilson(hits, of) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
