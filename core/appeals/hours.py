"""The hour of the local day in which an appeal was received."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, literal

from core.appeals.model import Appeal
from core.db.database import UtcDateTime
from core.db.durations import seconds_between

DAWN, HOUR = datetime(1900, 1, 1, tzinfo=UTC), 3_600


class LocalHour(NamedTuple):
    """An hour of the day, 0..23, where clocks are so many seconds ahead of UTC.

    From each of the moments in `turns` on they are ahead otherwise; these grow.
    """

    hour: int
    ahead: int
    turns: tuple[tuple[datetime, int], ...] = ()


def received_in(hour: LocalHour) -> ColumnElement[bool]:
    """Received in this hour of the local day; no moment is before the year 1900."""
    since = literal(DAWN, UtcDateTime)
    ahead: Any = hour.ahead
    if hour.turns:
        later = [(Appeal.received_at >= turn, then) for turn, then in reversed(hour.turns)]
        ahead = case(*later, else_=hour.ahead)
    second: ColumnElement[int] = (seconds_between(since, Appeal.received_at) + ahead) % (24 * HOUR)
    return second.between(hour.hour * HOUR, hour.hour * HOUR + HOUR - 1)
