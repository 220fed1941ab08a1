"""The heat map by hexagons: where a case is, what is no place, what stands out, who sees what."""

from __future__ import annotations

import csv
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import h3  # type: ignore[import-untyped]
import pytest

from core.kernel.access import ANONYMOUS, system
from core.kernel.errors import Refusal
from core.problems import hexagons
from core.problems.borders import features_of
from core.problems.drawing import SOURCE, Hexagon, Look, drawn_hexagons
from core.problems.geojson import of_hexagons
from core.problems.hexagons import HexMap, Located, hexagon_map, no_places
from tests.conftest import OpenRegion
from tests.core.indicators.cases import Cases
from tests.core.problems.test_heat import MONDAY, PERIOD, PLACE, WEEK, folded, official
from tests.fixtures.clock import FrozenClock

pytestmark = pytest.mark.bare_rows
HERE, FAR = (51.73, 36.19), (52.1, 35.4)
BOSTON = os.environ.get("TSUR_TEST_BOSTON")


@pytest.fixture
async def cases(open_test_region: OpenRegion, clock: FrozenClock) -> Cases:
    clock.at(2026, 4, 1)
    return Cases(await open_test_region("kursk"))


def at(point: tuple[float, float]) -> dict[str, Any]:
    return {"latitude": point[0], "longitude": point[1]}


async def mapped(cases: Cases, **asked: Any) -> HexMap:
    async with cases.region.reading(system()) as work:
        return await hexagon_map(work, PERIOD, **asked)


@pytest.mark.clause("ru.1844/2.heat-map", "ru.1844/2.heat-map.1")
async def test_a_hot_hexagon_stands_out(cases: Cases) -> None:
    before = {MONDAY - WEEK * week: 1 for week in range(1, 20)}
    await cases.spread(before, municipality=PLACE, **at(FAR))
    await cases.received(12, on=MONDAY, municipality=PLACE, **at(HERE))
    await cases.received(1, on=MONDAY, municipality=PLACE, **at(FAR))
    await cases.received(2, on=MONDAY, municipality=PLACE)
    await cases.received(3, on=MONDAY, theme="health", municipality=PLACE, **at(HERE))
    await folded(cases)
    found = await mapped(cases)
    hot, usual = found.cells
    assert (hot.index, hot.cases) == (h3.latlng_to_cell(*HERE, 6), 15)
    assert (usual.index, usual.cases) == (h3.latlng_to_cell(*FAR, 6), 1)
    assert (hot.surprise.out, usual.surprise.out) == (True, False)
    assert (found.nowhere, found.years, found.resolution) == (2, 0, 6)
    (one,) = (await mapped(cases, theme="health", resolution=8)).cells
    assert (one.index, one.cases) == (h3.latlng_to_cell(*HERE, 8), 3)
    features = of_hexagons(found)["features"]
    assert [one["id"] for one in features] == [hot.index, usual.index]
    ring = features[0]["geometry"]["coordinates"][0]
    assert (len(ring), ring[0]) == (7, ring[-1])
    assert features[0]["properties"]["cases"] == 15


async def test_who_sees_what_and_what_is_refused(
    cases: Cases, monkeypatch: pytest.MonkeyPatch
) -> None:
    await cases.received(2, on=MONDAY, municipality=PLACE, **at(HERE))
    await cases.received(4, on=MONDAY, municipality="belovskiy", **at(FAR))
    await folded(cases)
    async with cases.region.reading(official(municipalities=frozenset({PLACE}))) as work:
        assert [one.cases for one in (await hexagon_map(work, PERIOD)).cells] == [2]
    monkeypatch.setattr(hexagons, "MOST_ROWS", 5)
    odd: list[tuple[dict[str, Any], str]] = [({}, "TOO_MUCH"), ({"resolution": 9}, "INVALID")]
    for asked, code in odd:
        with pytest.raises(Refusal) as refused:
            await mapped(cases, **asked)
        assert refused.value.code == code
    with pytest.raises(Refusal) as refused:
        async with cases.region.reading(ANONYMOUS) as work:
            await hexagon_map(work, PERIOD)
    assert refused.value.code == "UNAUTHENTICATED"


async def test_hexagons_are_drawn_over_the_borders(cases: Cases) -> None:
    await cases.received(2, on=MONDAY, municipality=PLACE, **at(HERE))
    found = await mapped(cases)
    features = features_of(cases.region.packages)
    for some, source in ((features, True), (None, False)):
        shapes = [Hexagon(one.corners, one.cases, one.surprise.step) for one in found.cells]
        text = drawn_hexagons("Курск <и>", shapes, some, Look.MANY, whole=True)
        root = ElementTree.fromstring(text)
        paths = [one for one in root if one.tag.endswith("}path")]
        assert [one.attrib["class"] for one in paths] == ["h1 comb"]
        assert [one[0].text for one in paths] == ["2 обращения, 2 и больше"]
        assert (SOURCE in text) is source
    assert "<path d=" not in drawn_hexagons("Пусто", (), None, Look.MANY)


def test_a_point_with_everything_is_no_place() -> None:
    """Twenty cases of one theme at one house are a hot spot; of all themes, a default."""
    moment = datetime(2026, 3, 2, tzinfo=UTC)
    themes = ("roads", "health", "ecology", "housing")
    spread = [Located(moment, "roads", 51 + n / 100, 36.0) for n in range(60)]
    default = [Located(moment, themes[n % 4], *HERE) for n in range(20)]
    house = [Located(moment, "housing", *FAR) for _ in range(30)]
    assert no_places([*spread, *default, *house]) == {HERE}
    assert no_places([*spread, *default[1:], *house]) == frozenset()
    assert no_places([Located(moment, None, None, None)] * 30) == frozenset()


@pytest.mark.skipif(BOSTON is None, reason="TSUR_TEST_BOSTON names no file")
def test_the_default_point_of_a_city_is_no_place() -> None:
    with Path(BOSTON or "").open(encoding="utf-8", newline="") as file:
        rows = [
            Located(
                datetime(2011, 7, 1, tzinfo=UTC),
                one["type"],
                float(one["latitude"]) if one["latitude"] else None,
                float(one["longitude"]) if one["longitude"] else None,
            )
            for one in csv.DictReader(file)
        ]
    assert no_places(rows) == {(42.359, -71.059)}
