"""Figures put together from cells and from what the cells do not have yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic

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

from core.db.database import UtcDateTime
from core.kernel.access import Actor
from core.law.russian import Code
from core.shapes.figures.cuts import Cut, first_with
from core.shapes.figures.facts import nothing, of_rows, unfolded
from core.shapes.figures.measures import DAYS, MEDIAN, OVERDUE, TOTAL
from core.shapes.figures.periods import Edge, Piece, Span
from core.shapes.figures.subject import C, Names, Subject
from core.shapes.figures.tables import SumTable

LONG_AGO, FAR_OFF = datetime(1000, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
APART = "apart"
OF_LATE = frozenset({TOTAL, OVERDUE})
"""All that cells know of late rows apart from others: how many there are."""


@dataclass(frozen=True, slots=True)
class Wanted(Generic[C]):
    """What is counted: the groups, which figures, who asks at what moment, and which rows.

    Rows are told apart by `apart` too, an expression over them: then they are counted one by one.
    """

    subject: Subject[C]
    by: Sequence[Code]
    figures: Sequence[str]
    actor: Actor
    now: datetime
    criteria: C
    apart: ColumnElement[Any] | None = None

    @property
    def median(self) -> bool:
        """Whether the median of days is among the figures."""
        return MEDIAN in self.figures

    @property
    def sums(self) -> list[str]:
        """The figures that are sums, and what the median is told by."""
        asked = [figure for figure in self.figures if figure != MEDIAN]
        needed = [ended(self.subject)] if self.median else []
        return [*dict.fromkeys([TOTAL, *asked, *needed])]


def ended(subject: Subject[Any]) -> str:
    """The measure of the rows that have ended, whose days a median is told from."""
    assert subject.lasting is not None
    return subject.lasting.ended


def cut_of(subject: Subject[C], by: Iterable[Code], actor: Actor, criteria: C) -> Cut | None:
    """The cut that can answer, or None: then rows have to be counted one by one."""
    asked = subject.filter
    if not asked.kept(criteria):
        return None
    chosen = (subject.dimensions(key) for key, some in asked.chosen(criteria).items() if some)
    limits = map(subject.dimensions, subject.sight.limits(actor))
    return first_with(subject.cuts, (*by, *chosen, *asked.needed(criteria), *limits))


def known(subject: Subject[C], criteria: C, figures: Iterable[str]) -> bool:
    """Whether cells have these figures of what fits, if a cut has what it is looked for by."""
    return subject.filter.late(criteria) is None or OF_LATE.issuperset(figures)


def summed(wanted: Wanted[Any], cut: Cut, span: Span, dialect: str) -> Select[Any]:
    """The figures of each group out of the cells of a cut, then the groups' values."""
    span = span.in_days() if wanted.median else span
    rows = (_facts(part, wanted) for part in _parts(wanted, cut, span, dialect))
    return _grouped(wanted, union_all(*(_shown(part, wanted) for part in rows)).subquery())


def counted(wanted: Wanted[Any], dialect: str) -> Select[Any]:
    """The same out of the rows themselves."""
    subject, now = wanted.subject, wanted.now
    rows = of_rows(subject, now, dialect, [one for one in wanted.by if one in subject.loose])
    if subject.filter.rows is None:
        period = _within(subject.table.c[subject.at], *subject.filter.period(wanted.criteria))
        shown = _shown(_facts(rows.where(*period), wanted), wanted)
        return _grouped(wanted, shown.subquery())
    if wanted.apart is not None:
        rows = rows.add_columns(wanted.apart.label(APART))
    fitting = subject.filter.rows(wanted.criteria, now, dialect)
    seen = subject.sight.within(subject.model, wanted.actor)
    return _grouped(wanted, _facts(rows.where(seen, fitting), wanted))


def _facts(part: Select[Any], wanted: Wanted[Any]) -> Subquery:
    """Rows of facts; their days only where the median is told."""
    columns = [c for c in part.selected_columns if wanted.median or c.key != DAYS]
    return part.with_only_columns(*columns).subquery()


def _grouped(wanted: Wanted[Any], rows: Subquery) -> Select[Any]:
    """Large groups first; one whose rows have all left it is none.

    The figures, the groups' values, what the value of a dimension that has names is called, and
    last what else tells them apart.
    """
    rows = _ranked(wanted, rows) if wanted.median else rows
    total = func.sum(rows.c.total)
    figures: list[ColumnElement[Any]] = [_figure(wanted, rows, f).label(f) for f in wanted.figures]
    apart = () if wanted.apart is None else (rows.c[APART],)
    if not wanted.by and not apart:
        return select(*(figures or [total]))
    empty = wanted.subject.empty
    # NULL again where there is no value.
    values = [func.nullif(rows.c[one], empty(one)).label(one) for one in wanted.by]
    groups = select(*figures, *values, *apart, total.label("size")).having(total > 0)
    keys = (*(rows.c[dimension] for dimension in wanted.by), *apart)
    found = groups.group_by(*keys).subquery()
    told = (found.c[name] for name in (*wanted.figures, *wanted.by))
    query = select(*told).select_from(found)
    for names in named_by(wanted.subject, wanted.by):
        columns, of = names.columns, names.of(found.c[names.dimension])
        query = query.add_columns(*columns).outerjoin(names.table, of)
    query = query.add_columns(found.c[APART]) if apart else query
    return query.order_by(found.c.size.desc(), *(nulls_last(found.c[d]) for d in wanted.by))


def named_by(subject: Subject[Any], by: Sequence[Code]) -> list[Names]:
    """Those of these dimensions whose values have names, in the order of the rows' last columns."""
    return [names for names in subject.names if names.dimension in by]


def _figure(wanted: Wanted[Any], rows: Subquery, figure: str) -> ColumnElement[Any]:
    if figure != MEDIAN:
        return cast(func.coalesce(func.sum(rows.c[figure]), 0), BigInteger)
    # The one or two in the middle: half of the rows took no longer, half no less.
    of_some, twice = rows.c[ended(wanted.subject)] > 0, 2 * rows.c.up_to
    ends = (twice >= rows.c.in_all, twice > rows.c.in_all)
    lower, upper = (func.min(case((and_(of_some, end), rows.c.days))) for end in ends)
    return cast(lower + upper, Float) / 2


def _ranked(wanted: Wanted[Any], rows: Subquery) -> Subquery:
    """The rows of each group added up by days, with how many had ended `up_to` then."""
    keys = [rows.c[dimension] for dimension in wanted.by]
    sums = [func.sum(rows.c[name]).label(name) for name in wanted.sums]
    some = func.sum(func.sum(rows.c[ended(wanted.subject)]))
    up_to = some.over(partition_by=keys or None, order_by=rows.c.days).label("up_to")
    in_all = some.over(partition_by=keys or None).label("in_all")
    ranked = select(*keys, rows.c.days, *sums, up_to, in_all)
    return ranked.group_by(*keys, rows.c.days).subquery()


def _parts(wanted: Wanted[Any], cut: Cut, span: Span, dialect: str) -> Iterator[Select[Any]]:
    subject, now, pieces = wanted.subject, wanted.now, span.pieces
    if pieces:
        yield from _kept(wanted, cut, pieces)
        for part in unfolded(subject, now):
            yield part.where(_covered(part.selected_columns[subject.at], span))
    for edge in span.edges:
        within = _inside(subject.table.c[subject.at], edge)
        yield of_rows(subject, now, dialect).where(within)


def _kept(wanted: Wanted[Any], cut: Cut, pieces: Sequence[Piece]) -> Iterator[Select[Any]]:
    subject, histogram = wanted.subject, wanted.subject.tables.histogram
    if histogram is None or not wanted.median:
        yield _cells(subject, subject.tables.cells, cut, pieces, subject.figures)
        return
    # Who has ended is counted by days there, so not here.
    by_days = ended(subject)
    others = [figure for figure in subject.figures if figure != by_days]
    yield _cells(subject, subject.tables.cells, cut, pieces, others)
    yield _cells(subject, histogram, cut, pieces, (by_days, DAYS))


def _cells(
    subject: Subject[Any], kept: SumTable, cut: Cut, pieces: Sequence[Piece], names: Sequence[str]
) -> Select[Any]:
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
    keys = [cell[key] for key in subject.keys]
    days = (DAYS,) if subject.lasting else ()
    told = [cell[name] if name in names else nothing(name) for name in (*subject.figures, *days)]
    cells: Select[Any] = select(*keys, *told).join_from(stretches, kept.table, within_one)
    return cells


def _row(piece: Piece) -> Select[Any]:
    columns: list[ColumnElement[Any]] = [
        literal(piece.level, String).label("level"),
        literal(piece.since or LONG_AGO, UtcDateTime).label("since"),
        literal(piece.until or FAR_OFF, UtcDateTime).label("until"),
    ]
    return select(*columns)


def _shown(rows: Subquery, wanted: Wanted[Any]) -> Select[Any]:
    """The columns that are summed, of the rows that the actor may see and that are wanted."""
    subject, criteria = wanted.subject, wanted.criteria
    seen = subject.sight.within(rows.c, wanted.actor)
    names = [*wanted.sums, *([DAYS] if wanted.median else []), *wanted.by]
    told = _told(rows, subject.filter.late(criteria))
    columns = (told[name].label(name) if name in told else rows.c[name] for name in names)
    return select(*columns).where(seen, *fitting(subject, rows, criteria))


def _told(rows: Subquery, late: bool | None) -> Mapping[str, ColumnElement[Any]]:
    """What is said otherwise where only late rows are wanted, or only others."""
    if late is None:
        return {}
    if late:
        return {TOTAL: rows.c.overdue}
    return {TOTAL: rows.c.total - rows.c.overdue, OVERDUE: literal(0, Integer)}


def fitting(subject: Subject[C], rows: Subquery, criteria: C) -> Iterator[ColumnElement[bool]]:
    """The conditions over facts that the criteria mean, without the period."""
    for key, values in subject.filter.chosen(criteria).items():
        if values:
            yield rows.c[key].in_([subject.empty(key) if v is None else v for v in values])
    yield from subject.filter.further(rows.c, criteria)


def _covered(moment: Any, span: Span) -> ColumnElement[bool]:
    """What the pieces cover: the period without its edges."""
    bounds = _within(moment, span.since, span.until)
    return and_(true(), *bounds, *(not_(_inside(moment, edge)) for edge in span.edges))


def _within(
    moment: Any, since: datetime | None, until: datetime | None
) -> list[ColumnElement[bool]]:
    bounds = [] if since is None else [moment >= since]
    return bounds + ([] if until is None else [moment < until])


def _inside(moment: Any, edge: Edge) -> ColumnElement[bool]:
    return and_(moment >= edge.since, moment < edge.until)
