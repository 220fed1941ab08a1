"""Lengths of time in SQL are those of Python, rounded down, on either database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import literal, select

from core.db.database import UtcDateTime
from core.db.durations import seconds_between
from core.kernel.access import system
from core.kernel.region import Region

START = datetime(2026, 1, 12, 9, 0, 9, 900_000, tzinfo=UTC)
SECOND, MICRO, DAY = timedelta(seconds=1), timedelta(microseconds=1), timedelta(days=1)


@pytest.mark.parametrize("start", [START, START.replace(microsecond=0), START + 99_999 * MICRO])
@pytest.mark.parametrize(
    "length",
    [
        timedelta(),
        MICRO,
        300_000 * MICRO,
        SECOND - MICRO,
        SECOND,
        SECOND + 600_000 * MICRO,
        30 * DAY - MICRO,
        30 * DAY,
        -MICRO,
        -SECOND,
        -SECOND - MICRO,
    ],
)
async def test_full_seconds_to_the_microsecond(
    polygon: Region, start: datetime, length: timedelta
) -> None:
    ends = (literal(moment, UtcDateTime) for moment in (start, start + length))
    async with polygon.reading(system()) as work:
        found = await work.session.scalar(select(seconds_between(*ends)))
    assert found == length // SECOND
