"""Map pins of a file: half of one, or one that cannot be where the region is, is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from core.kernel.rules.passport import Municipality

PIN = ("latitude", "longitude")
MARGIN = 1.0
"""Degrees beyond the seats of municipalities. Land may reach farther: of a pin that is told by it,
latitude and longitude would have to be a place of the region the other way round."""


@dataclass(frozen=True, slots=True)
class Around:
    """Degrees within which a region lies, and some land about it."""

    south: float
    north: float
    west: float
    east: float

    def has(self, latitude: float, longitude: float) -> bool:
        """Whether the place is there."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


class Pins(NamedTuple):
    """Pins row by row, and of those that were dropped their places in the file with the reasons."""

    latitudes: list[float | None]
    longitudes: list[float | None]
    dropped: list[tuple[int, str]]


def around(places: Iterable[Municipality]) -> Around | None:
    """Where these municipalities lie; None of none."""
    seats = [(one.latitude, one.longitude) for one in places]
    if not seats:
        return None
    (south, north), (west, east) = ((min(axis), max(axis)) for axis in zip(*seats, strict=True))
    return Around(south - MARGIN, north + MARGIN, west - MARGIN, east + MARGIN)


def settled(latitudes: Sequence[Any], longitudes: Sequence[Any], where: Around | None) -> Pins:
    """The pins that are left. One outside the region is kept: who writes may be elsewhere."""
    pins = Pins([*latitudes], [*longitudes], [*_faults(latitudes, longitudes, where)])
    for place, _ in pins.dropped:
        pins.latitudes[place] = pins.longitudes[place] = None
    return pins


def _faults(
    latitudes: Iterable[Any], longitudes: Iterable[Any], where: Around | None
) -> Iterator[tuple[int, str]]:
    for place, (latitude, longitude) in enumerate(zip(latitudes, longitudes, strict=True)):
        if latitude is None and longitude is None:
            continue
        if latitude is None or longitude is None:
            yield place, "широта и долгота указываются вместе"
        elif not latitude and not longitude:
            yield place, "координаты 0 и 0: источник не знал места"
        elif where and where.has(longitude, latitude) and not where.has(latitude, longitude):
            yield place, "широта и долгота, похоже, поменялись местами"
        elif not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            yield place, "координаты вне пределов Земли"
