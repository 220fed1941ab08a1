"""The arithmetic of indicators and their periods, without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.indicators.rules.attainment import Direction, attained, attainment
from core.law.periods import Period, Periodicity, period_of, periods
from core.shapes.figures import rules as figures

UP, DOWN = Direction.UP, Direction.DOWN


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (figures.percent(2, 3), Fraction(200, 3)),
        (figures.percent(0, 3), Fraction(0)),
        (figures.percent(0, 0), None),
        (figures.mean(13, 3), Fraction(13, 3)),
        (figures.mean(None, 0), None),
        (figures.median_days(86_400 * 3, 2), Fraction(3, 2)),
        (figures.median_days(1, 1), Fraction(1, 86_400)),
        (figures.median_days(None, 0), None),
        (figures.amount(None), Fraction(0)),
    ],
)
def test_a_figure_is_exact_or_none(found: Fraction | None, expected: Fraction | None) -> None:
    assert found == expected


@pytest.mark.parametrize(
    ("value", "target", "direction", "reached", "share"),
    [
        (Fraction(95), Fraction(95), UP, True, Fraction(1)),
        (Fraction(190, 3), Fraction(95), UP, False, Fraction(2, 3)),
        (Fraction(94_999_999, 10**6), Fraction(95), UP, False, Fraction(94_999_999, 95_000_000)),
        (Fraction(10), Fraction(15), DOWN, True, Fraction(3, 2)),
        (Fraction(20), Fraction(15), DOWN, False, Fraction(3, 4)),
        (Fraction(0), Fraction(15), DOWN, True, None),
        (Fraction(5), Fraction(0), UP, True, None),
    ],
)
def test_attainment(
    value: Fraction, target: Fraction, direction: Direction, reached: bool, share: Fraction | None
) -> None:
    assert attained(value, target, direction) is reached
    assert attainment(value, target, direction) == share


@pytest.mark.parametrize(
    ("day", "periodicity", "start", "end"),
    [
        (date(2026, 2, 28), Periodicity.MONTH, date(2026, 2, 1), date(2026, 3, 1)),
        (date(2026, 12, 31), Periodicity.MONTH, date(2026, 12, 1), date(2027, 1, 1)),
        (date(2026, 5, 17), Periodicity.QUARTER, date(2026, 4, 1), date(2026, 7, 1)),
        (date(2026, 11, 1), Periodicity.QUARTER, date(2026, 10, 1), date(2027, 1, 1)),
        (date(2026, 5, 17), Periodicity.YEAR, date(2026, 1, 1), date(2027, 1, 1)),
    ],
)
def test_the_period_of_a_day(day: date, periodicity: Periodicity, start: date, end: date) -> None:
    assert period_of(day, periodicity) == Period(start, end)


def test_a_period_begins_at_the_region_s_midnight() -> None:
    march = period_of(date(2026, 3, 5), Periodicity.MONTH)
    assert march.bounds(ZoneInfo("Asia/Yekaterinburg")) == (
        datetime(2026, 2, 28, 19, tzinfo=UTC),
        datetime(2026, 3, 31, 19, tzinfo=UTC),
    )
    assert not march.closed(date(2026, 3, 31))
    assert march.closed(date(2026, 4, 1))


@given(
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.sampled_from(Periodicity),
)
def test_periods_touch_and_stay_inside(since: date, until: date, periodicity: Periodicity) -> None:
    found = list(periods(since, until, periodicity))
    assert all(one.end == other.start for one, other in pairwise(found))
    assert all(since <= period.start and period.end <= until for period in found)
