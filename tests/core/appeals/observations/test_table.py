"""Tables of one statistic: exact for those who read the cases, few and rounded for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from core.appeals.exchange.imports import import_file
from core.appeals.figures.subject import Dimension
from core.appeals.model import Appeal
from core.appeals.observations.model import PublishedTable
from core.appeals.observations.published import LISTED
from core.appeals.observations.released import release, standing
from core.appeals.observations.statistic import Statistic
from core.appeals.observations.table import Row, table
from core.appeals.observations.timing import Each, timed
from core.appeals.queries import AppealFilter
from core.appeals.rules.lifecycle import Outcome
from core.kernel.access import ANONYMOUS, system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.law.periods import midnight
from core.shapes.figures.marks import CellMark
from tests.conftest import OpenRegion
from tests.fixtures.clock import FrozenClock

HEADER = "external_id,channel,text,received,theme,closed,promised\n"
FROM = datetime(2026, 1, 5, 15, tzinfo=UTC)
ZONE = ZoneInfo("America/New_York")
JANUARY = date(2026, 1, 1), date(2026, 1, 31)
BOTH = (Statistic.COUNT, Statistic.MEDIAN_DAYS)
WAY = (Dimension.CHANNEL, Dimension.REGIME, Dimension.OUTCOME)


@pytest.fixture
async def boston(open_test_region: OpenRegion) -> Region:
    return await open_test_region("tests.grounds.boston")


@pytest.fixture
async def told(boston: Region, tmp_path: Path) -> Region:
    """Five of green: answered after 0, 2, 2 full days, two open; forty of streets after 3 days."""
    green = [_row(n, "city-green", days) for n, days in enumerate((0.9, 2, 2.99, None, None))]
    streets = [_row(100 + n, "city-streets", 3, late=n < 4) for n in range(40)]
    await bring(boston, tmp_path / "told.csv", [*green, *streets])
    return boston


def _row(number: int, theme: str, days: float | None, *, late: bool = False) -> str:
    closed = "" if days is None else f"{FROM + timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}"
    promised = FROM + timedelta(days=1 if late else 100)
    said = f"{number},line-311,Не горит фонарь {number},{FROM:%Y-%m-%dT%H:%M:%SZ},{theme},{closed}"
    return f"{said},{promised:%Y-%m-%dT%H:%M:%SZ}"


def _write(path: Path, rows: Sequence[str]) -> None:
    path.write_text(HEADER + "\n".join(rows) + "\n", "utf-8")


async def bring(region: Region, path: Path, rows: Sequence[str]) -> None:
    _write(path, rows)
    figures = await import_file(region, path, rejects=path.with_suffix(".rejects"))
    assert (figures.added, figures.rejected) == (len(rows), 0)


async def _table(region: Region, of: Statistic, *by: Dimension, **asked: Any) -> list[Row]:
    async with region.reading(system()) as work:
        return await table(work, of, by, AppealFilter(**asked))


def _short(rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    return [(*row.values, row.cell.value, row.cell.cases, row.cell.mark) for row in rows]


async def test_exact_tables(told: Region) -> None:
    async def found(of: Statistic) -> dict[Any, Any]:
        rows = await _table(told, of, Dimension.THEME)
        return {row.values[0]: (row.cell.value, row.cell.cases, row.cell.mark) for row in rows}

    value, zero, nothing = CellMark.VALUE, CellMark.ZERO, CellMark.NOT_APPLICABLE
    for of, streets, green in (
        (Statistic.COUNT, (40, 40, value), (5, 5, value)),
        (Statistic.MEDIAN_DAYS, (3, 40, value), (2, 5, value)),
        (Statistic.NINETIETH_DAYS, (3, 40, value), (None, 5, CellMark.MISSING)),
        (Statistic.INCIDENCE, (1, 40, value), (0.6, 5, value)),
        (Statistic.OVERDUE, (4, 40, value), (0, 5, zero)),
        (Statistic.ON_TIME_SHARE, (0.9, 40, value), (1, 5, value)),
        (Statistic.ANSWERED_SHARE, (1, 40, value), (0.6, 5, value)),
        (Statistic.MEAN_DAYS, (3, 40, value), (pytest.approx(1.9633, abs=1e-4), 3, value)),
        (Statistic.SATISFACTION, (None, 0, nothing), (None, 0, nothing)),
        (Statistic.PROLONGED_DAYS, (0, 40, zero), (0, 5, zero)),
    ):
        told_of = await found(of)
        shown = {key: (v and float(v), c, m) for key, (v, c, m) in told_of.items()}
        assert shown == {"city-streets": streets, "city-green": green}, of


async def test_totals_come_from_counts_and_not_from_cells(told: Region) -> None:
    assert _short(await _table(told, Statistic.MEDIAN_DAYS)) == [(3, 45, CellMark.VALUE)]
    two = await _table(told, Statistic.MEDIAN_DAYS, Dimension.THEME, Dimension.BODY)
    assert [row.values for row in two] == [("city-streets", None), ("city-green", None)]


async def test_nothing_is_no_zero_where_something_was_to_be_shared(boston: Region) -> None:
    assert _short(await _table(boston, Statistic.COUNT)) == [(0, 0, CellMark.ZERO)]
    for of in (Statistic.MEDIAN_DAYS, Statistic.ON_TIME_SHARE):
        assert _short(await _table(boston, of)) == [(None, 0, CellMark.NOT_APPLICABLE)]


async def test_a_running_period_is_provisional(told: Region) -> None:
    later = told.now() + timedelta(days=1)
    rows = await _table(told, Statistic.COUNT, received_before=later)
    assert [row.cell.mark for row in rows] == [CellMark.PROVISIONAL]
    missing = [(None, None, CellMark.MISSING)]
    for measure in Statistic:
        for unknown in ({"received_from": later}, {"received_before": FROM - timedelta(days=1)}):
            assert _short(await _table(told, measure, **unknown)) == missing


async def test_exact_figures_are_for_those_who_read_the_cases(told: Region) -> None:
    async with told.reading(ANONYMOUS) as work:
        with pytest.raises(Refusal) as refused:
            await table(work, Statistic.COUNT, (Dimension.THEME,), AppealFilter())
    assert refused.value.code is RefusalCode.UNAUTHENTICATED


async def _published(region: Region, of: Statistic) -> dict[str | None, Any]:
    async with region.work(ANONYMOUS) as work:
        rows = await release(work, of, (Dimension.THEME,), *JANUARY)
    return {row.values[0]: row.cell for row in rows}


async def test_everybody_sees_rounded_figures_of_every_theme(told: Region) -> None:
    counts, medians = [await _published(told, of) for of in BOTH]
    assert (counts["city-streets"].value, medians["city-streets"].value) == (40, 3)
    assert counts["city-green"] == counts["city-cleaning"]
    assert counts["city-green"].mark is CellMark.HIDDEN
    assert medians["city-green"].mark is CellMark.TOO_FEW
    assert counts.keys() == medians.keys()
    assert None not in counts, "how many have none would be told by the rest"


@pytest.mark.bare_rows
async def test_everybody_sees_what_has_ended_by_its_way(told: Region) -> None:
    async with told.database.writing() as session:
        await session.execute(update(Appeal).values(outcome=Outcome.SOLVED))
    async with told.work(ANONYMOUS) as work:
        rows = await release(work, Statistic.COUNT, WAY, *JANUARY)
        outcomes = [row.values[2] for row in rows]
    assert {row.cell.value for row in rows} == {None, 45}, "43 have ended, two are open"
    assert len(rows) == len({row.values for row in rows})
    assert {*outcomes} == {*Outcome}


@pytest.mark.bare_rows
async def test_two_looks_are_the_same_until_the_next_release(
    told: Region, tmp_path: Path, clock: FrozenClock
) -> None:
    """A case of a closed month that is entered today is told on the first of the next month."""
    before = [await _published(told, of) for of in BOTH]
    lines = [f"{900 + n},line-311,Яма,2026-01-1{n}T10:00:00Z,city-streets,," for n in range(5)]
    await bring(told, tmp_path / "new.csv", lines)
    async with told.reading(ANONYMOUS) as work:
        assert await standing(work, Statistic.COUNT, (Dimension.THEME,), *JANUARY) is not None
    async with told.database.writing() as session:
        moved = update(Appeal).where(Appeal.external_id == "901").values(theme="city-green")
        await session.execute(moved)
    assert [await _published(told, of) for of in BOTH] == before
    first = told.now().date().replace(day=1)
    clock.at(*(first + timedelta(days=31)).replace(day=1).timetuple()[:3])
    again = [await _published(told, of) for of in BOTH]
    shown = [(now["city-streets"].value, now["city-streets"].mark.value) for now in again]
    assert shown == [(45, "revised"), (3, "revised")]
    assert again[0]["city-green"] == before[0]["city-green"]
    async with told.database.reading() as session:
        kept = (await session.scalars(select(PublishedTable))).all()
    assert [(one.measure, one.released_on.day) for one in kept] == [
        ("count", 1), ("median-days", 1), ("count", 1), ("median-days", 1),
    ]  # fmt: skip


async def test_a_month_before_the_first_appeal_is_not_kept(told: Region) -> None:
    async with told.work(ANONYMOUS) as work:
        days = (date(1990, 5, 1), date(1990, 5, 31))
        rows = await release(work, Statistic.COUNT, (Dimension.THEME,), *days)
        assert {row.cell.mark for row in rows} == {CellMark.HIDDEN}
        assert (await work.session.scalars(select(PublishedTable))).all() == []


@pytest.mark.parametrize(
    "asked",
    [
        {"measure": Statistic.OVERDUE},
        {"by": ()},
        {"by": (Dimension.BODY,)},
        {"by": (Dimension.CHANNEL, Dimension.OUTCOME)},
        {"by": (Dimension.THEME, Dimension.MUNICIPALITY)},
        {"by": WAY, "measure": Statistic.MEDIAN_DAYS},
        {"by": (Dimension.THEME, Dimension.CHANNEL)},
        {"since": None},
        {"until": None},
        {"since": date(2026, 1, 2)},
        {"until": date(2026, 1, 30)},
        {"until": date(2026, 2, 28)},
        {"since": date(2026, 3, 1), "until": date(2026, 3, 31)},
    ],
)
async def test_what_is_not_listed_is_refused(told: Region, asked: dict[str, Any]) -> None:
    first, last = JANUARY
    whole = {"measure": Statistic.COUNT, "by": (Dimension.THEME,), "since": first, "until": last}
    async with told.reading(ANONYMOUS) as work:
        with pytest.raises(Refusal) as refused:
            await release(replace(work), **{**whole, **asked})
    assert (refused.value.code, refused.value.text) == (RefusalCode.INVALID, LISTED)


async def _timed(region: Region, each: Each, *by: Dimension, **asked: Any) -> list[Any]:
    async with region.reading(system()) as work:
        rows = await timed(work, Statistic.COUNT, by, AppealFilter(**asked), each)
    return [(*row.values, row.cell.value and int(row.cell.value), row.cell.mark) for row in rows]


async def test_a_table_by_when_appeals_came(told: Region, tmp_path: Path) -> None:
    """Forty-five came on 5 January at ten in the morning of Boston, one in the evening of the 6th.

    What is after midnight in UTC belongs to the local day and hour.
    """
    late = "900,line-311,Яма,2026-01-07T02:30:00Z,city-green,,2026-05-05T00:00:00Z"
    await bring(told, tmp_path / "late.csv", [late])
    within = {
        "received_from": midnight(date(2026, 1, 4), ZONE),
        "received_before": midnight(date(2026, 1, 8), ZONE),
    }
    assert await _timed(told, Each.DAY, **within) == [
        ("2026-01-04", None, CellMark.MISSING),
        ("2026-01-05", 45, CellMark.VALUE),
        ("2026-01-06", 1, CellMark.VALUE),
        ("2026-01-07", 0, CellMark.ZERO),
    ]
    hours = await _timed(told, Each.HOUR, **within)
    assert [one[:2] for one in hours if one[1]] == [("10", 45), ("21", 1)]
    assert len(hours) == 24
    by = await _timed(told, Each.WEEK, Dimension.THEME, **within)
    assert by == [
        ("city-streets", "2026-W02", 40, CellMark.VALUE),
        ("city-green", "2026-W02", 6, CellMark.VALUE),
    ]
    for each, name in ((Each.MONTH, "2026-01"), (Each.QUARTER, "2026-Q1"), (Each.YEAR, "2026")):
        assert (await _timed(told, each))[0][:2] == (name, 46)


@pytest.mark.parametrize(
    ("each", "days", "said"),
    [
        (Each.HOUR, (date(2024, 1, 1), date(2026, 1, 1)), "По часам суток считают не больше 400"),
        (Each.DAY, (date(2024, 1, 1), date(2026, 1, 1)), "Период делится больше чем на 400"),
    ],
)
async def test_what_is_not_split(
    told: Region, each: Each, days: tuple[date, date], said: str
) -> None:
    since, until = (midnight(one, ZONE) for one in days)
    with pytest.raises(Refusal, match=said):
        await _timed(told, each, received_from=since, received_before=until)


async def test_kinds_of_applicants_are_told_apart(told: Region) -> None:
    rows = await _table(told, Statistic.MEDIAN_DAYS, Dimension.APPLICANT_KIND)
    counts = await _table(told, Statistic.COUNT, Dimension.APPLICANT_KIND, Dimension.THEME)
    assert [(row.values, row.cell.cases) for row in rows] == [(("unknown",), 45)]
    assert {row.values for row in counts} == {
        ("unknown", "city-green"), ("unknown", "city-streets"),
    }  # fmt: skip
