"""A pin of a file that cannot be right is dropped, and is told why; any other stays as it is."""

from __future__ import annotations

from datetime import date

import pytest

from core.appeals.exchange.pins import Around, around, settled
from core.kernel.rules.passport import Municipality
from core.kernel.settings import Settings
from core.region.opening import rulebook_of

KURSK = Around(50.0, 53.0, 33.0, 39.0)


@pytest.mark.parametrize(
    ("latitude", "longitude", "reason"),
    [
        (51.73, 36.18, None),
        (None, None, None),
        (51.73, None, "широта и долгота указываются вместе"),
        (None, 36.18, "широта и долгота указываются вместе"),
        (0, 0, "координаты 0 и 0: источник не знал места"),
        (0, 36.18, None),
        (36.18, 51.73, "широта и долгота, похоже, поменялись местами"),
        (55.75, 37.62, None),
        (43.1, 131.9, None),
        (131.9, 43.1, "координаты вне пределов Земли"),
        (-90, 180, None),
        (90.1, 36.18, "координаты вне пределов Земли"),
        (51.73, -180.1, "координаты вне пределов Земли"),
    ],
)
def test_a_pin_is_kept_or_dropped(
    latitude: float | None, longitude: float | None, reason: str | None
) -> None:
    found = settled([51.0, latitude], [36.0, longitude], KURSK)
    kept = (None, None) if reason else (latitude, longitude)
    assert (found.latitudes, found.longitudes) == ([51.0, kept[0]], [36.0, kept[1]])
    assert found.dropped == ([(1, reason)] if reason else [])


def test_without_a_region_nothing_is_taken_for_changed_places() -> None:
    assert around([]) is None
    assert settled([36.18], [51.73], None).dropped == []


@pytest.mark.parametrize("code", ["murmansk", "kursk", "mari_el", "chelyabinsk"])
def test_each_region_lies_about_its_own_seats_and_not_the_other_way_round(code: str) -> None:
    places = rulebook_of(code, Settings()).all(Municipality, date(2026, 3, 2))
    where = around(places)
    assert where is not None
    assert all(where.has(one.latitude, one.longitude) for one in places)
    assert not any(where.has(one.longitude, one.latitude) for one in places)
