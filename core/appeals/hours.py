"""The hour of the local day in which an appeal was received."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, literal

from core.appeals.model import Appeal
from core.db.database import UtcDateTime
from core.db.durations import seconds_between

DAWN, HOUR = datetime(1900, 1, 1, tzinfo=UTC), 3_600


class Clocks(NamedTuple):
    """So many seconds ahead of UTC; from each moment in `turns` on otherwise: these grow."""

    ahead: int
    turns: tuple[tuple[datetime, int], ...] = ()


def hour_of(clocks: Clocks) -> ColumnElement[int]:
    """The hour of the day, 0..23, in which an appeal was received; none is before the year 1900."""
    since = literal(DAWN, UtcDateTime)
    ahead: Any = clocks.ahead
    if clocks.turns:
        later = [(Appeal.received_at >= turn, then) for turn, then in reversed(clocks.turns)]
        ahead = case(*later, else_=clocks.ahead)
    seconds: Any = seconds_between(since, Appeal.received_at) + ahead
    found: ColumnElement[int] = seconds % (24 * HOUR) // HOUR
    return found
