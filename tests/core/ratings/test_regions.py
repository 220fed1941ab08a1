"""Regions rated by the three shared criteria, out of what each hands over."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import orjson
import pytest
from sqlalchemy import update

from core.appeals.model import Appeal
from core.kernel.errors import Refusal
from core.law.periods import Period
from core.ratings.data import as_data
from core.ratings.quarter import before, quarter_of
from core.ratings.regions import (
    METHOD,
    Tally,
    judged_by,
    rate_regions,
    tally,
    tally_as_data,
    tally_of,
)
from core.ratings.rules import RatingMethod
from core.ratings.scoring import Seen
from tests.core.ratings.conftest import FIRST, Centre
from tests.core.ratings.test_scoring import BOTH
from tests.core.ratings.volume import MINIMUM

pytestmark = pytest.mark.bare_rows
SHARED = replace(BOTH, key=METHOD)


def handed(region: str, good: int, bad: int, *, of: Period = FIRST) -> Tally:
    counted = {Seen(3, merits=True): good, Seen(): bad}
    return Tally(region, region.title(), judged_by(SHARED), {of: counted})


@pytest.mark.clause("ru.1844/8.ж")
async def test_a_region_hands_over_each_case_once(centre: Centre) -> None:
    """Of two bodies the cases together; outside the federal view and unripe ones none."""
    async with centre.region.database.writing() as session:
        out = update(Appeal).where(Appeal.number == "ministry-01-0").values(in_federal_view=False)
        await session.execute(out)
    async with centre.region.reading(centre.curator) as work:
        told = await tally(work, FIRST)
        method = work.rules.get(RatingMethod, METHOD, FIRST.last_day)
    good, late = Seen(10, merits=True), Seen(50, merits=True)
    assert told.quarters[FIRST] == {good: MINIMUM - 1 + 31, late: MINIMUM - 31}
    data = orjson.loads(orjson.dumps(tally_as_data(told)))
    assert data["quarters"]["2026-Q1"] == [
        [10, True, False, MINIMUM + 30],
        [50, True, False, MINIMUM - 31],
    ]
    assert tally_of(data) == replace(told, quarters={k: dict(v) for k, v in told.quarters.items()})
    other = replace(told, region="other", name="Другой", quarters={FIRST: {late: 400}})
    found = rate_regions(method, [told, other])
    assert [(one.name, one.sums.mean) for one in found.entries] == [
        ("Полигон", Fraction(100 * (MINIMUM + 30) + 50 * 62, 185)),
        ("Другой", Fraction(50)),
    ]
    assert as_data(found)["clause"] == "ru.1844/8.ж"
    refused = await centre.refused(centre.own, lambda work: tally(work, FIRST))
    assert refused[0] == "FORBIDDEN"


def test_hours_are_handed_over_where_the_criteria_count_by_them() -> None:
    counted = {Seen(1, merits=True, hours=hours): 5 for hours in (24, 30, 48)} | {Seen(): 2}
    quarters = {FIRST: counted}
    for _ in range(4):
        quarters[before(min(quarters))] = {}
    told = Tally("far", "Far", judged_by(SHARED), quarters)
    data = orjson.loads(orjson.dumps(tally_as_data(told)))
    assert data["quarters"]["2026-Q1"][0] == [1, True, False, 24, 5]
    assert tally_of(data) == told
    for wrong in (23, 49, "24"):
        data["quarters"]["2026-Q1"][0][3] = wrong
        with pytest.raises(Refusal, match="не свод региона"):
            tally_of(data)


@pytest.mark.clause("ru.1844/8.ж")
def test_regions_are_rated_by_the_scoring_of_bodies() -> None:
    found = rate_regions(SHARED, [handed("far", 90, 10), handed("near", 10, 90)])
    assert [(one.subject.body, one.places and one.places.best) for one in found.entries] == [
        ("far", 1),
        ("near", 2),
    ]
    assert found.method.name == "Рейтинг центров управления регионов"


@pytest.mark.parametrize(
    ("tallies", "code", "text"),
    [
        ([], "INVALID", "Своды не за один квартал: ни одного"),
        ([handed("a", 90, 10), handed("b", 90, 10, of=quarter_of("2025-Q4"))], "INVALID",
         "Своды не за один квартал: 2025-Q4, 2026-Q1"),
        ([handed("a", 90, 10), handed("a", 90, 10)], "INVALID", "Свод дан дважды: a"),
        ([handed("a", 90, 10), replace(handed("b", 9, 1), judged=[["time"]])], "INVALID",
         "Своды посчитаны по разным критериям или шкалам"),
        ([handed("a", 90, 10), handed("b", 1, 1)], "WRONG_STATE",
         "Объектов, у которых не меньше 10 обращений: 1"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared(tallies: list[Tally], code: str, text: str) -> None:
    with pytest.raises(Refusal) as refused:
        rate_regions(SHARED, tallies)
    assert (refused.value.code, refused.value.text) == (code, text)


@pytest.mark.parametrize("data", [None, [], {}, {"quarters": {"2026": []}}, "свод"])
def test_what_is_no_tally(data: object) -> None:
    with pytest.raises(Refusal, match="Файл — не свод региона"):
        tally_of(data)


YEAR = ("2026-Q1", "2025-Q4", "2025-Q3", "2025-Q2", "2025-Q1")
WAYS = [[3, True, False, 90], [5, False, True, 2], [None, False, False, 10]]


def forged(**said: object) -> dict[str, Any]:
    """A tally of a whole year and a quarter, but for what is said otherwise."""
    whole = {
        "region": "far",
        "name": "Дальняя область",
        "period": "2026-Q1",
        "judged": judged_by(SHARED),
        "quarters": dict.fromkeys(YEAR, WAYS),
    }
    return {**whole, **said}


def lines(*more: object, of: str = "2026-Q1") -> dict[str, Any]:
    return forged(quarters={**dict.fromkeys(YEAR, WAYS), of: [*WAYS, *more]})


def test_a_whole_tally_is_read_as_it_is() -> None:
    told = tally_of(forged())
    assert tally_as_data(told)["quarters"] == dict.fromkeys(YEAR, WAYS)


@pytest.mark.parametrize(
    "data",
    [
        lines(WAYS[0]),
        lines([None, True, False, 1]),
        lines([61, True, False, 1]),
        lines([-1, True, False, 1]),
        lines([1, True, False, -1]),
        lines([1, True, False, 1.0]),
        lines([1, True, False, True]),
        lines([1, 1, 0, 1]),
        lines([1, True, False]),
        lines([1, True, False, 1, 1]),
        lines([1, True, False, 10**9]),
        lines(of="2024-Q4"),
        forged(quarters=dict.fromkeys(YEAR[:-1], WAYS)),
        forged(period="2026-Q2"),
        forged(region=""),
        forged(region=None),
        forged(name=" "),
        forged(name="Дальняя\nобласть"),
        forged(judged=[["number", "volume"]]),
    ],
)
def test_a_forged_tally_is_none(data: dict[str, Any]) -> None:
    """Ways said twice or impossible, quarters left out or added, names that are none."""
    with pytest.raises(Refusal) as refused:
        tally_of(data)
    assert (refused.value.code, refused.value.text) == ("BROKEN_FILE", "Файл — не свод региона")
