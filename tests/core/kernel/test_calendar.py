"""Counting days in the eleven zones, and the working days of the official calendar."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kernel.rules.calendar import Calendar, local_date, whole_seconds
from core.law.rulebook import UnknownRule
from core.shapes.deadlines.rules.counting import add_calendar_days, add_working_days, end_of_day
from tests.core.law.samples import clause
from tests.fixtures.calendars import DAYS, HOURS, OFFICIAL, calendar_of
from tests.places import SHARED

PRODUCTION_CALENDAR = SHARED / "ru_production_calendar_2019_2027.csv"
DECREED = ("2020-04-30", "2020-05-08", "2021-11-03")
"""Days of a non-working week that a decree gave: eves by the statute, but nobody worked."""
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
    end = end_of_day(day, zone)
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
        if OFFICIAL.is_working_day(date.fromisoformat(row["date"])) != (row["is_workday"] == "1")
    ]
    assert len(rows) == 3287
    assert wrong == []


@pytest.mark.clause("tsur.practice/working-hours")
@pytest.mark.skipif(
    not PRODUCTION_CALENDAR.exists(), reason="the official calendar lies outside the repository"
)
def test_the_eves_are_the_short_days_of_the_official_calendar() -> None:
    with PRODUCTION_CALENDAR.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["is_short_day"]]
    wrong = [
        row["date"]
        for row in rows
        if shortened(date.fromisoformat(row["date"])) != (row["is_short_day"] == "1")
    ]
    assert len(rows) == 2922
    assert wrong == list(DECREED)


def shortened(day: date) -> bool:
    """Whether a working day ends an hour before its time."""
    shifts = OFFICIAL.shifts(day)
    return bool(shifts) and shifts != HOURS.shifts(day.weekday(), eve=False)


@pytest.mark.parametrize(
    ("day", "shifts"),
    [
        (date(2026, 3, 2), ["09:00-13:00", "13:45-18:00"]),
        (date(2026, 3, 6), ["09:00-13:00", "13:45-16:45"]),  # a Friday; the holiday is a Sunday
        (date(2026, 4, 30), ["09:00-13:00", "13:45-17:00"]),  # a Thursday before 1 May
        (date(2026, 5, 8), ["09:00-13:00", "13:45-15:45"]),  # a Friday before 9 May
        (date(2026, 5, 9), []),
        (date(2024, 4, 27), ["09:00-13:00", "13:45-18:00"]),  # a working Saturday
        (date(2024, 11, 2), ["09:00-13:00", "13:45-17:00"]),  # worked for the eve of 1 May
        (date(2026, 12, 30), ["09:00-13:00", "13:45-18:00"]),  # before a moved day off
    ],
)
@pytest.mark.clause("tsur.practice/working-hours")
def test_the_hours_of_a_day(day: date, shifts: list[str]) -> None:
    assert [f"{start:%H:%M}-{end:%H:%M}" for start, end in OFFICIAL.shifts(day)] == shifts


@pytest.mark.clause("tsur.practice/calendar")
def test_each_day_is_looked_up_in_the_law_of_that_day() -> None:
    """From 2025 on another country's calendar and later hours; days of before are as then."""
    turn = date(2025, 1, 1)
    other = Calendar("production", "KZ", clause=clause("a/1"), since=turn)
    late = replace(HOURS, opens=time(10), since=turn)
    calendar = calendar_of(replace(DAYS, until=turn), other, replace(HOURS, until=turn), late)
    found = [calendar.is_working_day(date(year, 1, 8)) for year in (2024, 2025)]
    assert found == [False, True]
    assert [calendar.shifts(date(year, 3, 4))[0][0].hour for year in (2024, 2025)] == [9, 10]
    with pytest.raises(UnknownRule):
        calendar_of(DAYS).shifts(date(2026, 3, 2))


def test_a_lunch_outside_the_day_is_no_law() -> None:
    with pytest.raises(ValueError, match="обед вне рабочего дня"):
        replace(HOURS, closes_on_friday=time(14, 30))


@given(st.dates(date(2019, 1, 1), date(2026, 6, 1)), st.integers(1, 40))
def test_a_term_in_working_days_has_so_many_of_them(start: date, days: int) -> None:
    end = add_working_days(start, days, OFFICIAL)
    between = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    assert OFFICIAL.is_working_day(end)
    assert sum(map(OFFICIAL.is_working_day, between)) == days


@given(st.integers(0, 10**15), st.sampled_from(ZONES))
def test_moments_are_kept_to_the_second_in_utc(microseconds: int, zone: str) -> None:
    moment = datetime(2000, 1, 1, tzinfo=ZoneInfo(zone)) + timedelta(microseconds=microseconds)
    kept = whole_seconds(moment)
    assert kept.tzinfo is UTC
    assert kept.microsecond == 0
    assert timedelta(0) <= moment - kept < timedelta(seconds=1)
