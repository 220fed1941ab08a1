"""Which days are looked at: a week, a month, a quarter, a year, or from one day to another."""

from __future__ import annotations

import re
from datetime import date, timedelta

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.law.periods import Period, period_called

WEEK, LONGEST = timedelta(days=7), timedelta(days=366)
WRONG = (
    "Период пишется как 2026-W14 (неделя), 2026-03, 2026-Q1, 2026"
    " или 2026-03-02/2026-03-08 (не больше года)"
)


def period_as(word: str) -> Period:
    """The period of the word; refuses INVALID what is written otherwise."""
    try:
        return _read(word)
    except ValueError as error:
        raise Refusal(RefusalCode.INVALID, f"{WRONG}, а не «{word[:40]}»") from error


def days_of(word: str) -> str:
    """«с 16.11.2026 по 22.11.2026 включительно»: the period of the word as people read it."""
    period = period_as(word)
    return f"с {period.start:%d.%m.%Y} по {period.last_day:%d.%m.%Y} включительно"


def week_before(today: date) -> str:
    """The last week from Monday to Sunday that has passed, as it is written."""
    year, week, _ = (today - WEEK).isocalendar()
    return f"{year}-W{week:02}"


def _read(word: str) -> Period:
    if found := re.fullmatch(r"((?:19|20)[0-9]{2})-W([0-9]{2})", word):
        first = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return Period(first, first + WEEK)
    if "/" not in word:
        return period_called(word)
    if not re.fullmatch(r"(?:19|20)[0-9]{2}-[0-9-]{5}/(?:19|20)[0-9]{2}-[0-9-]{5}", word):
        raise ValueError(word)
    since, _, until = word.partition("/")
    days = Period(date.fromisoformat(since), date.fromisoformat(until) + timedelta(days=1))
    if not timedelta(0) < days.end - days.start <= LONGEST:
        raise ValueError(word)
    return days
