"""Figures put together from cells and from what the cells do not have yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Float,
    Integer,
    Select,
    String,
    Subquery,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    not_,
    nulls_last,
    select,
    true,
    union_all,
)

from core.appeals.figures.cuts import Cut, Dimension, cut_for
from core.appeals.figures.facts import (
    DAYS,
    FIGURES,
    KEYS,
    Figure,
    nothing,
    of_appeals,
    of_changes,
    of_waiting,
)
from core.appeals.figures.kept import CELLS, HISTOGRAM, Kept
from core.appeals.figures.model import RollupChange, RollupWaiting
from core.appeals.figures.periods import Edge, Piece, Span
from core.appeals.model import Appeal
from core.appeals.queries import AppealFilter, View, chosen, matching, visible, within
from core.db.database import UtcDateTime
from core.directory.model import Body
from core.kernel.access import Actor
from core.kernel.codes import Permission

VIEW_BITS = {View.REGION: (1, 3), View.FEDERAL: (2, 3)}
LONG_AGO, FAR_OFF = datetime(1000, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
UNKEPT = ("due_from", "due_before", "text")
"""What appeals may be looked for by, but no cell knows."""

OF_LATE = frozenset({Figure.TOTAL, Figure.OVERDUE})
"""All that cells know of late cases apart from others: how many there are."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is counted: the groups, which figures, who asks at what moment, and which appeals."""

    by: Sequence[Dimension]
    figures: Sequence[Figure]
    actor: Actor
    now: datetime
    criteria: AppealFilter

    @property
    def median(self) -> bool:
        """Whether the median of days is among the figures."""
        return Figure.MEDIAN_DAYS in self.figures

    @property
    def sums(self) -> list[Figure]:
        """The figures that are sums, and what the median is told by."""
        asked = [figure for figure in self.figures if figure is not Figure.MEDIAN_DAYS]
        needed = [Figure.ANSWERED] if self.median else []
        return [*dict.fromkeys([Figure.TOTAL, *asked, *needed])]


def cut_of(by: Iterable[Dimension], actor: Actor, criteria: AppealFilter) -> Cut | None:
    """The cut that can answer, or None: then appeals have to be counted one by one."""
    if any(getattr(criteria, name) is not None for name in UNKEPT):
        return None
    needed = {*by, *(Dimension(key) for key, values in chosen(criteria).items() if values)}
    if criteria.regime is not None:
        needed.add(Dimension.REGIME)
    if criteria.queued is not None:
        needed.add(Dimension.BODY)
    for scope in actor.scopes(Permission.READ_APPEALS):
        limits = (scope.blocks, scope.municipalities, scope.bodies)
        names = (Dimension.BLOCK, Dimension.MUNICIPALITY, Dimension.BODY)
        needed.update(name for name, limit in zip(names, limits, strict=True) if limit is not None)
    return cut_for(needed)


def known(criteria: AppealFilter, figures: Iterable[Figure]) -> bool:
    """Whether cells have these figures of what fits, if a cut has what it is looked for by."""
    return criteria.overdue is None or OF_LATE.issuperset(figures)


def summed(wanted: Wanted, cut: Cut, span: Span, dialect: str) -> Select[Any]:
    """The figures of each group out of the cells of a cut, then the groups' values."""
    span = span.in_days() if wanted.median else span
    rows = (_facts(part, wanted) for part in _parts(wanted, cut, span, dialect))
    return _grouped(wanted, union_all(*(_shown(part, wanted) for part in rows)).subquery())


def counted(wanted: Wanted, dialect: str) -> Select[Any]:
    """The same out of the appeals themselves."""
    fitting = matching(wanted.criteria, wanted.now, dialect)
    rows = of_appeals(wanted.now, dialect).where(visible(wanted.actor), fitting)
    return _grouped(wanted, _facts(rows, wanted))


def _facts(part: Select[Any], wanted: Wanted) -> Subquery:
    """Rows of facts; their days only where the median is told."""
    columns = [c for c in part.selected_columns if wanted.median or c.key != DAYS]
    return part.with_only_columns(*columns).subquery()


def _grouped(wanted: Wanted, rows: Subquery) -> Select[Any]:
    """Large groups first; one whose cases have all left it is none. Bodies come with their names.

    The figures, the groups' values, and where bodies are among them a body's key and name.
    """
    rows = _ranked(wanted, rows) if wanted.median else rows
    total = func.sum(rows.c.total)
    figures: list[ColumnElement[Any]] = [_figure(rows, f).label(f) for f in wanted.figures]
    if not wanted.by:
        return select(*(figures or [total]))
    values = [_value(rows.c[dimension], dimension).label(dimension) for dimension in wanted.by]
    groups = select(*figures, *values, total.label("size")).having(total > 0)
    found = groups.group_by(*(rows.c[dimension] for dimension in wanted.by)).subquery()
    query = select(*(found.c[name] for name in (*wanted.figures, *wanted.by)))
    if Dimension.BODY in wanted.by:
        query = query.add_columns(Body.key, Body.name)
        query = query.outerjoin_from(found, Body, Body.id == found.c[Dimension.BODY])
    return query.order_by(found.c.size.desc(), *(nulls_last(found.c[d]) for d in wanted.by))


def _figure(rows: Subquery, figure: Figure) -> ColumnElement[Any]:
    if figure is not Figure.MEDIAN_DAYS:
        return cast(func.coalesce(func.sum(rows.c[figure]), 0), BigInteger)
    # The one or two in the middle: half of the answers took no longer, half no less.
    of_some, twice = rows.c.answered > 0, 2 * rows.c.up_to
    ends = (twice >= rows.c.in_all, twice > rows.c.in_all)
    lower, upper = (func.min(case((and_(of_some, end), rows.c.days))) for end in ends)
    return cast(lower + upper, Float) / 2


def _ranked(wanted: Wanted, rows: Subquery) -> Subquery:
    """The rows of each group added up by days, with how many were answered `up_to` then."""
    keys = [rows.c[dimension] for dimension in wanted.by]
    sums = [func.sum(rows.c[name]).label(name) for name in wanted.sums]
    answered = func.sum(func.sum(rows.c.answered))
    up_to = answered.over(partition_by=keys or None, order_by=rows.c.days).label("up_to")
    in_all = answered.over(partition_by=keys or None).label("in_all")
    ranked = select(*keys, rows.c.days, *sums, up_to, in_all)
    return ranked.group_by(*keys, rows.c.days).subquery()


def _parts(wanted: Wanted, cut: Cut, span: Span, dialect: str) -> Iterator[Select[Any]]:
    now, pieces = wanted.now, span.pieces
    if pieces:
        yield from _kept(wanted, cut, pieces)
        yield of_changes(now).where(_covered(RollupChange.received_at, span))
        yield of_waiting(now).where(_covered(RollupWaiting.received_at, span))
    for edge in span.edges:
        yield of_appeals(now, dialect).where(_inside(Appeal.received_at, edge))


def _kept(wanted: Wanted, cut: Cut, pieces: Sequence[Piece]) -> Iterator[Select[Any]]:
    if not wanted.median:
        yield _cells(CELLS, cut, pieces, FIGURES)
        return
    # Who was answered is counted by days there, so not here.
    others = [figure for figure in FIGURES if figure is not Figure.ANSWERED]
    yield _cells(CELLS, cut, pieces, others)
    yield _cells(HISTOGRAM, cut, pieces, (Figure.ANSWERED, DAYS))


def _cells(kept: Kept, cut: Cut, pieces: Sequence[Piece], names: Sequence[str]) -> Select[Any]:
    """What the cells of these stretches have under these names, and nothing of the rest.

    Joined to them, not compared with each: then no plan depends on the moments, and PostgreSQL
    keeps one for all.
    """
    stretches, cell = union_all(*map(_row, pieces)).subquery(), kept.table.c
    within_one = and_(
        cell.cut == bindparam(None, cut.key, String, literal_execute=True),
        cell.level == stretches.c.level,
        cell.start >= stretches.c.since,
        cell.start < stretches.c.until,
    )
    keys = [cell[key] for key in KEYS]
    told = [cell[name] if name in names else nothing(name) for name in (*FIGURES, DAYS)]
    cells: Select[Any] = select(*keys, *told).join_from(stretches, kept.table, within_one)
    return cells


def _row(piece: Piece) -> Select[Any]:
    columns: list[ColumnElement[Any]] = [
        literal(piece.level, String).label("level"),
        literal(piece.since or LONG_AGO, UtcDateTime).label("since"),
        literal(piece.until or FAR_OFF, UtcDateTime).label("until"),
    ]
    return select(*columns)


def _shown(rows: Subquery, wanted: Wanted) -> Select[Any]:
    """The columns that are summed, of the rows that the actor may see and that are wanted."""
    seen = within(rows.c, wanted.actor.scopes(Permission.READ_APPEALS))
    names = [*wanted.sums, *([DAYS] if wanted.median else []), *wanted.by]
    told = _told(rows, wanted.criteria.overdue)
    columns = (told[name].label(name) if name in told else rows.c[name] for name in names)
    return select(*columns).where(seen, _fitting(rows, wanted.criteria))


def _told(rows: Subquery, late: bool | None) -> Mapping[str, ColumnElement[Any]]:
    """What is said otherwise where only late cases are wanted, or only others."""
    if late is None:
        return {}
    if late:
        return {Figure.TOTAL: rows.c.overdue}
    return {Figure.TOTAL: rows.c.total - rows.c.overdue, Figure.OVERDUE: literal(0, Integer)}


def _fitting(rows: Subquery, criteria: AppealFilter) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [
        rows.c[key].in_([*values]) for key, values in chosen(criteria).items() if values
    ]
    if criteria.regime is not None:
        conditions.append(rows.c.regime == criteria.regime)
    if criteria.queued is not None:
        conditions.append((rows.c.body_id == 0) if criteria.queued else (rows.c.body_id != 0))
    if criteria.view is not None:
        conditions.append(rows.c.views.in_(VIEW_BITS[criteria.view]))
    return and_(true(), *conditions)


def _covered(moment: Any, span: Span) -> ColumnElement[bool]:
    """What the pieces cover: the period without its edges."""
    bounds = [] if span.since is None else [moment >= span.since]
    bounds += [] if span.until is None else [moment < span.until]
    return and_(true(), *bounds, *(not_(_inside(moment, edge)) for edge in span.edges))


def _inside(moment: Any, edge: Edge) -> ColumnElement[bool]:
    return and_(moment >= edge.since, moment < edge.until)


def _value(column: ColumnElement[Any], dimension: Dimension) -> ColumnElement[Any]:
    """NULL again where there is no value."""
    return func.nullif(column, 0 if dimension is Dimension.BODY else "")
