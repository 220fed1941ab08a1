"""The official production calendar behind the pure rules (package `holidays`)."""

from __future__ import annotations

from datetime import date
from functools import cache

import holidays

from core.kernel.rules.calendar import Calendar, WorkingDays


def working_days(calendar: Calendar) -> WorkingDays:
    """Whether a date is a working day; its `is_working_day` knows the moved days."""

    def is_working_day(day: date) -> bool:
        return bool(_official(calendar.country, calendar.subdivision).is_working_day(day))

    return is_working_day


@cache
def _official(country: str, subdivision: str | None) -> holidays.HolidayBase:
    """Made when first asked: the package then reads the calendars of every country."""
    return holidays.country_holidays(country, subdiv=subdivision)
