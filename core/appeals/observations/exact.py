"""The exact table, for who reads every case it counts."""

from __future__ import annotations

from collections.abc import Sequence

from core.appeals.figures.subject import Dimension
from core.appeals.observations.empty import spelt_out
from core.appeals.observations.known import check_known
from core.appeals.observations.statistic import Statistic
from core.appeals.observations.table import Row, table
from core.appeals.observations.timing import Each, timed
from core.appeals.queries import AppealFilter
from core.kernel.work import Work


async def exact(
    work: Work,
    measure: Statistic,
    by: Sequence[Dimension],
    criteria: AppealFilter,
    each: Each | None = None,
) -> list[Row]:
    """What `table`, or by the time of receipt `timed`, counts; an empty one is spelt out.

    Refuses values that the criteria name and nobody knows.
    """
    await check_known(work, criteria)
    rows = (
        await table(work, measure, by, criteria)
        if each is None
        else await timed(work, measure, by, criteria, each)
    )
    return await spelt_out(work, rows, measure, by, criteria, each)
