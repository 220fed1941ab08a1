"""The last moment of a term in every unit: a table computed by hand, and what always holds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from core.shapes.deadlines.rules.counting import (
    begun_before,
    by_the_clock,
    last_moment,
    may_tell,
    reached,
)
from core.shapes.deadlines.rules.units import Season, Told, Unit, brief, spoken
from tests.fixtures.calendars import DAYS, OFFICIAL, calendar_of

C, W, H, M, WH = (
    Unit.CALENDAR_DAYS,
    Unit.WORKING_DAYS,
    Unit.HOURS,
    Unit.MINUTES,
    Unit.WORKING_HOURS,
)
MOSCOW, URALS = ZoneInfo("Europe/Moscow"), ZoneInfo("Asia/Yekaterinburg")
ZONES = (MOSCOW, URALS)
"""Kursk, Murmansk and Mari El live by the one clock, Chelyabinsk by the other; no summer time."""

TABLE = [
    # Minutes and hours: through nights, days off and years.
    ("2026-03-02 12:00", 60, M, "2026-03-02 13:00"),
    ("2026-03-02 23:30", 60, M, "2026-03-03 00:30"),
    ("2025-12-31 23:30", 60, M, "2026-01-01 00:30"),
    ("2026-03-06 16:30", 90, M, "2026-03-06 18:00"),
    ("2026-02-28 23:59:30", 1, M, "2026-03-01 00:00:30"),
    ("2026-03-02 10:15", 24, H, "2026-03-03 10:15"),
    ("2026-03-06 19:00", 24, H, "2026-03-07 19:00"),
    ("2025-12-31 12:00", 24, H, "2026-01-01 12:00"),
    ("2026-02-26 00:00", 72, H, "2026-03-01 00:00"),
    ("2024-02-28 23:30", 1, H, "2024-02-29 00:30"),
    ("2024-02-28 08:00", 48, H, "2024-03-01 08:00"),
    # Working hours of a Monday: lunch, before the day, after it, exactly at its edges.
    ("2026-03-02 09:00", 4, WH, "2026-03-02 13:00"),
    ("2026-03-02 10:00", 4, WH, "2026-03-02 14:45"),
    ("2026-03-02 10:00:30", 4, WH, "2026-03-02 14:45:30"),
    ("2026-03-02 12:30", 4, WH, "2026-03-02 17:15"),
    ("2026-03-02 13:20", 4, WH, "2026-03-02 17:45"),
    ("2026-03-02 14:00", 4, WH, "2026-03-02 18:00"),
    ("2026-03-02 15:00", 4, WH, "2026-03-03 10:00"),
    ("2026-03-02 06:00", 4, WH, "2026-03-02 13:00"),
    ("2026-03-02 20:00", 4, WH, "2026-03-03 13:00"),
    ("2026-03-02 23:59:59", 4, WH, "2026-03-03 13:00"),
    ("2026-03-02 13:00", 1, WH, "2026-03-02 14:45"),
    ("2026-03-02 13:45", 1, WH, "2026-03-02 14:45"),
    ("2026-03-02 17:00", 1, WH, "2026-03-02 18:00"),
    ("2026-03-02 18:00", 1, WH, "2026-03-03 10:00"),
    ("2026-03-02 09:00", 8, WH, "2026-03-02 17:45"),
    ("2026-03-02 09:00", 9, WH, "2026-03-03 09:45"),
    ("2026-03-02 12:00", 9, WH, "2026-03-03 12:45"),
    # Fridays end at 16:45; 8 March 2026 is a Sunday, so Monday the 9th is off.
    ("2026-03-13 16:00", 1, WH, "2026-03-16 09:15"),
    ("2026-03-06 12:00", 9, WH, "2026-03-10 14:45"),
    ("2026-03-06 15:00", 4, WH, "2026-03-10 11:15"),
    ("2026-03-07 11:00", 4, WH, "2026-03-10 13:00"),
    ("2026-03-07 11:00", 0, WH, "2026-03-10 09:00"),
    # A whole week has forty hours.
    ("2026-03-16 09:00", 40, WH, "2026-03-20 16:45"),
    ("2026-03-16 09:00", 41, WH, "2026-03-23 10:00"),
    ("2026-03-16 09:00", 80, WH, "2026-03-27 16:45"),
    # Eves end an hour earlier: 30 April, Friday 8 May, 11 June, 3 November.
    ("2026-04-30 09:00", 8, WH, "2026-05-04 09:45"),
    ("2026-04-30 14:00", 4, WH, "2026-05-04 10:00"),
    ("2026-04-30 14:00", 3, WH, "2026-04-30 17:00"),
    ("2026-05-08 12:00", 4, WH, "2026-05-12 10:00"),
    ("2026-06-10 17:00", 9, WH, "2026-06-15 09:45"),
    ("2026-11-03 16:00", 4, WH, "2026-11-05 12:00"),
    # The new year: 31 December is a moved day off in both, 9 January 2026 too.
    ("2025-12-30 16:30", 4, WH, "2026-01-12 11:30"),
    ("2026-12-30 15:00", 9, WH, "2027-01-11 15:45"),
    # Working Saturdays: one worked for the eve of 1 May, one for an ordinary Monday.
    ("2024-11-02 16:30", 1, WH, "2024-11-05 09:30"),
    ("2024-04-27 15:00", 4, WH, "2024-05-02 10:00"),
    # Working days: day 1 is the next one, whatever the hour; the last ends with its last second.
    ("2026-03-02 10:00", 7, W, "2026-03-12 23:59:59"),
    ("2026-02-18 10:00", 3, W, "2026-02-24 23:59:59"),
    ("2026-03-06 10:00", 1, W, "2026-03-10 23:59:59"),
    ("2026-03-07 10:00", 1, W, "2026-03-10 23:59:59"),
    ("2026-04-23 18:00", 9, W, "2026-05-07 23:59:59"),
    ("2025-12-30 10:00", 1, W, "2026-01-12 23:59:59"),
    ("2024-04-26 10:00", 3, W, "2024-05-03 23:59:59"),
    ("2026-03-02 23:59:59", 1, W, "2026-03-03 23:59:59"),
    ("2026-03-03 00:00", 1, W, "2026-03-04 23:59:59"),
    ("2026-06-08 09:00", 7, W, "2026-06-18 23:59:59"),
    # Calendar days: the day of the start is not counted, days off are.
    ("2026-03-02 10:00", 30, C, "2026-04-01 23:59:59"),
    ("2026-03-02 23:59:59", 30, C, "2026-04-01 23:59:59"),
    ("2026-03-03 00:00", 30, C, "2026-04-02 23:59:59"),
    ("2025-12-31 12:00", 3, C, "2026-01-03 23:59:59"),
    ("2024-02-01 12:00", 30, C, "2024-03-02 23:59:59"),
    ("2026-01-30 12:00", 30, C, "2026-03-01 23:59:59"),
    ("2026-03-06 12:00", 1, C, "2026-03-07 23:59:59"),
    ("2026-12-20 12:00", 20, C, "2027-01-09 23:59:59"),
]


def at(text: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize(("start", "length", "unit", "end"), TABLE)
@pytest.mark.clause("tsur.practice/calendar", "tsur.practice/working-hours")
def test_the_last_moment(start: str, length: int, unit: Unit, end: str, zone: ZoneInfo) -> None:
    found = last_moment(at(start, zone).astimezone(UTC), length, unit, OFFICIAL, zone)
    assert (found, found.tzinfo) == (at(end, zone), UTC)


@pytest.mark.parametrize(
    ("start", "length", "unit", "in_moscow", "in_the_urals"),
    [
        ("2026-03-02 19:30", 1, W, "2026-03-03 20:59:59", "2026-03-04 18:59:59"),
        ("2026-03-02 12:00", 4, WH, "2026-03-03 07:00", "2026-03-03 07:00"),
        ("2026-03-02 04:30", 4, WH, "2026-03-02 10:00", "2026-03-02 09:15"),
        ("2025-12-31 20:00", 3, C, "2026-01-03 20:59:59", "2026-01-04 18:59:59"),
        ("2026-03-02 12:00", 60, M, "2026-03-02 13:00", "2026-03-02 13:00"),
    ],
)
def test_one_moment_ends_by_the_clock_of_its_region(
    start: str, length: int, unit: Unit, in_moscow: str, in_the_urals: str
) -> None:
    """All in UTC: what is still the evening in Kursk is the next day in Chelyabinsk."""
    moment = datetime.fromisoformat(start).replace(tzinfo=UTC)
    found = [last_moment(moment, length, unit, OFFICIAL, zone) for zone in ZONES]
    told = [end.replace(tzinfo=None) for end in found]
    assert told == [datetime.fromisoformat(end) for end in (in_moscow, in_the_urals)]


def test_a_given_moment_is_not_counted_and_a_calendar_without_work_ends() -> None:
    start = at("2026-03-02 10:00", MOSCOW)
    with pytest.raises(ValueError, match="не считаются часами"):
        last_moment(start, 1, Unit.GIVEN, OFFICIAL, MOSCOW)

    class Idle:
        def is_working_day(self, day: date) -> bool:
            return False

        def shifts(self, day: date) -> tuple[()]:
            return ()

    for unit in (W, WH):
        with pytest.raises(ValueError, match="за 366 дней"):
            last_moment(start, 1, unit, Idle(), MOSCOW)
    with pytest.raises(ValueError, match="за 366 дней"):
        begun_before(start, 1, WH, Idle(), MOSCOW)


@pytest.mark.parametrize(
    ("now", "length", "unit", "bound"),
    [
        ("2026-03-05 10:00", 2, C, "2026-03-03 10:00"),
        ("2026-03-05 10:00", 2, H, "2026-03-05 08:00"),
        ("2026-03-05 10:00", 30, M, "2026-03-05 09:30"),
        ("2026-03-10 10:00", 2, W, "2026-03-05 00:00"),
        ("2026-03-08 10:00", 2, W, "2026-03-05 00:00"),
        ("2026-03-10 10:00", 0, W, "2026-03-10 00:00"),
        ("2026-03-03 10:00", 4, WH, "2026-03-02 15:00"),
        ("2026-03-02 14:45", 1, WH, "2026-03-02 13:00"),
        ("2026-03-10 09:30", 1, WH, "2026-03-06 16:15"),
        ("2026-05-04 09:45", 8, WH, "2026-04-29 18:00"),
    ],
)
def test_what_must_have_begun_before_to_be_over(
    now: str, length: int, unit: Unit, bound: str
) -> None:
    assert begun_before(at(now, MOSCOW), length, unit, OFFICIAL, MOSCOW) == at(bound, MOSCOW)


@pytest.mark.parametrize(
    ("now", "ahead", "unit", "due"),
    [
        ("2026-03-05 10:00", 7, C, "2026-03-12 10:00"),
        ("2026-03-05 10:00", -1, C, "2026-03-04 10:00"),
        ("2026-03-05 10:00", 0, C, "2026-03-05 10:00"),
        ("2026-03-05 10:00", 3, W, "2026-03-11 23:59:59"),
        ("2026-03-05 10:00", 0, W, "2026-03-05 23:59:59"),
        ("2026-03-10 10:00", -1, W, "2026-03-06 23:59:59"),
        ("2026-03-05 10:00", -3, H, "2026-03-05 07:00"),
        ("2026-03-05 15:00", 4, WH, "2026-03-06 10:00"),
        ("2026-03-06 10:00", -4, WH, "2026-03-05 15:00"),
        ("2026-03-06 22:00", 0, WH, "2026-03-10 09:00"),
    ],
)
def test_of_what_it_is_time_to_tell(now: str, ahead: int, unit: Unit, due: str) -> None:
    assert reached(at(now, MOSCOW), ahead, unit, OFFICIAL, MOSCOW) == at(due, MOSCOW)


def test_by_the_clock_a_calendar_day_has_24_hours() -> None:
    start = at("2026-03-05 10:00", MOSCOW)
    assert by_the_clock(start, 30, C, OFFICIAL, MOSCOW) == at("2026-04-04 10:00", MOSCOW)
    assert by_the_clock(start, 2, W, OFFICIAL, MOSCOW) == at("2026-03-10 23:59:59", MOSCOW)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-03-02 10:00", {Told.ANY_TIME, Told.WORKING_DAYS, Told.WORKING_HOURS}),
        ("2026-03-02 18:00", {Told.ANY_TIME, Told.WORKING_DAYS, Told.WORKING_HOURS}),
        ("2026-03-02 13:20", {Told.ANY_TIME, Told.WORKING_DAYS}),
        ("2026-03-02 22:00", {Told.ANY_TIME, Told.WORKING_DAYS}),
        ("2026-03-09 10:00", {Told.ANY_TIME}),
        ("2024-11-02 10:00", {Told.ANY_TIME, Told.WORKING_DAYS, Told.WORKING_HOURS}),
    ],
)
def test_when_people_are_told(now: str, told: set[Told]) -> None:
    moment = at(now, MOSCOW)
    assert {each for each in Told if may_tell(moment, each, OFFICIAL, MOSCOW)} == told


def test_who_may_be_told_at_any_time_asks_no_hours() -> None:
    assert may_tell(at("2026-03-02 10:00", MOSCOW), Told.ANY_TIME, calendar_of(DAYS), MOSCOW)


SUMMER, WINTER, DAY = Season((4, 1), (10, 31)), Season((11, 1), (3, 31)), Season((2, 29), (2, 29))


@pytest.mark.parametrize(
    ("season", "day", "holds"),
    [
        (SUMMER, date(2026, 3, 31), False),
        (SUMMER, date(2026, 4, 1), True),
        (SUMMER, date(2026, 10, 31), True),
        (SUMMER, date(2026, 11, 1), False),
        (WINTER, date(2026, 10, 31), False),
        (WINTER, date(2026, 11, 1), True),
        (WINTER, date(2026, 12, 31), True),
        (WINTER, date(2027, 1, 1), True),
        (WINTER, date(2024, 2, 29), True),
        (WINTER, date(2026, 3, 31), True),
        (WINTER, date(2026, 4, 1), False),
        (DAY, date(2024, 2, 29), True),
        (DAY, date(2024, 3, 1), False),
    ],
)
def test_the_edges_of_a_season(season: Season, day: date, holds: bool) -> None:
    assert season.holds(day) is holds


def test_how_a_length_is_said() -> None:
    assert [spoken(n, WH) for n in (1, 4, 9)] == [
        "1 рабочий час",
        "4 рабочих часа",
        "9 рабочих часов",
    ]
    assert [spoken(60, M), spoken(1, M), spoken(24, H)] == ["60 минут", "1 минута", "24 часа"]
    assert [spoken(7, W), spoken(30, C)] == ["7 рабочих дней", "30 календарных дней"]
    assert [spoken(1, W), spoken(21, C)] == ["1 рабочий день", "21 календарный день"]
    assert [brief(7, C), brief(2, W)] == ["7 дней", "2 рабочих дня"]
    assert SUMMER.label == "с 01.04 по 31.10"
