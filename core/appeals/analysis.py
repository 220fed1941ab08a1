"""Analysis of appeals: how many, how late, how well solved and liked, by any dimensions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Select

from core.access import Actor, require
from core.acts import RU_1844
from core.appeals.queries import AppealFilter
from core.errors import Refusal, RefusalCode
from core.rollups.cuts import Dimension
from core.rollups.facts import Figure
from core.rollups.periods import Span, span_of
from core.rollups.reading import Wanted, counted, cut_of, summed
from core.rules.figures import DAY
from core.rules.roles import Permission
from core.serves import serves
from core.work import Work

MOST_DIMENSIONS = 4
MOST_GROUPS = 5_000
SHOWN = tuple(figure for figure in Figure if figure is not Figure.LATE)
"""What is told of a group, in the order of the fields of `Figures`."""


class Value(NamedTuple):
    """One value of a dimension, None where cases have none; of a body its key and name."""

    dimension: Dimension
    value: str | int | None
    body: tuple[str, str] | None = None


@dataclass(slots=True)
class Figures:
    """One group and its figures; the values in `group` follow the dimensions asked for.

    `overdue` came late or is past its deadline; `reworked` went back into work after a dispute;
    `marks` applicants gave marks of 1..5, which sum up to `mark_sum`; `seconds` sum up from
    receipt to answer over those `answered`. `median_days` is in how many full days of 24 hours
    half of them were answered: of two in the middle their mean, None while nothing is answered.
    Figures that were not asked for are 0.
    """

    group: tuple[Value, ...]
    total: int = 0
    answered: int = 0
    seconds: int = 0
    solved: int = 0
    reworked: int = 0
    marks: int = 0
    mark_sum: int = 0
    overdue: int = 0
    median_days: float | None = None

    @property
    def values(self) -> tuple[str | int | None, ...]:
        """The values of the group alone."""
        return tuple(one.value for one in self.group)

    @property
    def mean_days(self) -> float | None:
        """Days from receipt to answer, on average; None while nothing is answered."""
        return self.seconds / self.answered / DAY if self.answered else None

    @property
    def mean_mark(self) -> float | None:
        """The mean mark; None while nobody gave one."""
        return self.mark_sum / self.marks if self.marks else None


@serves(
    RU_1844.cite("4.а.1"),
    RU_1844.cite("4.а.3"),
    RU_1844.cite("10.г.4.1"),
    RU_1844.cite("2.heat-map.2"),
)
async def analyse(
    work: Work, by: Sequence[Dimension], criteria: AppealFilter | None = None
) -> list[Figures]:
    """Count what the actor may see and the filter fits, large groups first. Needs READ_APPEALS."""
    require(work.actor, Permission.READ_APPEALS)
    wanted = criteria or AppealFilter()
    span = span_for(by, work.actor, wanted, work.zone)
    query = tally(work.actor, work.now, work.dialect, by, wanted, span)
    return figures_of(by, SHOWN, (await work.session.execute(query)).all())


def span_for(
    by: Sequence[Dimension], actor: Actor, criteria: AppealFilter, zone: ZoneInfo
) -> Span | None:
    """The period as rollups have it; None where they do not know what is asked for."""
    cut = cut_of(by, actor, criteria)
    if cut is None:
        return None
    span = span_of(criteria.received_from, criteria.received_before, zone, cut.levels)
    return span if span.pieces else None


def tally(
    actor: Actor,
    now: datetime,
    dialect: str,
    by: Sequence[Dimension],
    criteria: AppealFilter,
    span: Span | None,
    figures: Sequence[Figure] = SHOWN,
) -> Select[Any]:
    """The statement behind `analyse`, for `figures_of`; `span` is what `span_for` gave."""
    if len(by) > MOST_DIMENSIONS or len(set(by)) < len(by):
        text = f"Группировать можно не более чем по {MOST_DIMENSIONS} разным признакам"
        raise Refusal(RefusalCode.INVALID, text)
    wanted = Wanted(by, figures, actor, now, criteria)
    cut = None if span is None else cut_of(by, actor, criteria)
    query = (
        counted(wanted, dialect)
        if span is None or cut is None
        else summed(wanted, cut, span, dialect)
    )
    return query.limit(MOST_GROUPS + 1)


def figures_of(
    by: Sequence[Dimension], figures: Sequence[Figure], rows: Sequence[Any]
) -> list[Figures]:
    """The figures in the rows of `tally`; too many groups are refused."""
    if len(rows) > MOST_GROUPS:
        raise Refusal(RefusalCode.TOO_MUCH, f"Групп больше {MOST_GROUPS}: сузьте отбор")
    count, end = len(figures), len(figures) + len(by)
    # A figure that was not asked for is the 0 that is put behind each row.
    at = itemgetter(*(figures.index(f) if f in figures else -1 for f in SHOWN))
    group = _group_of(by, count, end)
    return [Figures(group(row), *at((*row, 0))) for row in rows]


def _group_of(
    by: Sequence[Dimension], count: int, end: int
) -> Callable[[Sequence[Any]], tuple[Value, ...]]:
    """What reads the values of a group off a row, and a body's key and name off its end."""
    if [*by] == [Dimension.BODY]:
        return lambda row: (Value(Dimension.BODY, row[count], _body(row[end], row[end + 1])),)
    places = [(at, d, d is Dimension.BODY) for at, d in enumerate(by, start=count)]
    return lambda row: tuple(
        [
            Value(d, row[at], _body(row[end], row[end + 1]) if body else None)
            for at, d, body in places
        ]
    )


def _body(key: str | None, name: str | None) -> tuple[str, str] | None:
    return None if key is None or name is None else (key, name)
