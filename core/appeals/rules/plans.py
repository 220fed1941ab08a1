"""A planned solution: a term until the day that was named, begun anew when it is put off (R56)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from core.appeals.rules.deadlines import DueDate
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.occasions import occasion


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The last second of a local day, as aware UTC."""
    return datetime.combine(day, time(23, 59, 59), zone).astimezone(UTC)


def running_plan(dues: Iterable[DueDate]) -> DueDate | None:
    """The term of what was planned and is neither done nor put off; None where none runs."""
    plans = (due for due in dues if occasion(due.rule.stops).fact is Fact.FULFILLED)
    return next((due for due in plans if due.due_at and due.stopped_at is None), None)
