"""Counting days: the only place that turns a length of time into a last moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from core.law.rule import Rule

WorkingDays = Callable[[date], bool]
"""Says whether a local date is a working day by the official production calendar."""

LAST_SECOND = time(23, 59, 59)
"""Time is kept to the second, so this is the last moment of a day."""


@dataclass(frozen=True)
class Calendar(Rule):
    """Which production calendar counts working days: ISO country and its subdivision."""

    code: ClassVar[str] = "calendar"
    heading: ClassVar[str] = "Календарь"

    country: str = "RU"
    subdivision: str | None = None

    def sentence(self) -> str:
        """What it orders, in words."""
        place = self.country + (f"-{self.subdivision}" if self.subdivision else "")
        return f"рабочие дни по производственному календарю {place}"


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    """The calendar day on which an aware moment falls in the zone."""
    return moment.astimezone(zone).date()


def last_moment(day: date, zone: ZoneInfo) -> datetime:
    """The last second of a local day, as aware UTC."""
    return datetime.combine(day, LAST_SECOND, zone).astimezone(UTC)


def add_calendar_days(start: date, days: int) -> date:
    """The last day of a term: day 1 is the day after `start`, weekends count (R2)."""
    return start + timedelta(days=days)


def add_working_days(start: date, days: int, is_working_day: WorkingDays) -> date:
    """The last day of a term in working days: day 1 is the next working day (R5)."""
    day = start
    for _ in range(days):
        day += timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
    return day


def whole_seconds(moment: datetime) -> datetime:
    """An aware UTC moment cut to the second, the resolution at which the product keeps time."""
    utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return utc.replace(microsecond=0) if utc.microsecond else utc
