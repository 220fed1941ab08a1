"""The official production calendar behind the pure rules (package `holidays`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import holidays

from core.db.cache import Memo
from core.kernel.rules.calendar import Calendar, Shift, WorkingHours
from core.law.rulebook import Rulebook

KEY = "production"
DAY = timedelta(days=1)


@dataclass(frozen=True, eq=False)
class OfficialCalendar:
    """Working days and hours by the region's law, each day by the rules in force on it.

    A day on which no `Calendar` (or no `WorkingHours`) holds is UnknownRule. Answers are kept:
    equal to itself alone, so that a deadline counted by it can be kept too.
    """

    rules: Rulebook
    _working: Memo[bool] = field(default_factory=Memo, repr=False)
    _shifts: Memo[Sequence[Shift]] = field(default_factory=Memo, repr=False)

    def is_working_day(self, day: date) -> bool:
        """Whether a local date is a working day; moved days are known."""
        return self._working.recall(day, lambda: bool(self._official(day).is_working_day(day)))

    def knows(self, year: int) -> bool:
        """Whether the year's calendar is official: its moved days are published.

        A country that moves no days has nothing to wait for.
        """
        official = self._official(date(year, 1, 1))
        if not official.has_substituted_holidays:
            return True
        label = official.substituted_label.partition("%s")[0]
        first = date(year, 1, 1)
        days = (first + DAY * number for number in range(366))
        return any((official.get(day) or "").startswith(label) for day in days if day.year == year)

    def shifts(self, day: date) -> Sequence[Shift]:
        """The working hours of a local date; the eve of a holiday is shorter."""
        return self._shifts.recall(day, lambda: self._hours(day))

    def _hours(self, day: date) -> Sequence[Shift]:
        if not self.is_working_day(day):
            return ()
        hours = self.rules.get(WorkingHours, KEY, day)
        return hours.shifts(day.weekday(), eve=is_eve(day, self._official(day)))

    def _official(self, day: date) -> holidays.HolidayBase:
        calendar = self.rules.get(Calendar, KEY, day)
        return _published(calendar.country, calendar.subdivision)


def is_eve(day: date, official: holidays.HolidayBase) -> bool:
    """Whether the working day comes right before a holiday of the statute.

    A working Saturday is worked for another day, which became a day off, and by its hours.
    """
    if not official.has_substituted_holidays:
        return day + DAY in official
    label = official.substituted_label
    worked_for = label % day.strftime(official.substituted_date_format)
    moved = next((off for off in _year(official, day) if official.get(off) == worked_for), day)
    name = official.get(moved + DAY)
    return name is not None and not name.startswith(label.partition("%s")[0])


def _year(official: holidays.HolidayBase, day: date) -> Sequence[date]:
    """The published days off of the year, asked for only where a weekend is worked."""
    return [off for off in official if off.year == day.year] if day.weekday() > 4 else ()


@cache
def _published(country: str, subdivision: str | None) -> holidays.HolidayBase:
    """Made when first asked: the package then reads the calendars of every country.

    In the country's own language, in which its labels of moved days are written.
    """
    language = holidays.country_holidays(country).default_language
    return holidays.country_holidays(country, subdiv=subdivision, language=language)
