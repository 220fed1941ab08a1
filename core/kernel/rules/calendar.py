"""The region's calendar as law: which days and which hours are working time, and its clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar, Protocol
from zoneinfo import ZoneInfo

from core.law.rule import Rule

Shift = tuple[time, time]
"""A stretch of working time in a day, from and to, by the region's clock."""

FRIDAY, SATURDAY = 4, 5


COUNTRIES = {"RU": "Российской Федерации"}
"""By their ISO codes, in the genitive."""


@dataclass(frozen=True)
class Calendar(Rule):
    """Which production calendar counts working days: ISO country and its subdivision."""

    code: ClassVar[str] = "calendar"
    heading: ClassVar[str] = "Календарь"

    country: str = "RU"
    subdivision: str | None = None

    def sentence(self) -> str:
        """What it orders, in words."""
        country = COUNTRIES.get(self.country, f"`{self.country}`")
        place = f" с днями субъекта `{self.subdivision}`" if self.subdivision else ""
        return f"рабочие дни по производственному календарю {country}{place}"


@dataclass(frozen=True)
class WorkingHours(Rule):
    """The working day by the region's clock, key `production`; a day off has none.

    `closes` holds from Monday to Thursday and on a moved working Saturday or Sunday. The eve of
    a holiday ends `eve_shorter` minutes earlier. ValueError where lunch lies outside the day.
    """

    code: ClassVar[str] = "working-hours"
    heading: ClassVar[str] = "Рабочее время"

    opens: time
    closes: time
    closes_on_friday: time
    lunch_from: time
    lunch_until: time
    eve_shorter: int = 0

    def __post_init__(self) -> None:
        """Refuse hours that are no working day: every shift must last."""
        super().__post_init__()
        for weekday in (FRIDAY, SATURDAY):
            if any(start >= end for start, end in self.shifts(weekday, eve=True)):
                raise ValueError(f"{self.key}: {self.clause.ref}: обед вне рабочего дня")

    def shifts(self, weekday: int, *, eve: bool) -> tuple[Shift, ...]:
        """Working time of a working day: `weekday` counts from 0, Monday; `eve` of a holiday."""
        closes = self.closes_on_friday if weekday == FRIDAY else self.closes
        if eve:
            moved = datetime.combine(date.min, closes) - timedelta(minutes=self.eve_shorter)
            closes = moved.time()
        return (self.opens, self.lunch_from), (self.lunch_until, closes)

    def sentence(self) -> str:
        """What it orders, in words."""
        eve = f"; накануне праздника короче на {self.eve_shorter} минут" if self.eve_shorter else ""
        return (
            f"с {self.opens:%H:%M} до {self.closes:%H:%M}, в пятницу до "
            f"{self.closes_on_friday:%H:%M}, перерыв с {self.lunch_from:%H:%M} до "
            f"{self.lunch_until:%H:%M}{eve}"
        )


class WorkingCalendar(Protocol):
    """Working time, day by day, each by the law of that day."""

    def is_working_day(self, day: date) -> bool:
        """Whether a local date is a working day by the official production calendar."""

    def shifts(self, day: date) -> Sequence[Shift]:
        """The working hours of a local date, in their order; empty on a day off."""

    def __hash__(self) -> int:
        """A calendar is kept by what was counted with it."""


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    """The calendar day on which an aware moment falls in the zone."""
    return moment.astimezone(zone).date()


def whole_seconds(moment: datetime) -> datetime:
    """An aware UTC moment cut to the second, the resolution at which the product keeps time."""
    utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return utc.replace(microsecond=0) if utc.microsecond else utc
