"""The heat map on a database: what is counted where, what is expected, who sees what."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from core.appeals.figures.subject import APPEALS
from core.appeals.queries import View
from core.commands.heat import as_data
from core.directory.model import Body
from core.directory.rules.bodies import Theme
from core.kernel.access import ANONYMOUS, Actor, Grant, Scope, system
from core.kernel.codes import Permission
from core.kernel.errors import Refusal
from core.kernel.rules.passport import Municipality
from core.problems import counts
from core.problems.heat import HeatCell, HeatMap, heat_map, whole_since
from core.problems.period import period_as, week_before
from core.shapes.figures.folding import fold
from core.shapes.figures.marks import CellMark
from tests.conftest import OpenRegion
from tests.core.indicators.cases import Cases
from tests.fixtures.clock import FrozenClock
from tests.fixtures.statements import queries

pytestmark = pytest.mark.bare_rows
WEEK = timedelta(days=7)
MONDAY = date(2026, 3, 2)
PERIOD = period_as("2026-W10")
PLACE, OTHER = "kurskiy", "belovskiy"


@pytest.fixture
async def cases(open_test_region: OpenRegion, clock: FrozenClock) -> Cases:
    clock.at(2026, 4, 1)
    return Cases(await open_test_region("kursk"))


async def mapped(cases: Cases, actor: Actor | None = None, view: View | None = None) -> HeatMap:
    """The map of the week, the same before and after a fold where both have to be read."""
    async with cases.region.reading(actor or system()) as work:
        return await heat_map(work, PERIOD, view)


async def folded(cases: Cases) -> None:
    async with cases.region.work(system()) as work:
        await fold(work, APPEALS)


def at(found: HeatMap, theme: str | None, place: str | None) -> HeatCell:
    (one,) = [one for one in found.cells if (one.theme, one.municipality) == (theme, place)]
    return one


def official(**scope: frozenset[str] | frozenset[int]) -> Actor:
    grant = Grant("x", 1, frozenset({Permission.READ_APPEALS}), Scope(**scope))  # type: ignore[arg-type]
    return replace(ANONYMOUS, subject="x", grants=(grant,))


@pytest.mark.clause("ru.1844/2.heat-map", "ru.1844/2.heat-map.1", "ru.1844/2.heat-map.3")
@pytest.mark.clause("ru.1844/4.б.1")
async def test_what_is_counted_where_before_and_after_a_fold(cases: Cases) -> None:
    await cases.received(2, on=MONDAY, municipality=PLACE)
    await cases.received(1, on=MONDAY - timedelta(days=1), municipality=PLACE)
    await cases.received(1, on=MONDAY + WEEK, municipality=PLACE)
    await cases.received(3, on=MONDAY, municipality=None)
    await cases.received(1, on=MONDAY, municipality=PLACE, in_federal_view=False)
    before = await mapped(cases)
    assert (at(before, "roads", PLACE).cases, at(before, "roads", None).cases) == (3, 3)
    assert at(before, "roads", None).mark is CellMark.NO_PLACE
    assert at(before, "roads", OTHER).mark is CellMark.ZERO
    assert at(await mapped(cases, view=View.FEDERAL), "roads", PLACE).cases == 2
    rules = cases.region.rules
    known = len(rules.all(Theme, MONDAY)) * len(rules.all(Municipality, MONDAY))
    assert len(before.cells) == known + 1  # what has no place is shown beside
    await folded(cases)
    assert replace(await mapped(cases), years=None) == before
    async with cases.region.reading(system()) as work:  # the first came on the Sunday before
        early = [await heat_map(work, period_as(word)) for word in ("2026-W08", "2026-W09")]
    assert [at(one, "roads", OTHER).mark for one in early] == [CellMark.MISSING, CellMark.ZERO]
    told = [as_data("", one)["cells"] for one in early]
    assert [{(cell["value"], cell["cases"]) for cell in cells} for cells in told] == [
        {(None, None)},  # what is missing is no zero
        {(0, 0), (1, 1)},
    ]


async def test_a_person_sees_his_own_and_nobody_else_anything(cases: Cases) -> None:
    async with cases.region.work(system()) as work:
        body = (await work.session.scalars(select(Body.id).limit(1))).one()
    await cases.received(2, on=MONDAY, municipality=PLACE, body_id=body)
    await cases.received(4, on=MONDAY, municipality=OTHER)
    for scope in ({"municipalities": frozenset({PLACE})}, {"bodies": frozenset({body})}):
        own = await mapped(cases, official(**scope))
        assert (at(own, "roads", PLACE).cases, at(own, "roads", OTHER).cases) == (2, 0)
    with pytest.raises(Refusal) as refused:
        await mapped(cases, ANONYMOUS)
    assert refused.value.code == "UNAUTHENTICATED"


async def test_what_no_cell_tells_is_counted_up_to_a_bound(
    cases: Cases, monkeypatch: pytest.MonkeyPatch
) -> None:
    await cases.received(3, on=MONDAY, municipality=PLACE)
    await folded(cases)
    by_body = official(bodies=frozenset({1}))
    monkeypatch.setattr(counts, "MOST_ROWS", 5)
    with pytest.raises(Refusal, match="Обращений больше 5") as refused:
        await mapped(cases, by_body)
    assert refused.value.code == "TOO_MUCH"
    monkeypatch.setattr(counts, "MOST_ROWS", 6)
    assert (await mapped(cases, by_body)).cells
    assert (await mapped(cases)).cells


@pytest.mark.clause("ru.1844/2.heat-map", "ru.1844/2.heat-map.3")
async def test_a_hot_spot_stands_out_while_the_season_is_unknown(cases: Cases) -> None:
    before = {MONDAY - week * WEEK: 2 for week in range(1, 21)}
    await cases.spread({**before, MONDAY: 2}, municipality=OTHER)
    await cases.spread({**before, MONDAY: 16}, municipality=PLACE)
    await folded(cases)
    found = await mapped(cases)
    hot, usual = found.cells[0], at(found, "roads", OTHER)
    assert (found.years, hot.theme, hot.municipality) == (0, "roads", PLACE)
    assert [one for one in found.cells if one.surprise.out] == [hot]
    assert (hot.surprise.step, usual.surprise.mark) == (5, CellMark.VALUE)
    assert hot.surprise.expected == pytest.approx(40.5 / 20 * 2 / 2)
    assert at(found, "housing", PLACE).surprise.mark is CellMark.TOO_FEW


async def test_two_years_know_the_season(cases: Cases) -> None:
    """The same weeks of both earlier years have many: many this week is nothing unexpected."""
    season = {*range(4), *range(49, 52)}
    weeks = {MONDAY - week * WEEK: 6 if week % 52 in season else 1 for week in range(120)}
    for place in (PLACE, OTHER):
        await cases.spread(weeks, municipality=place)
    await folded(cases)
    found = await mapped(cases)
    assert found.years == 2
    assert not [one for one in found.cells if one.surprise.out]
    assert 5 < (at(found, "roads", PLACE).surprise.expected or 0) < 7


async def test_eight_weeks_are_the_least_to_compare_with(cases: Cases) -> None:
    await cases.received(9, on=MONDAY, municipality=PLACE)
    await cases.received(9, on=MONDAY - 8 * WEEK + timedelta(days=1), municipality=PLACE)
    await folded(cases)
    found = await mapped(cases)
    assert (found.years, at(found, "roads", PLACE).surprise.mark) == (
        None,
        CellMark.NOT_APPLICABLE,
    )


async def test_a_running_week_is_told_to_yesterday(cases: Cases, clock: FrozenClock) -> None:
    clock.at(2026, 3, 4)
    await cases.received(1, on=MONDAY, municipality=PLACE)
    await cases.received(1, on=date(2026, 3, 4), municipality=PLACE)
    found = await mapped(cases)
    assert (found.last_day, at(found, "roads", PLACE).cases) == (date(2026, 3, 3), 1)
    assert at(found, "roads", PLACE).mark is CellMark.PROVISIONAL
    clock.at(2026, 3, 2)
    with pytest.raises(Refusal, match="ещё не окончился ни один день"):
        await mapped(cases)


def test_a_stray_old_case_is_no_history() -> None:
    months = [datetime(2025, month, 1, tzinfo=UTC) for month in (1, 6, 7, 8, 9)]
    assert whole_since([*zip(months, (1, 40, 50, 45, 60), strict=True)]) == months[1]
    assert whole_since([*zip(months[1:], (1, 50, 45, 60), strict=True)]) == months[2]
    assert whole_since([(months[0], 3)]) == months[0]


@pytest.mark.parametrize(
    ("word", "start", "last"),
    [
        ("2026-W01", (2025, 12, 29), (2026, 1, 4)),
        ("2026-02", (2026, 2, 1), (2026, 2, 28)),
        ("2026-Q4", (2026, 10, 1), (2026, 12, 31)),
        ("2024", (2024, 1, 1), (2024, 12, 31)),
        ("2026-03-02/2026-03-02", (2026, 3, 2), (2026, 3, 2)),
    ],
)
def test_periods(word: str, start: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    found = period_as(word)
    assert (found.start, found.last_day) == (date(*start), date(*last))


@pytest.mark.parametrize(
    "word",
    ["", "2026-W54", "2026-13", "0000", "2026-Q5", "вчера", "2026-03-02", "2026-03-02/2026-03-01",
     "2024-01-01/2025-03-01", "9999-12-31/9999-12-31", "9999", "２０２６"],
)  # fmt: skip
def test_what_is_no_period(word: str) -> None:
    with pytest.raises(Refusal, match="Период пишется как") as refused:
        period_as(word)
    assert refused.value.code == "INVALID"


def test_the_week_before_of_a_new_year() -> None:
    assert [week_before(date(2026, 1, day)) for day in (4, 5)] == ["2025-W52", "2026-W01"]


async def test_what_is_remembered_is_never_old(cases: Cases) -> None:
    """Cells are read once a fold; a change is on the map before it is folded and after."""
    await cases.received(2, on=MONDAY, municipality=PLACE)
    await folded(cases)
    assert at(await mapped(cases), "roads", PLACE).cases == 2
    with queries(1):  # whether anything has changed
        assert at(await mapped(cases), "roads", PLACE).cases == 2
    await cases.received(1, on=MONDAY, municipality=PLACE)
    with queries(4):  # the same, the history, and what is not folded yet: no cell
        assert at(await mapped(cases), "roads", PLACE).cases == 3
    async with cases.region.reading(system()) as work:  # what such a fold makes is undone
        await fold(work, APPEALS)
        assert at(await heat_map(work, PERIOD), "roads", PLACE).cases == 3
    assert at(await mapped(cases), "roads", PLACE).cases == 3
    await folded(cases)
    await cases.moved(PLACE, OTHER)
    found = await mapped(cases)
    assert (at(found, "roads", PLACE).cases, at(found, "roads", OTHER).cases) == (0, 3)
    await folded(cases)
    assert await mapped(cases) == found


async def test_nobody_is_told_what_another_may_see(cases: Cases) -> None:
    await cases.received(2, on=MONDAY, municipality=PLACE)
    await cases.received(4, on=MONDAY, municipality=OTHER)
    await folded(cases)
    for _ in range(2):
        assert at(await mapped(cases), "roads", OTHER).cases == 4
        own = await mapped(cases, official(municipalities=frozenset({PLACE})))
        assert (at(own, "roads", PLACE).cases, at(own, "roads", OTHER).cases) == (2, 0)
        assert at(await mapped(cases, view=View.FEDERAL), "roads", OTHER).cases == 4
