"""The map as a picture: what a step is, that neighbours meet, that every place is drawn."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from xml.etree import ElementTree

import pytest

from core.kernel.region import Region
from core.kernel.rules.passport import Municipality
from core.problems.borders import WIDTH, borders_of, tiles
from core.problems.drawing import (
    SOURCE,
    WORDS,
    Look,
    bounds_of,
    drawn,
    legend,
    step_of,
    stood,
)
from tests.conftest import OpenRegion

DAY = date(2026, 3, 2)
REGIONS = ("murmansk", "kursk", "mari_el", "chelyabinsk")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
async def kursk(open_test_region: OpenRegion) -> Region:
    return await open_test_region("kursk")


def test_five_steps_of_about_as_many_places_each() -> None:
    counts = [0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 90, 100]
    bounds = bounds_of(counts)
    assert bounds == (1, 2, 4, 6, 90)
    assert [step_of(one, bounds) for one in counts] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert legend(bounds) == [
        "ни одного",
        "1",
        "от 2 до 3",
        "от 4 до 5",
        "от 6 до 89",
        "90 и больше",
    ]
    assert (bounds_of([0, 0]), legend(()), step_of(0, ())) == ((), ["ни одного"], 0)
    assert legend(bounds_of([7, 7])) == ["ни одного", "7 и больше"]


async def test_every_municipality_is_drawn_with_its_words_and_address(kursk: Region) -> None:
    places = kursk.rules.all(Municipality, DAY)
    first = places[0]
    spots = [(first.key, 3, 5), (first.key, 4, 2), (None, 9, 5), ("нет такого", 1, 5)]
    shown = stood(places, spots, Look.UNEXPECTED)
    links = {one.key: f"appeals?a=1&municipality={one.key}" for one in places}
    text = drawn("Курск <и> «область»", shown, borders_of(kursk.packages), links=links, whole=True)
    root = ElementTree.fromstring(text)
    paths = root.findall(f"{SVG}a/{SVG}path")
    assert len(paths) == len(places)
    assert paths[0].get("class") == "h5"
    title = paths[0].find(f"{SVG}title")
    assert title is not None
    assert title.text == f"{first.name}: 7 обращений, {WORDS[5]}"
    assert root.findall(f"{SVG}a")[0].get("href") == links[first.key]
    assert {path.get("class") for path in paths[1:]} == {"h0"}
    assert (root.findtext(f"{SVG}title"), root.findtext(f"{SVG}text")) == (
        "Курск <и> «область»",
        SOURCE,
    )


async def test_without_borders_there_are_tiles(kursk: Region) -> None:
    places = kursk.rules.all(Municipality, DAY)
    squares = tiles(places)
    assert len({one.rings[0][0] for one in squares.values()}) == len(places)
    assert max(x for one in squares.values() for x, _ in one.rings[0]) <= WIDTH
    text = drawn("Курск", stood(places, [], Look.MANY), None, whole=True)
    root = ElementTree.fromstring(text)
    assert len(root.findall(f"{SVG}path")) == len(places)
    assert root.find(f"{SVG}text") is None
    assert borders_of(("core", "tests.grounds.polygon")) is None


@pytest.mark.parametrize("region", REGIONS)
def test_borders_are_those_of_the_region_s_municipalities(region: str) -> None:
    """Each of the register, and neighbours share their points: no gap opens between them."""
    shapes = borders_of(("core", f"plugins.{region}"))
    assert shapes is not None
    rows = borders_keys(region)
    assert shapes.keys() == rows
    points: dict[tuple[float, float], set[str]] = {}
    for key, shape in shapes.items():
        for point in (one for ring in shape.rings for one in ring):
            points.setdefault(point, set()).add(key)
    alone = {key for key in shapes if not any(len(w) > 1 for w in points.values() if key in w)}
    assert alone == set()


def borders_keys(region: str) -> set[str]:
    """The keys in the register beside the borders."""
    lines = (files(f"plugins.{region}") / "municipalities.csv").read_text("utf-8").splitlines()
    return {line.partition(",")[0] for line in lines[1:]}
