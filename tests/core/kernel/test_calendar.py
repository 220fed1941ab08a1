"""Counting days in the eleven zones, and the working days of the official calendar."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kernel.calendars import working_days
from core.kernel.rules.calendar import (
    Calendar,
    add_calendar_days,
    add_working_days,
    last_moment,
    local_date,
    whole_seconds,
)
from tests.core.law.samples import clause
from tests.places import SHARED

PRODUCTION_CALENDAR = SHARED / "ru_production_calendar_2019_2027.csv"
OFFICIAL = working_days(Calendar("production", clause=clause("a/1")))
ZONES = (
    "Europe/Kaliningrad",
    "Europe/Moscow",
    "Europe/Samara",
    "Asia/Yekaterinburg",
    "Asia/Omsk",
    "Asia/Krasnoyarsk",
    "Asia/Irkutsk",
    "Asia/Yakutsk",
    "Asia/Vladivostok",
    "Asia/Magadan",
    "Asia/Kamchatka",
)


@pytest.mark.parametrize("name", ZONES)
def test_a_day_of_the_region_ends_at_its_own_midnight(name: str) -> None:
    zone = ZoneInfo(name)
    day = date(2025, 12, 31)
    end = last_moment(day, zone)
    assert end.tzinfo is UTC
    assert end == datetime(2025, 12, 31, 23, 59, 59, tzinfo=zone)
    assert local_date(end, zone) == day
    assert local_date(end + timedelta(seconds=1), zone) == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 3, 2), 3, date(2026, 3, 5)),
        (date(2025, 12, 31), 3, date(2026, 1, 3)),
        (date(2026, 1, 30), 30, date(2026, 3, 1)),
        (date(2024, 2, 1), 30, date(2024, 3, 2)),
        (date(2026, 3, 6), 1, date(2026, 3, 7)),
    ],
)
@pytest.mark.clause("ru.1844/2.accelerated-resolution.deadline")
def test_calendar_days_begin_the_day_after_and_count_weekends(
    start: date, days: int, end: date
) -> None:
    assert add_calendar_days(start, days) == end


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 3, 6), 1, date(2026, 3, 10)),  # Friday before the holiday of 8 March
        (date(2025, 12, 31), 1, date(2026, 1, 12)),
        (date(2024, 11, 1), 1, date(2024, 11, 2)),  # a working Saturday
        (date(2024, 4, 26), 3, date(2024, 5, 3)),  # through 27 April, a working Saturday
        (date(2026, 3, 2), 0, date(2026, 3, 2)),
    ],
)
@pytest.mark.clause("tsur.practice/calendar")
def test_working_days_skip_holidays_and_keep_moved_saturdays(
    start: date, days: int, end: date
) -> None:
    assert add_working_days(start, days, OFFICIAL) == end


@pytest.mark.clause("tsur.practice/calendar")
@pytest.mark.skipif(
    not PRODUCTION_CALENDAR.exists(), reason="the official calendar lies outside the repository"
)
def test_the_library_agrees_with_the_official_calendar_day_by_day() -> None:
    with PRODUCTION_CALENDAR.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = [
        row["date"]
        for row in rows
        if OFFICIAL(date.fromisoformat(row["date"])) != (row["is_workday"] == "1")
    ]
    assert len(rows) == 3287
    assert wrong == []


@given(st.dates(date(2019, 1, 1), date(2026, 6, 1)), st.integers(1, 40))
def test_a_term_in_working_days_has_so_many_of_them(start: date, days: int) -> None:
    end = add_working_days(start, days, OFFICIAL)
    between = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    assert OFFICIAL(end)
    assert sum(map(OFFICIAL, between)) == days


@given(st.integers(0, 10**15), st.sampled_from(ZONES))
def test_moments_are_kept_to_the_second_in_utc(microseconds: int, zone: str) -> None:
    moment = datetime(2000, 1, 1, tzinfo=ZoneInfo(zone)) + timedelta(microseconds=microseconds)
    kept = whole_seconds(moment)
    assert kept.tzinfo is UTC
    assert kept.microsecond == 0
    assert timedelta(0) <= moment - kept < timedelta(seconds=1)
