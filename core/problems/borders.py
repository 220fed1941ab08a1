"""The borders of municipalities for drawing, from the file beside a layer of law."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.resources import files
from math import cos, radians

import orjson

from core.kernel.rules.passport import Municipality

FILE = "boundaries.geojson"
"""GeoJSON in EPSG:4326, a MultiPolygon for the key of a municipality; © OpenStreetMap, ODbL 1.0."""

WIDTH = 860
TILE = 80

Ring = tuple[tuple[float, float], ...]
Shapes = Mapping[str, tuple[Ring, ...]]
"""Rings by the key of a municipality, x to the east from 0 to WIDTH, y to the south from 0."""


@cache
def borders_of(packages: tuple[str, ...]) -> Shapes | None:
    """The shapes of the last of these packages that has FILE; None where none has."""
    for name in reversed(packages):
        if getattr(import_module(name), "__path__", None) is None:
            continue
        file = files(name) / FILE
        if file.is_file():
            return _projected(orjson.loads(file.read_bytes())["features"])
    return None


def tiles(places: Sequence[Municipality]) -> Shapes:
    """A square for each municipality where nobody knows the borders: north above, west first."""
    across = WIDTH // TILE
    ordered = sorted(places, key=lambda one: (-one.latitude, one.key))
    lines = [ordered[at : at + across] for at in range(0, len(ordered), across)]
    return {
        one.key: (_square(column * TILE, line * TILE),)
        for line, row in enumerate(lines)
        for column, one in enumerate(sorted(row, key=lambda place: (place.longitude, place.key)))
    }


def _square(x: float, y: float) -> Ring:
    return ((x, y), (x + TILE, y), (x + TILE, y + TILE), (x, y + TILE))


def _projected(features: Iterable[Mapping[str, object]]) -> Shapes:
    """Equirectangular by the middle parallel: a region is small enough."""
    rings = {str(one["id"]): [*_rings(one)] for one in features}
    points = [point for some in rings.values() for ring in some for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    narrow = cos(radians((south + north) / 2))
    scale = WIDTH / ((east - west) * narrow)
    return {
        key: tuple(
            tuple(((x - west) * narrow * scale, (north - y) * scale) for x, y in ring)
            for ring in some
        )
        for key, some in rings.items()
    }


def _rings(feature: Mapping[str, object]) -> Iterable[Ring]:
    geometry = feature["geometry"]
    assert isinstance(geometry, dict)
    for polygon in geometry["coordinates"]:
        for ring in polygon:
            yield tuple((float(x), float(y)) for x, y in ring)
