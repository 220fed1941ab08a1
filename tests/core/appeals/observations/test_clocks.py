"""When a zone's clocks were changed, and what is told of the hours of a day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from core.appeals.figures.subject import Dimension
from core.appeals.observations.statistic import Statistic
from core.appeals.observations.table import table
from core.appeals.observations.timing import Each, clocks, timed
from core.appeals.queries import AppealFilter
from core.kernel.access import system
from core.kernel.region import Region
from core.law.periods import Period, midnight
from tests.core.appeals.observations.test_table import boston, bring, told  # noqa: F401
from tests.fixtures.statements import queries

ZONE = ZoneInfo("America/New_York")
FIRST_AND_ALL, HOURS = 2, 24
"""The day of the first appeal, and the appeals."""


def test_when_clocks_were_changed() -> None:
    winter, summer = -5 * 3600, -4 * 3600
    to_summer = datetime(2026, 3, 8, 7, tzinfo=UTC), summer
    to_winter = datetime(2026, 11, 1, 6, tzinfo=UTC), winter
    for start, end, found in (
        (date(2026, 3, 9), date(2026, 3, 20), (summer, ())),
        (date(2026, 3, 1), date(2026, 3, 20), (winter, (to_summer,))),
        (date(2026, 3, 1), date(2026, 12, 1), (winter, (to_summer, to_winter))),
        (date(2026, 11, 1), date(2026, 11, 2), (summer, (to_winter,))),
    ):
        assert clocks(Period(start, end), ZONE) == found


async def test_hours_of_days(told: Region, tmp_path: Path) -> None:  # noqa: F811
    """In one reading by every measure; each hour by the clocks of its day.

    At first all cases came at ten: what is told of that hour is the whole table. On 2 November
    2025 one in the morning came twice.
    """
    by = (Dimension.THEME, Dimension.BODY)
    async with told.reading(system()) as work:
        for of in Statistic:
            with queries(FIRST_AND_ALL):
                hours = await timed(work, of, by, AppealFilter(), Each.HOUR)
            whole = await table(work, of, by, AppealFilter())
            assert [(*row.values, "10") for row in whole] == [row.values for row in hours]
            assert [row.cell for row in whole] == [row.cell for row in hours]
            (ten,) = await table(work, of, (), AppealFilter())
            every = await timed(work, of, (), AppealFilter(), Each.HOUR)
            assert {row.values: row.cell.cases for row in every if row.cell.cases} == (
                {("10",): ten.cell.cases} if ten.cell.cases else {}
            )
            assert len(every) == HOURS
    moments = ("10-30T14:00", "11-02T05:30", "11-02T06:30", "11-04T15:00")
    rows = [
        f"{900 + n},line-311,Яма {n},2025-{one}:00Z,city-green,,2026-05-05T00:00:00Z"
        for n, one in enumerate(moments)
    ]
    await bring(told, tmp_path / "autumn.csv", rows)
    days = date(2025, 10, 25), date(2025, 11, 10)
    since, until = (midnight(one, ZONE) for one in days)
    within = AppealFilter(received_from=since, received_before=until)
    async with told.reading(system()) as work:
        vars(work)["zone"] = ZONE  # the ground's own clocks are never changed
        hours = await timed(work, Statistic.COUNT, (), within, Each.HOUR)
    counts = {row.values[-1]: int(row.cell.value or 0) for row in hours}
    assert {hour: count for hour, count in counts.items() if count} == {"01": 2, "10": 2}
    assert len(hours) == HOURS
