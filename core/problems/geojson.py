"""The heat map as GeoJSON (RFC 7946): municipalities by their borders, or hexagons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from core.law.periods import Period
from core.problems.drawing import SOURCE, Place
from core.problems.hexagons import HexCell, HexMap
from core.problems.surprise import Surprise

Feature = dict[str, Any]


def of_places(
    period: Period, shown: Sequence[Place], features: Iterable[Mapping[str, Any]] | None
) -> Feature:
    """A feature for each municipality: with its border, or its centre where none is known."""
    shapes = {str(one["id"]): one["geometry"] for one in features or ()}
    every = [_place(one, shapes.get(one.municipality.key)) for one in shown]
    return _collection(period, every, source=bool(shapes))


def of_hexagons(found: HexMap) -> Feature:
    """A feature for each hexagon with any case."""
    every = [_hexagon(one) for one in found.cells]
    return {**_collection(found.period, every, source=False), "nowhere": found.nowhere}


def told(surprise: Surprise) -> dict[str, object]:
    """How surprising a cell is, as data."""
    return {
        "expected": surprise.expected,
        "chance": surprise.chance,
        "share": surprise.share,
        "surprising": surprise.out,
        "surpriseMark": surprise.mark,
    }


def _collection(period: Period, features: list[Feature], *, source: bool) -> Feature:
    days = {"since": period.start.isoformat(), "until": period.end.isoformat()}
    attribution = {"attribution": SOURCE} if source else {}
    return {"type": "FeatureCollection", **days, **attribution, "features": features}


def _place(one: Place, geometry: Mapping[str, Any] | None) -> Feature:
    place = one.municipality
    centre = {"type": "Point", "coordinates": [place.longitude, place.latitude]}
    properties = {"name": place.name, "cases": one.cases, "step": one.step, "words": one.words}
    return _feature(place.key, geometry or centre, properties)


def _hexagon(one: HexCell) -> Feature:
    ring = [[round(longitude, 6), round(latitude, 6)] for latitude, longitude in one.corners]
    geometry = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    properties = {"cases": one.cases, "step": one.surprise.step, **told(one.surprise)}
    return _feature(one.index, geometry, properties)


def _feature(key: str, geometry: Mapping[str, Any], properties: Mapping[str, object]) -> Feature:
    return {"type": "Feature", "id": key, "geometry": geometry, "properties": properties}
