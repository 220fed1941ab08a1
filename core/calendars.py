"""The official production calendar behind the pure rules (package `holidays`)."""

from __future__ import annotations

from datetime import date

import holidays

from core.rules.calendar import Calendar, WorkingDays


def working_days(calendar: Calendar) -> WorkingDays:
    """Whether a date is a working day; its `is_working_day` knows the moved days."""
    official = holidays.country_holidays(calendar.country, subdiv=calendar.subdivision)

    def is_working_day(day: date) -> bool:
        return bool(official.is_working_day(day))

    return is_working_day
