"""Counting time: the only place that turns a length into a moment.

Days are counted by the law's way (the day of the start is not counted, the last one counts to its
last second), hours and minutes from the moment of the start through the nights, working hours
inside working time alone. Moments are aware UTC, kept to the second; the last one is in time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.kernel.rules.calendar import WorkingCalendar, local_date
from core.shapes.deadlines.rules.units import Told, Unit

LAST_SECOND = time(23, 59, 59)
"""Time is kept to the second, so this is the last moment of a day."""

DAY = timedelta(days=1)
LONGEST_REST = 366
"""Days without working time in which a calendar says nothing useful; counting on would not end."""

Stretch = tuple[datetime, datetime]


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The last second of a local day, as aware UTC."""
    return _moment(day, LAST_SECOND, zone)


def add_calendar_days(start: date, days: int) -> date:
    """The last day of a term: day 1 is the day after `start`, weekends count (R2)."""
    return start + timedelta(days=days)


def add_working_days(start: date, days: int, calendar: WorkingCalendar) -> date:
    """The last day of a term in working days: day 1 is the next working day (R5).

    A negative number goes back by so many working days.
    """
    day = start
    for _ in range(abs(days)):
        day = _next_working(day, DAY if days > 0 else -DAY, calendar)
    return day


def last_moment(
    start: datetime, length: int, unit: Unit, calendar: WorkingCalendar, zone: ZoneInfo
) -> datetime:
    """The last moment of a term that begins at `start`, aware UTC; `length` is 0 or more.

    Working hours that begin outside working time begin with the next of it. ValueError for
    `Unit.GIVEN`, which has no length, and for a calendar without working time in a year.
    """
    if unit is Unit.CALENDAR_DAYS:
        return end_of_day(add_calendar_days(local_date(start, zone), length), zone)
    if unit is Unit.WORKING_DAYS:
        return end_of_day(add_working_days(local_date(start, zone), length, calendar), zone)
    if unit is Unit.WORKING_HOURS:
        return _after_working_hours(start, timedelta(hours=length), calendar, zone)
    return start + span(length, unit)


def begun_before(
    now: datetime, length: int, unit: Unit, calendar: WorkingCalendar, zone: ZoneInfo
) -> datetime:
    """The moment before which a term must have begun to be over at `now`; itself excluded.

    The reverse of `last_moment` for a whole table at once, but that calendar days are counted
    by the clock, 24 hours each.
    """
    if unit is Unit.WORKING_DAYS:
        return _moment(add_working_days(local_date(now, zone), -length, calendar), time(), zone)
    if unit is Unit.WORKING_HOURS:
        return _before_working_hours(now, timedelta(hours=length), calendar, zone)
    return now - span(length, unit)


def by_the_clock(
    start: datetime, length: int, unit: Unit, calendar: WorkingCalendar, zone: ZoneInfo
) -> datetime:
    """Like `last_moment`, but calendar days are 24 hours each, from the moment itself.

    A rung of the ladder, a survey's link and the window of a dispute are counted so.
    """
    if unit is Unit.CALENDAR_DAYS:
        return start + span(length, unit)
    return last_moment(start, length, unit, calendar, zone)


def reached(
    now: datetime, ahead: int, unit: Unit, calendar: WorkingCalendar, zone: ZoneInfo
) -> datetime:
    """The latest due moment of which it is time to tell at `now`: `ahead` before it is due.

    A negative `ahead` is after it: that much has then passed since the due moment. Working days
    are counted from day to day, so all that is due on the last of them is told of together.
    """
    if unit is Unit.WORKING_DAYS:
        return end_of_day(add_working_days(local_date(now, zone), ahead, calendar), zone)
    if unit is Unit.WORKING_HOURS and ahead < 0:
        return _before_working_hours(now, timedelta(hours=-ahead), calendar, zone)
    if unit is Unit.WORKING_HOURS:
        return _after_working_hours(now, timedelta(hours=ahead), calendar, zone)
    return now + span(ahead, unit)


def may_tell(now: datetime, told: Told, calendar: WorkingCalendar, zone: ZoneInfo) -> bool:
    """Whether people are told at this moment: at any, on a working day, in working hours."""
    day = local_date(now, zone)
    if told is Told.ANY_TIME:
        return True
    if told is Told.WORKING_DAYS:
        return calendar.is_working_day(day)
    return any(opens <= now <= closes for opens, closes in _stretches(day, calendar, zone))


def is_eve(day: date, calendar: WorkingCalendar) -> bool:
    """Whether a local date is the last working day before a day off."""
    return calendar.is_working_day(day) and not calendar.is_working_day(day + DAY)


def span(length: int, unit: Unit) -> timedelta:
    """The length by the clock, whatever the calendar says; ValueError where it has none."""
    spans: dict[Unit, Callable[[int], timedelta]] = {
        Unit.CALENDAR_DAYS: lambda number: timedelta(days=number),
        Unit.HOURS: lambda number: timedelta(hours=number),
        Unit.MINUTES: lambda number: timedelta(minutes=number),
    }
    if unit not in spans:
        raise ValueError(f"{unit.value} не считаются часами подряд")
    return spans[unit](length)


def _next_working(day: date, step: timedelta, calendar: WorkingCalendar) -> date:
    for _ in range(LONGEST_REST):
        day += step
        if calendar.is_working_day(day):
            return day
    raise ValueError(f"за {LONGEST_REST} дней у {day.isoformat()} нет рабочего дня")


def _after_working_hours(
    start: datetime, left: timedelta, calendar: WorkingCalendar, zone: ZoneInfo
) -> datetime:
    """What ends with a shift ends then, not with the beginning of the next one."""
    for opens, closes in _forward(local_date(start, zone), calendar, zone):
        if closes < start:
            continue
        begins = max(start, opens)
        if left <= closes - begins:
            return begins + left
        left -= closes - begins
    raise ValueError(f"за {LONGEST_REST} дней после {start.isoformat()} не хватает рабочих часов")


def _before_working_hours(
    now: datetime, left: timedelta, calendar: WorkingCalendar, zone: ZoneInfo
) -> datetime:
    for opens, closes in _backward(local_date(now, zone), calendar, zone):
        if opens > now:
            continue
        ends = min(now, closes)
        if left < ends - opens:
            return ends - left
        left -= ends - opens
    raise ValueError(f"за {LONGEST_REST} дней до {now.isoformat()} не хватает рабочих часов")


def _forward(day: date, calendar: WorkingCalendar, zone: ZoneInfo) -> Iterator[Stretch]:
    for number in range(LONGEST_REST):
        yield from _stretches(day + number * DAY, calendar, zone)


def _backward(day: date, calendar: WorkingCalendar, zone: ZoneInfo) -> Iterator[Stretch]:
    for number in range(LONGEST_REST):
        yield from reversed(_stretches(day - number * DAY, calendar, zone))


def _stretches(day: date, calendar: WorkingCalendar, zone: ZoneInfo) -> list[Stretch]:
    """The shifts of a local day as aware UTC moments."""
    return [
        (_moment(day, opens, zone), _moment(day, closes, zone))
        for opens, closes in calendar.shifts(day)
    ]


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)
