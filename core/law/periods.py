"""Calendar periods by which figures are kept: months, quarters and years of the region."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.law.russian import Code


class Periodicity(Code):
    """How long one period lasts."""

    MONTH = "month", "месяц"
    QUARTER = "quarter", "квартал"
    YEAR = "year", "год"


WEEK, YEAR_OF_WEEKS = timedelta(weeks=1), timedelta(weeks=52)
MONTHS = {Periodicity.MONTH: 1, Periodicity.QUARTER: 3, Periodicity.YEAR: 12}
NAMES = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
WRITTEN = {
    Periodicity.MONTH: re.compile(r"((?:19|20)[0-9]{2})-([0-9]{2})"),
    Periodicity.QUARTER: re.compile(r"((?:19|20)[0-9]{2})-Q([1-4])"),
    Periodicity.YEAR: re.compile(r"((?:19|20)[0-9]{2})"),
}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A calendar period: local days from `start` to the day before `end`."""

    start: date
    end: date

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Its first moment and the first moment after it, as aware UTC."""
        return midnight(self.start, zone), midnight(self.end, zone)

    @property
    def last_day(self) -> date:
        """The day before `end`."""
        return self.end - timedelta(days=1)

    def closed(self, today: date) -> bool:
        """Whether all its days have passed (R6)."""
        return self.end <= today


def period_of(day: date, periodicity: Periodicity) -> Period:
    """The period in which a local day falls."""
    months = MONTHS[periodicity]
    first = (day.month - 1) // months * months
    return Period(date(day.year, first + 1, 1), _first_day(day.year, first + months))


def period_name(period: Period, periodicity: Periodicity) -> str:
    """«2026», «2026-Q1», «2026-05»."""
    start = period.start
    match periodicity:
        case Periodicity.YEAR:
            return f"{start.year}"
        case Periodicity.QUARTER:
            return f"{start.year}-Q{(start.month - 1) // MONTHS[periodicity] + 1}"
        case Periodicity.MONTH:
            return f"{start:%Y-%m}"


def period_called(name: str, among: Collection[Periodicity] = tuple(Periodicity)) -> Period:
    """What `period_name` has written of one of these; ValueError for anything else."""
    for periodicity in among:
        form = WRITTEN[periodicity]
        if found := form.fullmatch(name):
            year, part = int(found[1]), int(found[2]) if form.groups > 1 else 1
            return period_of(date(year, MONTHS[periodicity] * (part - 1) + 1, 1), periodicity)
    raise ValueError(name)


def period_told(name: str) -> str:
    """What `period_name` has written, in words: «2026 год», «1-й квартал 2026 года», «май 2026
    года»."""
    year, _, part = name.partition("-")
    if not part:
        return f"{year} год"
    if part.startswith("Q"):
        return f"{part[1:]}-й квартал {year} года"
    return f"{NAMES[int(part) - 1]} {year} года"


def previous(period: Period) -> Period:
    """The period right before: of whole months as many months, else as many days."""
    if (months := _months(period)) is None:
        return Period(period.start - (period.end - period.start), period.start)
    return Period(_first_day(period.start.year, period.start.month - 1 - months), period.start)


def year_before(period: Period) -> Period:
    """A year earlier: whole weeks 52 weeks back, by the same days of the week; else by dates."""
    length = period.end - period.start
    if length % WEEK == timedelta() and _months(period) is None:
        return Period(period.start - YEAR_OF_WEEKS, period.end - YEAR_OF_WEEKS)
    return Period(_last_year(period.start), _last_year(period.end))


def _months(period: Period) -> int | None:
    """How many whole months it has; None where it begins or ends within one."""
    if period.start.day != 1 or period.end.day != 1:
        return None
    return _number(period.end) - _number(period.start)


def _number(day: date) -> int:
    return day.year * 12 + day.month


def _last_year(day: date) -> date:
    """The same date a year earlier; of 29 February the next day."""
    leap = (day.month, day.day) == (2, 29)
    return date(day.year - 1, 3, 1) if leap else day.replace(year=day.year - 1)


def periods(since: date, until: date, periodicity: Periodicity) -> Iterator[Period]:
    """The periods that begin on `since` or later and end on `until` or earlier, in order."""
    period = period_of(since, periodicity)
    while period.end <= until:
        if period.start >= since:
            yield period
        period = period_of(period.end, periodicity)


def _first_day(year: int, months: int) -> date:
    """The first day of the month that is so many months after January of the year."""
    return date(year + months // 12, months % 12 + 1, 1)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a local day, as aware UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)
