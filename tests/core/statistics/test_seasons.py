"""What to expect of a cell: by hand, and beside its own past."""

from __future__ import annotations

import pytest

from core.statistics.seasons import Frame, Seen, levels


def same_weeks(years: int) -> Frame:
    weeks = (k - 52.0 * year for year in range(years, 0, -1) for k in range(-3, 4))
    return Frame(1.0, tuple(weeks), years)


def test_a_poisson_cell_is_predicted_exactly() -> None:
    """Of B cases in n weeks, by a gamma with half a case more: a negative binomial."""
    frame = Frame(1.0, tuple(float(-week) for week in range(14, 0, -1)), 0)
    counts = (1, 0, 2, 1, 0, 1, 0, 1, 1, 0, 0, 2, 1, 0)
    level = levels({(0, 0): Seen((0, 0), 6, counts)}, frame)[0, 0]
    assert (level.mean, level.dispersion) == pytest.approx((10.5 / 14, 15 / 14))
    below, one = 0.0, (14 / 15) ** 10.5
    for count in range(6):
        below += one
        one *= (10.5 + count) / (count + 1) / 15
    assert level.chance(6) == pytest.approx(1 - below, abs=1e-12)


def test_a_region_that_grows_expects_more_everywhere() -> None:
    frame = same_weeks(2)
    cells = {(0, one): Seen((0, 0), 8, (4,) * 14) for one in range(5)}
    assert levels(cells, frame)[0, 0].mean == pytest.approx(2 * 56.5 / 14)
    cells[0, 0] = Seen((0, 0), 80, (4,) * 14)
    assert levels(cells, frame)[0, 0].mean == pytest.approx(2 * 56.5 / 14)


def test_three_years_tell_a_trend_of_its_own_and_never_beyond_what_was_seen() -> None:
    frame = same_weeks(3)
    falling = tuple(count for count in (16, 8, 4) for _ in range(7))
    cells = {(0, 0): Seen((0, 0), 2, falling), (0, 1): Seen((0, 0), 10, (10,) * 21)}
    assert levels(cells, frame)[0, 0].mean == pytest.approx(2, rel=0.01)
    cells[0, 0] = Seen((0, 0), 2, falling[::-1])
    assert levels(cells, frame)[0, 0].mean < 10


def test_a_past_outbreak_does_not_hide_the_next() -> None:
    frame = same_weeks(2)
    usual = (5, 6, 4, 5, 7, 5, 4) * 2
    cells = {(0, one): Seen((0, 0), 5, usual) for one in range(20)}
    cells[0, 0] = Seen((0, 0), 20, (60, *usual[1:]))
    expected = levels(cells, frame)
    assert expected[0, 0].mean < 6
    assert expected[0, 0].chance(20) < 0.001
    assert expected[0, 1].dispersion < 1.3
