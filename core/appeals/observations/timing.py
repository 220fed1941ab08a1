"""A table of one measure by when appeals came: by the hour of the day up to the year."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from core.appeals.figures.subject import Dimension
from core.appeals.hours import Clocks
from core.appeals.observations.beside import Tell
from core.appeals.observations.statistic import Statistic
from core.appeals.observations.table import Row, by_hours, first_day, table
from core.appeals.queries import AppealFilter
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.calendar import local_date
from core.kernel.work import Work
from core.law.periods import Period, Periodicity, midnight, period_name, period_of
from core.law.russian import Code
from core.shapes.figures.analysis import MOST_GROUPS

DAY, MINUTE, MOST = timedelta(days=1), timedelta(minutes=1), 400
"""Into so many stretches a period is split at the most."""


class Each(Code):
    """What of the time of receipt a table goes by."""

    HOUR = "hour", "час суток"
    DAY = "day", "день"
    WEEK = "week", "неделя"
    MONTH = "month", "месяц"
    QUARTER = "quarter", "квартал"
    YEAR = "year", "год"


CALENDAR = {
    Each.MONTH: Periodicity.MONTH,
    Each.QUARTER: Periodicity.QUARTER,
    Each.YEAR: Periodicity.YEAR,
}


async def timed(
    work: Work,
    measure: Statistic,
    by: Sequence[Dimension],
    criteria: AppealFilter,
    each: Each,
    most: int = MOST_GROUPS,
    tell: Tell | None = None,
) -> list[Row]:
    """The table of every stretch in turn, its name the last value of each row.

    Each stretch is told as `table` tells a period, a stretch before the first appeal has no data,
    and one that the criteria cut short is told as far as they go. Needs READ_APPEALS; refuses
    INVALID more than MOST stretches, TOO_MUCH more than `most` groups in one. An hour is that of
    the clocks of its day, also where they were changed meanwhile.
    """
    first = await first_day(work)
    if each is Each.HOUR:
        span = _span(work, criteria, first)
        return await _hours(work, measure, by, criteria, span, most)
    parts, found = parts_of(work, criteria, each, first), []
    for done, (name, within) in enumerate(parts):
        if tell is not None:
            await tell(done, len(parts))
        rows = await table(work, measure, by, within, most, first)
        found += [Row((*row.values, name), row.cell) for row in rows]
    return found


def parts_of(
    work: Work, criteria: AppealFilter, each: Each, first: date | None
) -> list[tuple[str, AppealFilter]]:
    """The criteria of every stretch in turn, by its name; of hours all have the whole period.

    Refuses INVALID more than MOST stretches.
    """
    if each is Each.HOUR:
        return [(f"{hour:02}", criteria) for hour in range(24)]
    found = []
    for name, part in stretches_of(_span(work, criteria, first), each):
        since, before = part.bounds(work.zone)
        within = replace(
            criteria,
            received_from=max(since, criteria.received_from or since),
            received_before=min(before, criteria.received_before or before),
        )
        found.append((name, within))
    return found


def stretches_of(span: Period, each: Each) -> list[tuple[str, Period]]:
    """All that have a day in the period, by their names; refuses INVALID more than MOST."""
    stretches = [*_stretches(span, each)]
    if len(stretches) > MOST:
        text = f"Период делится больше чем на {MOST} частей: сузьте его или возьмите части крупнее"
        raise Refusal(RefusalCode.INVALID, text)
    return stretches


async def _hours(
    work: Work,
    measure: Statistic,
    by: Sequence[Dimension],
    criteria: AppealFilter,
    span: Period,
    most: int,
) -> list[Row]:
    if span.end - span.start > MOST * DAY:
        text = f"По часам суток считают не больше {MOST} дней"
        raise Refusal(RefusalCode.INVALID, text)
    return await by_hours(work, measure, by, criteria, clocks(span, work.zone), most)


def clocks(span: Period, zone: ZoneInfo) -> Clocks:
    """How far the clocks were ahead of UTC at first, and from which moments on otherwise."""
    bounds = [midnight(span.start + n * DAY, zone) for n in range((span.end - span.start).days + 1)]
    turns = []
    for since, until in pairwise(bounds):
        if _ahead(since, zone) != _ahead(until, zone):
            minutes = range((until - since) // MINUTE + 1)
            was = _ahead(since, zone)
            turn = bisect_left(minutes, 1, key=lambda n: _ahead(since + n * MINUTE, zone) != was)
            turns.append((since + turn * MINUTE, _ahead(until, zone)))
    return Clocks(_ahead(bounds[0], zone), tuple(turns))


def _ahead(moment: datetime, zone: ZoneInfo) -> int:
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())


def _span(work: Work, criteria: AppealFilter, first: date | None) -> Period:
    """The local days of the criteria; of open ones from the first appeal to today."""
    since, before = criteria.received_from, criteria.received_before
    start = local_date(since, work.zone) if since else first or work.today
    end = work.today + DAY
    if before is not None:
        end = local_date(before - timedelta(microseconds=1), work.zone) + DAY
    return Period(start, max(start + DAY, end))


def _stretches(span: Period, each: Each) -> Iterator[tuple[str, Period]]:
    """All that have a day in the period, as far as they lie in it, each by its name."""
    day = span.start
    while day < span.end:
        name, whole = _of(day, each)
        yield name, Period(day, min(whole.end, span.end))
        day = whole.end


def _of(day: date, each: Each) -> tuple[str, Period]:
    if each is Each.DAY:
        return day.isoformat(), Period(day, day + DAY)
    if each is Each.WEEK:
        monday = day - day.weekday() * DAY
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}", Period(monday, monday + 7 * DAY)
    period = period_of(day, CALENDAR[each])
    return period_name(period, CALENDAR[each]), period
