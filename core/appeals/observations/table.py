"""A table of one measure by some dimensions, for whoever may read the cases behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import func, select

from core.appeals.analysis import Figures, analyse
from core.appeals.figures.subject import Dimension
from core.appeals.hours import Clocks, hour_of
from core.appeals.model import Appeal
from core.appeals.observations.histories import Apart, Values, histories, prolonged
from core.appeals.observations.statistic import BY_DAY, COUNTED, FORMULAS, QUANTILES, Statistic
from core.appeals.queries import AppealFilter, visible
from core.kernel.access import require
from core.kernel.codes import Permission
from core.kernel.rules.calendar import local_date
from core.kernel.work import Work
from core.law.periods import midnight
from core.shapes.figures.analysis import MOST_GROUPS, require_dimensions, require_groups
from core.shapes.figures.marks import Cell, CellMark, cell
from core.shapes.figures.rules import amount
from core.statistics.survival import History, answered_by, reached

Told = Mapping[Values, tuple[Fraction | None, int]]


UNKNOWN = Cell(None, None, CellMark.MISSING)
"""Of a time before the first appeal and of one that is still to come."""


@dataclass(frozen=True, slots=True)
class Row:
    """The values of a group, a key or None for each dimension, and its cell."""

    values: Values
    cell: Cell


async def table(
    work: Work,
    measure: Statistic,
    by: Sequence[Dimension],
    criteria: AppealFilter,
    most: int = MOST_GROUPS,
    first: date | None = None,
) -> list[Row]:
    """Exact figures of what the actor may see and fits; groups with many cases first.

    Without dimensions it is one row. A period that is not over makes them provisional; one that
    has not begun has no data, nor has one that ended before the first appeal (`first`: its day,
    where it is known), and one that began before it breaks the series. Needs READ_APPEALS;
    refuses more dimensions than can be counted by, TOO_MUCH more than `most` groups.
    """
    require(work.actor, Permission.READ_APPEALS)
    require_dimensions(by)
    told = await _told(work, measure, by, criteria, most)
    require_groups(len(told), most)
    return await _rows(work, told, criteria, first)


async def by_hours(
    work: Work,
    measure: Statistic,
    by: Sequence[Dimension],
    criteria: AppealFilter,
    clocks: Clocks,
    most: int = MOST_GROUPS,
) -> list[Row]:
    """The table of each hour of the local day in turn, its name «07» the last value of a row.

    All are counted in one reading. Needs and refuses what `table` does.
    """
    require(work.actor, Permission.READ_APPEALS)
    require_dimensions(by)
    hours: list[dict[Values, tuple[Fraction | None, int]]] = [{} for _ in range(24)]
    found = await _told(work, measure, by, criteria, 24 * most, (hour_of(clocks),))
    for (*values, said), one in found.items():
        hour = int(said or 0)
        hours[hour][(*values, f"{hour:02}")] = one
    nothing = amount(0) if measure in COUNTED else None
    for hour, told in enumerate(hours):
        require_groups(len(told), most)
        if not by:
            told.setdefault((f"{hour:02}",), (nothing, 0))
    together = {at: one for told in hours for at, one in told.items()}
    rows = await _rows(work, together, criteria, None)
    return sorted(rows, key=lambda row: row.values[-1] or "")


async def _rows(work: Work, told: Told, criteria: AppealFilter, first: date | None) -> list[Row]:
    since, before = criteria.received_from, criteria.received_before
    if first is None and (since, before) != (None, None):
        first = await first_day(work)
    rows = [Row(at, as_known(work, cell(*one), since, before, first)) for at, one in told.items()]
    return sorted(rows, key=_place)


async def first_day(work: Work) -> date | None:
    """The local day of the first appeal that the actor may see."""
    query = select(func.min(Appeal.received_at)).where(visible(work.actor))
    first = await work.session.scalar(query)
    return None if first is None else local_date(first, work.zone)


def as_known(
    work: Work,
    one: Cell,
    since: datetime | None,
    before: datetime | None,
    first: date | None,
) -> Cell:
    """The cell by what is known of its period: nothing before the first appeal, nor to come."""
    begun = None if first is None else midnight(first, work.zone)
    if since is not None and since > work.now:
        return UNKNOWN
    if before is not None and (begun is None or before <= begun):
        return UNKNOWN
    if one.mark not in (CellMark.VALUE, CellMark.ZERO):
        return one
    if before is not None and before > work.now:
        return replace(one, mark=CellMark.PROVISIONAL)
    broken = since is not None and begun is not None and since < begun
    return replace(one, mark=CellMark.BREAK) if broken else one


def nothing(work: Work, measure: Statistic, within: AppealFilter, first: date | None) -> Cell:
    """The cell of a group without a case, of the period of the criteria."""
    none = cell(amount(0) if measure in COUNTED else None, 0)
    return as_known(work, none, within.received_from, within.received_before, first)


async def _told(
    work: Work,
    measure: Statistic,
    by: Sequence[Dimension],
    criteria: AppealFilter,
    most: int,
    apart: Apart = (),
) -> Told:
    if (formula := FORMULAS.get(measure)) is not None:
        groups = await analyse(work, by, criteria, most, *apart)
        return {_values(group, len(apart)): formula.cell(group) for group in groups}
    if measure is Statistic.PROLONGED_DAYS:
        days = await prolonged(work, by, criteria, apart)
        return {at: (Fraction(total), count) for at, (total, count) in days.items()}
    found = await histories(work, by, criteria, work.now, apart)
    told = {at: (_lasted(one, measure), size(one)) for at, one in found.items()}
    return told or ({} if by or apart else {(): (None, 0)})


def size(history: History) -> int:
    """How many cases it counts."""
    return sum(map(sum, history.values()))


def _lasted(history: History, measure: Statistic) -> Fraction | None:
    if measure in BY_DAY:
        return answered_by(history, BY_DAY[measure])
    day = reached(history, QUANTILES[measure])
    return None if day is None else Fraction(day)


def _values(group: Figures, apart: int) -> Values:
    """Of a group; a body by its key. What else tells groups apart stands last in their keys."""
    values = (
        one.names[0] if one.names else None if one.value is None else str(one.value)
        for one in group.group
    )
    return (*values, *map(str, group.key[len(group.key) - apart :]))


def _place(row: Row) -> tuple[int, list[tuple[bool, str]]]:
    return -(row.cell.cases or 0), [(value is None, value or "") for value in row.values]
