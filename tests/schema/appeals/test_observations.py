"""Tables of one statistic over the API: the same figures, and who may see which."""

from __future__ import annotations

from datetime import timedelta

from core.appeals.observations.published import LIST, LISTED
from tests.fixtures.clock import FrozenClock
from tests.schema.conftest import Api

DAY = timedelta(days=1)
EXACT = """query($by: [Dimension!]!, $measure: Statistic!, $f: AppealFilter) {
  appealFigures(by: $by, measure: $measure, filter: $f) { values value cases mark } }"""
OPEN = """query($by: [Dimension!]!, $since: Date!, $until: Date!) {
  publishedFigures(by: $by, measure: COUNT, since: $since, until: $until) {
    values value cases mark } }"""


async def test_exact_figures(api: Api, clock: FrozenClock) -> None:
    now, long_ago = clock(), clock() - timedelta(days=9)
    await api.take(external_id="1", received_at=long_ago, answered_at=now)
    await api.take(external_id="2", received_at=long_ago, answered_at=now - timedelta(days=6))
    await api.take(external_id="3", theme="health")
    asked = {"by": ["THEME"], "measure": "MEDIAN_DAYS"}
    data = await api.data(EXACT, "curator", **asked)
    assert data["appealFigures"] == [
        {"values": ["roads"], "value": 3.0, "cases": 2, "mark": "VALUE"},
        {"values": ["health"], "value": None, "cases": 1, "mark": "MISSING"},
    ]
    data = await api.data(EXACT, "curator", **asked, f={"theme": ["health"]})
    assert [row["values"] for row in data["appealFigures"]] == [["health"]]
    error = await api.error(EXACT, None, **asked)
    assert error["extensions"]["code"] == "UNAUTHENTICATED"


async def test_published_figures(api: Api, clock: FrozenClock) -> None:
    first = clock().replace(day=1)
    last = first - timedelta(days=1)
    month = {"since": f"{last:%Y-%m}-01", "until": f"{last:%Y-%m-%d}"}
    data = await api.data(OPEN, None, by=["THEME"], **month)
    rows = data["publishedFigures"]
    assert {"values": ["roads"], "value": None, "cases": None, "mark": "HIDDEN"} in rows
    assert {row["mark"] for row in rows} == {"HIDDEN"}
    error = await api.error(OPEN, None, by=["CHANNEL"], **month)
    assert (error["message"], error["extensions"]) == (f"{LISTED}.", {"code": "INVALID"})


async def test_two_looks_within_a_day_are_the_same_bytes(api: Api, clock: FrozenClock) -> None:
    """Before and after appeals of today, one of them received in the month that is shown."""
    then = clock().replace(day=1) - timedelta(days=10)
    month = {"since": f"{then:%Y-%m}-01", "until": f"{clock().replace(day=1) - DAY:%Y-%m-%d}"}
    for number in range(12):
        await api.take(external_id=f"т-{number}", received_at=then)
    clock.forward(days=1)

    async def looks() -> list[bytes]:
        asked = ({"by": [dimension.name for dimension in one.by], **month} for one in LIST)
        return [(await api.post(OPEN, one)).content for one in asked]

    before = await looks()
    assert b'"value":10' in before[0]
    clock.forward(hours=1)
    await api.take(external_id="сейчас")
    for number in range(5):
        await api.take(external_id=f"опоздало-{number}", received_at=then)
    assert await looks() == before
    clock.forward(days=31)
    assert b'"value":15.0,"cases":15,"mark":"REVISED"' in (await looks())[0]
