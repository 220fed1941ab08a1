"""The municipalities of the four regions: keys of our own, codes with their history."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from importlib.resources import files

import orjson
import pytest

from core.kernel.region import Region
from core.kernel.rules.passport import Municipality, TerritoryCode
from core.problems.borders import FILE
from tests.regions.table import DAY

CLAUSES = {
    "murmansk": ("murmansk.513/1.3", 17, "47"),
    "kursk": ("kursk.958/post.8", 33, "38"),
    "mari_el": ("mari-el.335/post.5", 17, "88"),
    "chelyabinsk": ("chelyabinsk.641/rasp.6", 43, "75"),
}


@pytest.mark.parametrize(
    ("code", "ref", "count", "territory"),
    [
        pytest.param(code, *expected, id=code, marks=pytest.mark.clause(expected[0]))
        for code, expected in CLAUSES.items()
    ],
)
def test_every_municipality_under_a_key_that_is_no_code(
    regions: Mapping[str, Region], code: str, ref: str, count: int, territory: str
) -> None:
    places = regions[code].rules.all(Municipality, DAY)
    assert len({place.key for place in places}) == len(places) == count
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", place.key) for place in places)
    assert {place.clause.ref for place in places} == {ref}
    codes = [entry.oktmo for place in places for entry in place.codes]
    assert len(set(codes)) == len(codes)
    assert all(oktmo.startswith(territory) and len(oktmo) == 8 for oktmo in codes)


@pytest.mark.parametrize(
    "code",
    [
        pytest.param(code, id=code, marks=pytest.mark.clause(ref))
        for code, (ref, _, _) in CLAUSES.items()
    ],
)
def test_the_newest_code_says_the_kind(regions: Mapping[str, Region], code: str) -> None:
    kinds = {"5": "муниципальный округ", "6": "муниципальный район", "7": "городской округ"}
    for place in regions[code].rules.all(Municipality, DAY):
        assert place.kind == kinds[place.codes[-1].oktmo[2]]
        assert place.seat


@pytest.mark.parametrize(
    "code",
    [
        pytest.param(code, id=code, marks=pytest.mark.clause(ref))
        for code, (ref, _, _) in CLAUSES.items()
    ],
)
def test_every_seat_stands_between_the_ends_of_its_municipality(
    regions: Mapping[str, Region], code: str
) -> None:
    file = files(f"plugins.{code}") / FILE
    areas = {one["id"]: one["geometry"] for one in orjson.loads(file.read_bytes())["features"]}
    for place in regions[code].rules.all(Municipality, DAY):
        polygons = areas[place.key]["coordinates"]
        points = [point for polygon in polygons for ring in polygon for point in ring]
        for number, said in enumerate((place.longitude, place.latitude)):
            ends = [point[number] for point in points]
            assert min(ends) < said < max(ends), place.key


LETTERS = dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziyklmnoprstufye", strict=True)) | {
    "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "",
    "ю": "yu", "я": "ya", "ё": "e",
}  # fmt: skip
KINDS = ("муниципальный район", "муниципальный округ", "городской округ")
SETTLEMENTS = ("ЗАТО", "город", "поселок")
STEM = 5
"""So many letters of a town are those of the district that is called after it."""


def written_in_latin(name: str) -> str:
    """What a municipality is called, without its kind, as keys are written."""
    for kind in (*KINDS, *SETTLEMENTS):
        name = re.sub(rf"\b{kind}\b", " ", name)
    words = re.split(r"[\s-]+", name.strip().lower())
    return "-".join("".join(LETTERS[letter] for letter in word) for word in words)


@pytest.mark.parametrize(
    "code",
    [
        pytest.param(code, id=code, marks=pytest.mark.clause(ref))
        for code, (ref, _, _) in CLAUSES.items()
    ],
)
def test_a_name_is_that_of_its_key_and_says_the_kind(
    regions: Mapping[str, Region], code: str
) -> None:
    """A district under the name of its town has the town's key: «Троицкий» stands by troitsk."""
    for place in regions[code].rules.all(Municipality, DAY):
        assert [kind for kind in KINDS if kind in place.name] == [place.kind], place.key
        own, key = written_in_latin(place.name), place.key.removesuffix("-city")
        called_after = place.kind == "городской округ" and own.startswith(key[:STEM])
        assert own == key or (called_after and own.endswith("skiy")), place.name


@pytest.mark.parametrize("code", CLAUSES)
def test_one_code_a_day(regions: Mapping[str, Region], code: str) -> None:
    for place in regions[code].rules.all(Municipality, DAY):
        first, *later = place.codes
        assert first.since is None
        assert [entry.since for entry in later] == [entry.until for entry in place.codes[:-1]]
        assert place.codes[-1].until is None


@pytest.mark.parametrize(
    ("code", "key", "codes"),
    [
        ("kursk", "kursk-city", (TerritoryCode("38701000"),)),
        (
            "murmansk",
            "apatity",
            (
                TerritoryCode("47705000", until=date(2021, 1, 1)),
                TerritoryCode("47519000", since=date(2021, 1, 1)),
            ),
        ),
        (
            "mari_el",
            "sernurskiy",
            (
                TerritoryCode("88648000", until=date(2026, 7, 1)),
                TerritoryCode("88548000", since=date(2026, 7, 1)),
            ),
        ),
        ("chelyabinsk", "troitsk", (TerritoryCode("75752000"),)),
        ("chelyabinsk", "troitskiy", (TerritoryCode("75654000"),)),
    ],
)
def test_code_history(
    regions: Mapping[str, Region], code: str, key: str, codes: tuple[TerritoryCode, ...]
) -> None:
    assert regions[code].rules.get(Municipality, key, DAY).codes == codes


def test_the_code_of_a_day(regions: Mapping[str, Region]) -> None:
    place = regions["chelyabinsk"].rules.get(Municipality, "korkinskiy", DAY)
    days = (date(2022, 12, 31), date(2023, 1, 1))
    assert [place.oktmo(day) for day in days] == ["75633000", "75533000"]


def test_population_is_unknown_where_the_source_is_silent(regions: Mapping[str, Region]) -> None:
    places = regions["chelyabinsk"].rules.all(Municipality, DAY)
    unknown = {place.key for place in places if place.population is None}
    assert unknown == {"ozersk", "snezhinsk", "trekhgornyy"}
