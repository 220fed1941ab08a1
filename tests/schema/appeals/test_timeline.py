"""Counts by months, weeks and days: bounds of the region's calendar, figures of the lists."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from schema.appeals.timeline import Every, stretches
from tests.schema.conftest import Api

TIMELINE = """query($every: Every!, $filter: AppealFilter) {
    appealTimeline(every: $every, by: [THEME], filter: $filter) {
        receivedFrom receivedBefore counts { total group { key } } } }"""
LIST = "query($filter: AppealFilter) { appeals(filter: $filter) { totalCount } }"
ZONE = ZoneInfo("Europe/Moscow")


@pytest.mark.parametrize(
    ("every", "bounds"),
    [
        (Every.MONTH, ["2025-12-15T00", "2025-12-31T21", "2026-01-31T21", "2026-02-10T00"]),
        (Every.WEEK, ["2025-12-15T00", "2025-12-21T21", "2025-12-28T21", "2026-01-04T21",
                      "2026-01-11T21", "2026-01-18T21", "2026-01-25T21", "2026-02-01T21",
                      "2026-02-08T21", "2026-02-10T00"]),
    ],
)  # fmt: skip
def test_stretches_follow_the_calendar(every: Every, bounds: list[str]) -> None:
    moments = [datetime.fromisoformat(f"{one}:00:00+00:00") for one in bounds]
    found = [*stretches(every, moments[0], moments[-1], ZONE)]
    assert found == [*pairwise(moments)]
    assert [*stretches(every, moments[0], moments[0], ZONE)] == []


async def test_every_stretch_counts_what_its_list_has(api: Api) -> None:
    for number, day in enumerate((1, 20, 28)):
        at = datetime(2026, 2, day, 9, tzinfo=UTC)
        await api.take(external_id=str(number), received_at=at, theme=None if day == 1 else "roads")
    wanted = {"receivedFrom": "2026-01-31T21:00:00Z", "receivedBefore": "2026-03-01T00:00:00Z"}
    for every, counts in (("MONTH", [3, 0]), ("WEEK", [1, 0, 0, 1, 1])):
        data = await api.data(TIMELINE, "curator", every=every, filter=wanted)
        told: list[Any] = data["appealTimeline"]
        totals = [sum(one["total"] for one in part["counts"]) for part in told]
        assert totals == counts
        if every == "MONTH":
            groups = {one["group"][0]["key"]: one["total"] for one in told[0]["counts"]}
            assert groups == {"roads": 2, None: 1}
        for part, total in zip(told, totals, strict=True):
            bounds = {name: part[name] for name in wanted}
            listed = await api.data(LIST, "curator", filter=bounds)
            assert listed["appeals"]["totalCount"] == total
        assert [told[0]["receivedFrom"], told[-1]["receivedBefore"]] == [*wanted.values()]


async def test_a_period_is_asked_for_and_bounded(api: Api) -> None:
    error = await api.error(TIMELINE, "curator", every="DAY")
    assert error["extensions"]["code"] == "INVALID"
    long = {"receivedFrom": "2025-01-01T00:00:00Z", "receivedBefore": "2026-01-01T00:00:00Z"}
    error = await api.error(TIMELINE, "curator", every="DAY", filter=long)
    assert error["extensions"]["code"] == "TOO_MUCH"
