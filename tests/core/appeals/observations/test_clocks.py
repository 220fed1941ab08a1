"""When a zone's clocks were changed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from core.appeals.observations.timing import clocks
from core.law.periods import Period

ZONE = ZoneInfo("America/New_York")


def test_when_clocks_were_changed() -> None:
    winter, summer = -5 * 3600, -4 * 3600
    to_summer = datetime(2026, 3, 8, 7, tzinfo=UTC), summer
    to_winter = datetime(2026, 11, 1, 6, tzinfo=UTC), winter
    for start, end, found in (
        (date(2026, 3, 9), date(2026, 3, 20), (summer, ())),
        (date(2026, 3, 1), date(2026, 3, 20), (winter, (to_summer,))),
        (date(2026, 3, 1), date(2026, 12, 1), (winter, (to_summer, to_winter))),
        (date(2026, 11, 1), date(2026, 11, 2), (summer, (to_winter,))),
    ):
        assert clocks(Period(start, end), ZONE) == found
