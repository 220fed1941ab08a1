"""The borders of municipalities for drawing, from the file beside a layer of law."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files
from math import cos, radians
from typing import Any

import orjson

from core.kernel.rules.passport import Municipality

FILE = "boundaries.geojson"
"""GeoJSON in EPSG:4326, a MultiPolygon for the key of a municipality; © OpenStreetMap, ODbL 1.0."""

WIDTH = 860
TILE = 80

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """The rings of a municipality, x to the east from 0 to WIDTH, y to the south from 0.

    `line` is the same as SVG has it: written once for all pictures.
    """

    rings: tuple[Ring, ...]
    line: str
    bottom: float


Shapes = Mapping[str, Shape]
"""By the key of a municipality."""


@cache
def borders_of(packages: tuple[str, ...]) -> Shapes | None:
    """The shapes of the last of these packages that has FILE; None where none has."""
    found = features_of(packages)
    return None if found is None else _projected(found)


@cache
def features_of(packages: tuple[str, ...]) -> Sequence[Mapping[str, Any]] | None:
    """The same as GeoJSON has them, the key of a municipality for an `id`."""
    for name in reversed(packages):
        if getattr(import_module(name), "__path__", None) is None:
            continue
        file = files(name) / FILE
        if file.is_file():
            found: Sequence[Mapping[str, Any]] = orjson.loads(file.read_bytes())["features"]
            return found
    return None


def tiles(places: Sequence[Municipality]) -> Shapes:
    """A square for each municipality where nobody knows the borders: north above, west first."""
    across = WIDTH // TILE
    ordered = sorted(places, key=lambda one: (-one.latitude, one.key))
    lines = [ordered[at : at + across] for at in range(0, len(ordered), across)]
    return {
        one.key: _shape((_square(column * TILE, line * TILE),))
        for line, row in enumerate(lines)
        for column, one in enumerate(sorted(row, key=lambda place: (place.longitude, place.key)))
    }


def line_of(rings: Iterable[Iterable[tuple[float, float]]]) -> str:
    """Rings as the line of a path of SVG."""
    return "".join(f"M{'L'.join(f'{x:.0f} {y:.0f}' for x, y in ring)}Z" for ring in rings)


def _shape(rings: tuple[Ring, ...]) -> Shape:
    return Shape(rings, line_of(rings), max((y for ring in rings for _, y in ring), default=0))


def _square(x: float, y: float) -> Ring:
    return ((x, y), (x + TILE, y), (x + TILE, y + TILE), (x, y + TILE))


@dataclass(frozen=True, slots=True)
class Projection:
    """Equirectangular by the middle parallel: a region is small enough. In degrees, and scale."""

    west: float
    north: float
    narrow: float
    scale: float

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point stands on the picture."""
        x = (longitude - self.west) * self.narrow * self.scale
        return x, (self.north - latitude) * self.scale


def projection(points: Sequence[tuple[float, float]]) -> Projection:
    """The one that makes these points (longitude, latitude), at least two, as wide as a picture."""
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    narrow = cos(radians((south + north) / 2))
    return Projection(west, north, narrow, WIDTH / ((east - west) * narrow))


def _projected(features: Iterable[Mapping[str, object]]) -> Shapes:
    rings = {str(one["id"]): [*rings_of(one)] for one in features}
    to = projection([point for some in rings.values() for ring in some for point in ring])
    return {
        key: _shape(tuple(tuple(to.at(x, y) for x, y in ring) for ring in some))
        for key, some in rings.items()
    }


def rings_of(feature: Mapping[str, object]) -> Iterable[Ring]:
    """The rings of a MultiPolygon, in degrees: longitude, latitude."""
    geometry = feature["geometry"]
    assert isinstance(geometry, dict)
    for polygon in geometry["coordinates"]:
        for ring in polygon:
            yield tuple((float(x), float(y)) for x, y in ring)
