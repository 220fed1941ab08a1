"""Analysis of appeals: how many, how late, how well solved and liked, by any dimensions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select

from core.access import Actor, require
from core.acts import RU_1844
from core.appeals.queries import AppealFilter
from core.errors import Refusal, RefusalCode
from core.rollups.cuts import Dimension
from core.rollups.periods import Span, span_of
from core.rollups.reading import SHOWN, Wanted, counted, cut_of, summed
from core.rules.figures import DAY
from core.rules.roles import Permission
from core.serves import serves
from core.work import Work

MOST_DIMENSIONS = 4
MOST_GROUPS = 5_000


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a dimension, None where cases have none; of a body its key and name."""

    dimension: Dimension
    value: str | int | None
    body: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """One group and its figures; the values in `group` follow the dimensions asked for.

    `overdue` came late or is past its deadline; `reworked` went back into work after a dispute;
    `marks` applicants gave marks of 1..5, which sum up to `mark_sum`; `seconds` sum up from
    receipt to answer over those `answered`.
    """

    group: tuple[Value, ...]
    total: int
    overdue: int
    answered: int
    solved: int
    reworked: int
    marks: int
    mark_sum: int
    seconds: int

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
    dialect = work.session.get_bind().dialect.name
    query = tally(work.actor, work.now, dialect, by, wanted, span)
    return figures_of(by, (await work.session.execute(query)).all())


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
) -> Select[Any]:
    """The statement behind `analyse`, for `figures_of`; `span` is what `span_for` gave."""
    if len(by) > MOST_DIMENSIONS or len(set(by)) < len(by):
        text = f"Группировать можно не более чем по {MOST_DIMENSIONS} разным признакам"
        raise Refusal(RefusalCode.INVALID, text)
    wanted = Wanted(by, actor, now, criteria)
    cut = None if span is None else cut_of(by, actor, criteria)
    query = (
        counted(wanted, dialect)
        if span is None or cut is None
        else summed(wanted, cut, span, dialect)
    )
    return query.limit(MOST_GROUPS + 1)


def figures_of(by: Sequence[Dimension], rows: Sequence[Any]) -> list[Figures]:
    """The figures in the rows of `tally`; too many groups are refused."""
    if len(rows) > MOST_GROUPS:
        raise Refusal(RefusalCode.TOO_MUCH, f"Групп больше {MOST_GROUPS}: сузьте отбор")
    places = [*enumerate(by, start=len(SHOWN))]
    end = len(SHOWN) + len(by)
    return [
        Figures(
            tuple([Value(d, row[at], _body(d, row[end:])) for at, d in places]), *row[: len(SHOWN)]
        )
        for row in rows
    ]


def _body(dimension: Dimension, columns: Sequence[str | None]) -> tuple[str, str] | None:
    """The key and name at the end of a row, if the dimension is the body and there is one."""
    if dimension is not Dimension.BODY or columns[0] is None or columns[1] is None:
        return None
    return columns[0], columns[1]
