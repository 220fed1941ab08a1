"""When people write: by the day of the week, the hour and the month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

HALF_YEAR = timedelta(days=182)
WEEKDAYS = (1.15, 1.1, 1.05, 1.0, 0.95, 0.5, 0.4)
MONTHS: Mapping[str, tuple[float, ...]] = {
    "housing": (1.5, 1.4, 1.1, 0.9, 0.7, 0.6, 0.6, 0.7, 1.0, 1.5, 1.3, 1.4),
    "roads": (1.2, 1.3, 1.6, 1.7, 1.2, 0.9, 0.8, 0.8, 0.8, 0.8, 0.9, 1.2),
    "landscaping": (0.7, 0.7, 0.9, 1.3, 1.4, 1.4, 1.3, 1.2, 1.0, 0.9, 0.7, 0.7),
    "solid-waste": (1.1, 0.8, 0.9, 1.1, 1.2, 1.2, 1.2, 1.1, 1.0, 0.9, 0.8, 0.8),
    "health": (1.3, 1.4, 1.2, 1.0, 0.8, 0.7, 0.7, 0.7, 0.9, 1.1, 1.1, 1.2),
    "education": (0.9, 0.9, 0.9, 1.0, 1.1, 0.9, 0.7, 1.4, 1.7, 1.0, 0.9, 0.8),
    "transport": (1.2, 1.2, 1.0, 1.0, 1.0, 0.9, 0.8, 0.9, 1.1, 1.0, 1.0, 1.2),
    "energy": (1.4, 1.3, 1.0, 0.8, 0.8, 0.9, 1.0, 0.9, 0.8, 0.9, 1.1, 1.4),
}
"""By theme, January first; a theme that is not here is the same all year."""


def arrivals(
    rng: Random, number: int, until: datetime, zone: ZoneInfo, span: timedelta = HALF_YEAR
) -> list[datetime]:
    """So many moments of this time before `until`, in their order; aware UTC."""
    last = until.astimezone(zone).date()
    days = [last - timedelta(days=ago) for ago in range(span.days)]
    weights = [WEEKDAYS[day.weekday()] for day in days]
    moments = (_moment(rng, day, zone) for day in rng.choices(days, weights, k=number))
    latest = until - timedelta(minutes=5)
    return sorted(min(moment, latest) for moment in moments)


def season(moment: datetime) -> Mapping[str, float]:
    """How much more than in the year each theme is written about in this month."""
    return {theme: months[moment.month - 1] for theme, months in MONTHS.items()}


def office(rng: Random, moment: datetime, zone: ZoneInfo) -> datetime:
    """The same day or the next Monday, at a time when officials work; never before `moment`."""
    local = moment.astimezone(zone)
    day = local.date() + timedelta(days=max(0, 7 - local.weekday()) if local.weekday() > 4 else 0)
    opened = datetime.combine(day, time(9), zone) + timedelta(minutes=rng.randrange(8 * 60))
    return max(opened.astimezone(UTC), moment)


def _moment(rng: Random, day: date, zone: ZoneInfo) -> datetime:
    seconds = int(rng.triangular(6, 23.9, 12) * 3600)
    return datetime.combine(day, time(), zone).astimezone(UTC) + timedelta(seconds=seconds)
