"""Every period and day of the five acts, region by region: what is owed in a year, by which clause.

What begins with an event has a term of its own: the answer (thirty days), another candidate (three
working days), the measures of a road map (each its own day).
"""

from __future__ import annotations

from datetime import date

import pytest

from core.kernel.access import system
from core.obligations.calendar import calendar
from tests.conftest import OpenRegion

QUARTERS = [
    ("2026-Q1", "2026-06-30"), ("2026-Q2", "2026-09-30"),
    ("2026-Q3", "2026-12-31"), ("2026-Q4", "2027-03-31"),
]  # fmt: skip
MONTHS = [
    ("2026-01", "2026-02-28"), ("2026-02", "2026-03-31"), ("2026-03", "2026-04-30"),
    ("2026-04", "2026-05-31"), ("2026-05", "2026-06-30"), ("2026-06", "2026-07-31"),
    ("2026-07", "2026-08-31"), ("2026-08", "2026-09-30"), ("2026-09", "2026-10-31"),
    ("2026-10", "2026-11-30"), ("2026-11", "2026-12-31"), ("2026-12", "2027-01-31"),
]  # fmt: skip
YEAR = [("2026", "2026-12-31")]
TABLE = [
    ("murmansk", 2026, "murmansk.513/4.5.9", "roadmap-update", "head", YEAR),
    ("kursk", 2026, "kursk.958/pol.3.3.6", "roadmap-report", "executor", QUARTERS),
    ("kursk", 2026, "kursk.958/pol.3.4.1", "roadmap-update", "head", YEAR),
    ("kursk", 2020, "kursk.958/post.9", "first-composition", "committee-internal-policy",
     [(None, "2020-10-01")]),
    ("kursk", 2020, "kursk.958/post.8.2", "municipal-proposals", "municipal-bodies",
     [(None, "2020-12-01")]),
    ("mari_el", 2026, "mari-el.335/post.3.monthly-report", "monthly-report", "head", MONTHS),
    ("chelyabinsk", 2020, "chelyabinsk.641/rasp.3.1", "creation-plan", "ministry-digital",
     [(None, "2020-07-30")]),
]  # fmt: skip
ONCE = {"first-composition", "municipal-proposals", "creation-plan"}


@pytest.mark.parametrize(
    ("code", "year", "clause", "kind", "owner", "days"),
    [
        pytest.param(*row, id=f"{row[0]}-{row[3]}", marks=pytest.mark.clause(row[2]))
        for row in TABLE
    ],
)
async def test_what_is_owed_in_a_year(
    open_test_region: OpenRegion,
    code: str,
    year: int,
    clause: str,
    kind: str,
    owner: str,
    days: list[tuple[str | None, str]],
) -> None:
    region = await open_test_region(code)
    async with region.reading(system()) as work:
        rows = [one for one in await calendar(work, year) if one.row.key == kind]
    assert {(one.row.clause, one.row.owner) for one in rows} == {(clause, owner)}
    assert [(one.row.period, one.row.due.isoformat()) for one in rows] == days


@pytest.mark.parametrize("code", ["murmansk", "kursk", "mari_el", "chelyabinsk"])
async def test_the_table_has_all_that_is_owed(open_test_region: OpenRegion, code: str) -> None:
    region = await open_test_region(code)
    async with region.reading(system()) as work:
        found = {
            (year, one.row.key, one.row.advised)
            for year in (2020, 2026)
            for one in await calendar(work, year)
        }
    periodic = {row[3] for row in TABLE if row[0] == code and row[3] not in ONCE}
    assert {key for _, key, _ in found} == {row[3] for row in TABLE if row[0] == code}
    assert {key for year, key, _ in found if year == 2026} == periodic
    assert {key for _, key, advised in found if advised} <= {"municipal-proposals"}


@pytest.mark.parametrize(
    ("code", "first"), [("kursk", "2020-Q3"), ("mari_el", "2020-08"), ("murmansk", "2023")]
)
async def test_nothing_is_owed_for_what_closed_before_the_act(
    open_test_region: OpenRegion, code: str, first: str
) -> None:
    """The first period is the one in which the act came: of 22.09.2020, 28.08.2020, 13.07.2023."""
    region = await open_test_region(code)
    async with region.reading(system()) as work:
        years = [await calendar(work, year) for year in range(2018, 2025)]
    periods = [one.row.period for rows in years for one in rows if one.row.period]
    assert periods[0] == first


async def test_what_closed_before_the_account_began_is_not_established(kursk: object) -> None:
    """Nobody knows what was done on paper; nothing is called a breach for that."""
    region = kursk
    async with region.reading(system()) as work:  # type: ignore[attr-defined]
        states = {one.row.key: one.state.value for one in await calendar(work, 2020)}
        assert work.today == date(2026, 3, 2)
    assert states["first-composition"] == "not_established"
    assert set(states.values()) == {"not_established"}
