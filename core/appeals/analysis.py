"""Analysis of appeals: how many, how late, how well solved and liked, by any dimensions."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache, partial
from itertools import repeat
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Select

from core.appeals.figures.cuts import Dimension
from core.appeals.figures.facts import Figure
from core.appeals.figures.periods import Span, span_of
from core.appeals.figures.reading import Wanted, counted, cut_of, known, summed
from core.appeals.queries import AppealFilter
from core.kernel.access import Actor, require
from core.kernel.acts.federal import RU_1844
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.work import Work
from core.shapes.figures.rules import DAY

MOST_DIMENSIONS = 4
MOST_GROUPS = 5_000
KEPT_KINDS = 64
SHOWN = tuple(figure for figure in Figure if figure is not Figure.LATE)
"""What is told of a group."""


class Value(NamedTuple):
    """One value of a dimension, None where cases have none; of a body its key and name."""

    dimension: Dimension
    value: str | int | None
    body: tuple[str, str] | None = None


Key = tuple[Any, ...]
"""Tells a group from any other: by what it is one, its values, and a body's key and name."""


class Figures:
    """One group and its figures.

    `overdue` came late or is past its deadline; `reworked` went back into work after a dispute;
    `marks` applicants gave marks of 1..5, which sum up to `mark_sum`; `seconds` sum up from
    receipt to answer over those `answered`. `median_days` is in how many full days of 24 hours
    half of them were answered: of two in the middle their mean, None while nothing is answered.
    Figures that were not asked for are 0.
    """

    __slots__ = ()
    total = answered = seconds = solved = reworked = marks = mark_sum = overdue = 0
    median_days: float | None = None
    key: Key

    @property
    def group(self) -> tuple[Value, ...]:
        """The values of the group, one for each dimension."""
        return group_of(self.key)

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
    cut = cut_of(by, actor, criteria) if span is not None and known(criteria, figures) else None
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
    columns = [*zip(*rows, strict=True)]
    told, values = columns[: len(figures)], columns[len(figures) :]
    keys = zip(repeat(tuple(by), len(rows)), *values, strict=True)
    return [*map(_kind(tuple(figures)), zip(keys, *told, strict=True))]


def group_of(key: Key) -> tuple[Value, ...]:
    """The values behind a key."""
    by, *values = key
    body = values[len(by) :]
    named = (body[0], body[1]) if any(body) else None
    pairs = zip(by, values, strict=False)
    return tuple(Value(d, value, named if d is Dimension.BODY else None) for d, value in pairs)


@lru_cache(KEPT_KINDS)
def _kind(figures: tuple[Figure, ...]) -> Callable[[tuple[Any, ...]], Any]:
    """What makes a group of its key and these figures."""
    row = namedtuple("Row", ("key", *figures))  # type: ignore[misc]
    return partial(tuple.__new__, type("Figures", (row, Figures), {"__slots__": ()}))
