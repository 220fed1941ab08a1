"""A table of one measure beside the same of the period before and of a year earlier."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from core.appeals.figures.subject import Dimension
from core.appeals.observations.histories import Values
from core.appeals.observations.known import check_known
from core.appeals.observations.statistic import Statistic
from core.appeals.observations.table import first_day, nothing, table
from core.appeals.queries import AppealFilter
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.periods import Period, previous, year_before
from core.shapes.figures.analysis import MOST_GROUPS, require_groups
from core.shapes.figures.marks import Cell

MOST_DIMENSIONS = 3

Tell = Callable[[int, int], Awaitable[None]]
"""Told how many parts of how many are reckoned."""


@dataclass(frozen=True, slots=True)
class CutRow:
    """A group and its cells: of the period, of the one before, of a year earlier."""

    values: Values
    now: Cell
    before: Cell
    year_before: Cell

    @property
    def cells(self) -> tuple[Cell, Cell, Cell]:
        """All three, in the order of the periods."""
        return self.now, self.before, self.year_before


@dataclass(frozen=True, slots=True)
class Beside:
    """The periods in the order of a row's cells, the groups, and all of them together."""

    periods: tuple[Period, Period, Period]
    rows: tuple[CutRow, ...]
    total: CutRow


def check_cut(by: Sequence[Dimension], criteria: AppealFilter) -> None:
    """Refuse INVALID more dimensions than MOST_DIMENSIONS, and criteria with a period of theirs."""
    if len(by) > MOST_DIMENSIONS:
        text = f"Разрез бывает не более чем по {MOST_DIMENSIONS} признакам"
        raise Refusal(RefusalCode.INVALID, text)
    if criteria.received_from is not None or criteria.received_before is not None:
        raise Refusal(RefusalCode.INVALID, "Период разреза называют отдельно от отбора")


@serves()
async def cut(
    work: Work,
    measure: Statistic,
    by: Sequence[Dimension],
    criteria: AppealFilter,
    period: Period,
    most: int = MOST_GROUPS,
    tell: Tell | None = None,
) -> Beside:
    """What the actor may see and fits, received on the local days of the period, by groups.

    The total is told by counts, never by cells. A group that a period has not is a zero there, and
    a period before the first appeal has no data. Needs READ_APPEALS; refuses as `check_cut` does,
    TOO_MUCH more than `most` groups.
    """
    check_cut(by, criteria)
    await check_known(work, criteria)
    periods = (period, previous(period), year_before(period))
    first = await first_day(work)
    found, totals, absent = list[Mapping[Values, Cell]](), list[Cell](), list[Cell]()
    for done, one in enumerate(periods):
        if tell is not None:
            await tell(done, len(periods))
        since, until = one.bounds(work.zone)
        within = replace(criteria, received_from=since, received_before=until)
        groups = await table(work, measure, by, within, most, first)
        found.append({row.values: row.cell for row in groups})
        absent.append(nothing(work, measure, within, first))
        whole = groups if not by else await table(work, measure, (), within, most, first)
        totals.append(whole[0].cell if whole else absent[-1])
    keys = dict.fromkeys(values for some in found for values in some)
    require_groups(len(keys), most)
    rows = [_row(values, found, absent) for values in keys]
    return Beside(periods, tuple(rows), CutRow((), *totals))


def _row(values: Values, found: Sequence[Mapping[Values, Cell]], absent: Sequence[Cell]) -> CutRow:
    pairs = zip(found, absent, strict=True)
    return CutRow(values, *(some.get(values, none) for some, none in pairs))
