"""Section 8 as rules: whom each region rates and by what, a row for each criterion."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from core.directory.rules.bodies import BodyKind
from core.kernel.access import system
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.ratings.quarter import quarter_of
from core.ratings.rules import RatingMethod
from core.ratings.table import rating
from tests.conftest import OpenRegion
from tests.fixtures.clock import FrozenClock
from tests.fixtures.tables import table

DAY = date(2026, 3, 31)
ROWS = table("rating_methods.csv")
REGIONS = ("kursk", "mari_el", "chelyabinsk", "murmansk")
PRACTICE = (
    "за квартал, не меньше 93 обращений; обращения прослежены 60 полных суток; ",
    "; возражения 10 рабочих дней, ответы на них ещё 5",
)
"""What no act sets and the product's practice does, for every rating alike."""

DONE = {
    "ru.1844/10.б.criteria",
    "kursk.958/pol.4.3.4.criteria",
    "mari-el.335/pol.9.7.criteria",
    "chelyabinsk.641/pol.11.3.criteria",
    "murmansk.513/2.7.4.criterion-pages",
    "murmansk.513/2.7.4.criterion-feedback",
}
"""Criteria by which a rating is reckoned; of the others nothing here tells the values."""


def params() -> list[Any]:
    return [
        pytest.param(
            row,
            id="-".join(row[name] for name in ("region", "method", "criterion")),
            marks=[pytest.mark.clause(row["clause"])] if row["clause"] in DONE else [],
        )
        for row in ROWS
    ]


def whom(method: RatingMethod) -> str:
    if method.subjects == frozenset(BodyKind) - {BodyKind.OTHER}:
        return "all"
    named = (f"{one}/theme" if one in method.per_theme else str(one) for one in method.subjects)
    return " ".join(sorted(named))


@pytest.mark.parametrize("row", params())
def test_a_criterion_stands_by_its_clause(
    regions: Mapping[str, Region], row: dict[str, str]
) -> None:
    method = regions[row["region"]].rules.get(RatingMethod, row["method"], DAY)
    assert (whom(method), "yes" if method.own_view else "") == (row["subjects"], row["own view"])
    assert " ".join(sorted(method.channels)) == row["channels"]
    [one] = [one for one in method.criteria if one.key == row["criterion"]]
    told = {
        "name": one.name,
        "measure": one.measure,
        "weight": str(one.weight),
        "clause": one.clause.ref,
    }
    assert told == {name: row[name] for name in told}
    assert one.incentive in method.sentence()
    assert one.guard in method.sentence()
    assert all(one in method.sentence() for one in PRACTICE)
    assert ("сравниваются по видам органов" in method.sentence()) == bool(method.per_theme)


@pytest.mark.parametrize("code", REGIONS)
def test_the_table_leaves_none_out(regions: Mapping[str, Region], code: str) -> None:
    methods = {one.key: one for one in regions[code].rules.all(RatingMethod, DAY)}
    if code != "kursk":
        assert methods.pop("municipal") == regions["kursk"].rules.get(
            RatingMethod, "municipal", DAY
        )
    shown = [(key, one.key) for key, method in methods.items() for one in method.criteria]
    rows = [(row["method"], row["criterion"]) for row in ROWS if row["region"] == code]
    assert sorted(shown) == sorted(rows)
    assert len(set(rows)) == len(rows)


@pytest.mark.clause("murmansk.513/2.7.4.2")
async def test_the_second_rating_of_murmansk_waits_for_the_order(
    open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    region = await open_test_region("murmansk")
    clock.at(2026, 6, 1)
    said = "Методика не утверждена. Основание: Положение о ЦУР, абз. 2 п. 2.7.4"
    async with region.work(system()) as work:
        with pytest.raises(Refusal) as refused:
            await rating(work, "pages-and-feedback", quarter_of("2026-Q1"))
    assert refused.value.sentence.startswith(said)
    assert refused.value.code == "WRONG_STATE"
