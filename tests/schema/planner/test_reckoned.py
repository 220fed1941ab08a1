"""What a resolver reckons is written by a plan, in the same bytes as graphql-core writes it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from schema.planner.run import Executor, Way
from tests.fixtures.clock import FrozenClock
from tests.schema.conftest import Api
from tests.schema.planner.conftest import Ways

RECKONED = (
    "heatMap(period: %s) { since years cells { theme { key name } municipality { key oktmo }"
    " cases mark expected chance share unexpected step } }",
    "heatHexagons(period: %s) { nowhere cells { index corners { latitude } cases expected step } }",
    "appealCut(measure: ON_TIME_SHARE, by: [THEME, BODY, BLOCK], period: %s)"
    " { periods { since receivedFrom } rows { group { dimension key name }"
    " cells { value { exact } cases mark } } total { cells { cases } } }",
    "appealFigures(measure: MEAN_DAYS, by: [CHANNEL]) { values value cases mark }"
    " heatMap(period: %s) { cells { theme { name clause { ref } } cases } }",
)


@pytest.mark.parametrize("text", RECKONED)
async def test_both_executors_write_the_same(
    api: Api, ways: Ways, monkeypatch: pytest.MonkeyPatch, clock: FrozenClock, text: str
) -> None:
    for number in range(6):
        then, place = clock() - timedelta(days=3), {"latitude": 51.7, "longitude": 36.2}
        await api.take(external_id=str(number), received_at=then, **place)
    query = "{ " + text.replace("%s", '"2026"') + " }"
    planned = await api.post(query, role="curator")
    assert ways == [(Way.PLANNED, None)]
    monkeypatch.setattr(Executor, "answer", Executor.run)
    assert (await api.post(query, role="curator")).content == planned.content
    assert b'"cases":' in planned.content
