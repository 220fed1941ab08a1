"""Months, quarters and years: where each begins and ends, and which of them lie within two days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from core.law.periods import (
    Period,
    Periodicity,
    period_called,
    period_name,
    period_of,
    periods,
    previous,
    year_before,
)

D = date
YEAR = (D(2026, 1, 1), D(2027, 1, 1))


@pytest.mark.parametrize(
    ("day", "periodicity", "start", "end"),
    [
        (D(2026, 2, 28), Periodicity.MONTH, D(2026, 2, 1), D(2026, 3, 1)),
        (D(2026, 12, 31), Periodicity.MONTH, D(2026, 12, 1), D(2027, 1, 1)),
        (D(2026, 3, 31), Periodicity.QUARTER, D(2026, 1, 1), D(2026, 4, 1)),
        (D(2026, 4, 1), Periodicity.QUARTER, D(2026, 4, 1), D(2026, 7, 1)),
        (D(2026, 11, 9), Periodicity.QUARTER, D(2026, 10, 1), D(2027, 1, 1)),
        (D(2026, 1, 1), Periodicity.YEAR, *YEAR),
        (D(2026, 12, 31), Periodicity.YEAR, *YEAR),
    ],
)
def test_the_period_of_a_day(day: date, periodicity: Periodicity, start: date, end: date) -> None:
    assert period_of(day, periodicity) == Period(start, end)


@pytest.mark.parametrize(
    ("since", "until", "periodicity", "starts"),
    [
        (D(2026, 1, 1), D(2026, 4, 1), Periodicity.MONTH, [1, 2, 3]),
        (D(2026, 1, 2), D(2026, 4, 1), Periodicity.MONTH, [2, 3]),
        (D(2026, 1, 1), D(2026, 3, 31), Periodicity.MONTH, [1, 2]),
        (D(2026, 1, 1), D(2027, 1, 1), Periodicity.QUARTER, [1, 4, 7, 10]),
        (D(2026, 2, 1), D(2026, 12, 31), Periodicity.QUARTER, [4, 7]),
        (D(2026, 1, 1), D(2027, 1, 1), Periodicity.YEAR, [1]),
        (D(2026, 1, 1), D(2026, 12, 31), Periodicity.YEAR, []),
    ],
)
def test_the_whole_periods_between_two_days(
    since: date, until: date, periodicity: Periodicity, starts: list[int]
) -> None:
    assert [one.start.month for one in periods(since, until, periodicity)] == starts


def test_a_period_knows_its_moments_its_last_day_and_its_end() -> None:
    march = Period(D(2026, 3, 1), D(2026, 4, 1))
    assert march.bounds(ZoneInfo("Europe/Moscow")) == (
        datetime(2026, 2, 28, 21, tzinfo=UTC),
        datetime(2026, 3, 31, 21, tzinfo=UTC),
    )
    assert march.last_day == D(2026, 3, 31)
    assert [march.closed(day) for day in (D(2026, 3, 31), D(2026, 4, 1))] == [False, True]


@pytest.mark.parametrize(
    ("period", "earlier", "a_year_ago"),
    [
        ("2026-03-01/2026-04-01", "2026-02-01/2026-03-01", "2025-03-01/2025-04-01"),
        ("2026-01-01/2026-04-01", "2025-10-01/2026-01-01", "2025-01-01/2025-04-01"),
        ("2026-01-01/2027-01-01", "2025-01-01/2026-01-01", "2025-01-01/2026-01-01"),
        ("2026-03-02/2026-03-09", "2026-02-23/2026-03-02", "2025-03-03/2025-03-10"),
        ("2026-03-05/2026-03-08", "2026-03-02/2026-03-05", "2025-03-05/2025-03-08"),
        ("2024-02-01/2024-03-01", "2024-01-01/2024-02-01", "2023-02-01/2023-03-01"),
        ("2024-02-27/2024-02-29", "2024-02-25/2024-02-27", "2023-02-27/2023-03-01"),
    ],
)
def test_what_a_period_is_compared_with(period: str, earlier: str, a_year_ago: str) -> None:
    assert previous(between(period)) == between(earlier)
    assert year_before(between(period)) == between(a_year_ago)


def between(word: str) -> Period:
    return Period(*map(date.fromisoformat, word.split("/")))


@pytest.mark.parametrize("periodicity", Periodicity)
@pytest.mark.parametrize("month", [1, 4, 6, 12])
def test_a_period_is_found_by_its_name(periodicity: Periodicity, month: int) -> None:
    period = period_of(D(2026, month, 15), periodicity)
    assert period_called(period_name(period, periodicity)) == period


@pytest.mark.parametrize("name", ["", "26", "2026-5", "2026-13", "2026-Q5", "2026-Q1 ", "1826"])
def test_whatever_else_is_no_name_of_a_period(name: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says: callers tell it themselves
        period_called(name)
