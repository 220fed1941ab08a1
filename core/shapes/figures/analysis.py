"""Figures of a subject by any dimensions: the statement that asks, and the groups in its rows."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache, partial
from itertools import repeat
from typing import Any, ClassVar, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select

from core.kernel.access import Actor
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.law.russian import Code
from core.shapes.figures.periods import Span, span_of
from core.shapes.figures.reading import Wanted, counted, cut_of, known, named_by, summed
from core.shapes.figures.subject import C, Subject

MOST_DIMENSIONS = 4
MOST_GROUPS = 5_000
KEPT_KINDS = 64


class Value(NamedTuple):
    """One value of a dimension, None where rows have none; what it is called if it has names."""

    dimension: Code
    value: str | int | None
    names: tuple[str, ...] | None = None


Key = tuple[Any, ...]
"""Tells a group from any other: by what it is one, its values, and what they are called."""


class Group:
    """One group and its figures, which a subclass names; those that were not asked for are 0."""

    __slots__ = ()
    subject: ClassVar[Subject[Any]]
    total = overdue = 0
    key: Key

    @property
    def group(self) -> tuple[Value, ...]:
        """The values of the group, one for each dimension."""
        return group_of(self.subject, self.key)

    @property
    def values(self) -> tuple[str | int | None, ...]:
        """The values of the group alone."""
        return tuple(one.value for one in self.group)


G = TypeVar("G", bound=Group)


def span_for(
    subject: Subject[C], by: Sequence[Code], actor: Actor, criteria: C, zone: ZoneInfo
) -> Span | None:
    """The period as the cells have it; None where they do not know what is asked for."""
    cut = cut_of(subject, by, actor, criteria)
    if cut is None:
        return None
    since, until = subject.filter.period(criteria)
    span = span_of(since, until, zone, cut.levels)
    return span if span.pieces else None


def tally(
    subject: Subject[C],
    actor: Actor,
    now: datetime,
    dialect: str,
    by: Sequence[Code],
    criteria: C,
    span: Span | None,
    figures: Sequence[str],
    most: int = MOST_GROUPS,
    apart: ColumnElement[Any] | None = None,
) -> Select[Any]:
    """The statement that tells the figures, for `figures_of`; `span` is what `span_for` gave.

    What tells rows `apart` beside their dimensions no cell knows: it stands last in a group's key.

    Of what the actor may see and the criteria fit, large groups first. Refuses as
    `require_dimensions` does.
    """
    require_dimensions(by)
    wanted = Wanted(subject, by, figures, actor, now, criteria, apart)
    kept = span is not None and apart is None and known(subject, criteria, figures)
    cut = cut_of(subject, by, actor, criteria) if kept else None
    query = (
        counted(wanted, dialect)
        if span is None or cut is None
        else summed(wanted, cut, span, dialect)
    )
    return query.limit(most + 1)


def figures_of(
    kind: type[G],
    by: Sequence[Code],
    figures: Sequence[str],
    rows: Sequence[Any],
    most: int = MOST_GROUPS,
) -> list[G]:
    """The figures in the rows of `tally`; more than `most` groups are refused."""
    require_groups(len(rows), most)
    columns = [*zip(*rows, strict=True)]
    told, values = columns[: len(figures)], columns[len(figures) :]
    keys = zip(repeat(tuple(by), len(rows)), *values, strict=True)
    make = _maker(kind, tuple(figures))  # type: ignore[arg-type]  # a class has a hash
    return [*map(make, zip(keys, *told, strict=True))]


def require_dimensions(by: Sequence[Code]) -> None:
    """Refuse INVALID more than MOST_DIMENSIONS, and one that is named twice."""
    if len(by) > MOST_DIMENSIONS or len(set(by)) < len(by):
        text = f"Группировать можно не более чем по {MOST_DIMENSIONS} разным признакам"
        raise Refusal(RefusalCode.INVALID, text)


def require_groups(found: int, most: int = MOST_GROUPS) -> None:
    """Refuse TOO_MUCH more groups than these."""
    if found > most:
        raise Refusal(RefusalCode.TOO_MUCH, f"Групп больше {most}: сузьте отбор")


def group_of(subject: Subject[Any], key: Key) -> tuple[Value, ...]:
    """The values behind a key."""
    by, *values = key
    rest, called = iter(values[len(by) :]), dict[Code, tuple[str, ...]]()
    for names in named_by(subject, by):
        told = tuple(next(rest) for _ in names.columns)
        if any(told):
            called[names.dimension] = told
    pairs = zip(by, values, strict=False)
    return tuple(Value(one, value, called.get(one)) for one, value in pairs)


@lru_cache(KEPT_KINDS)
def _maker(kind: type[Group], figures: tuple[str, ...]) -> Callable[[tuple[Any, ...]], Any]:
    """What makes a group of its key and these figures."""
    row = namedtuple("Row", ("key", *figures))  # type: ignore[misc]
    return partial(tuple.__new__, type(kind.__name__, (row, kind), {"__slots__": ()}))
