"""What figures are kept in. Nobody writes here but the triggers of a subject and `fold`.

In these tables the absence of a value is an empty text, and 0 for a number: keys have no NULL.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Boolean, Column, FromClause, Integer, String, Table, select
from sqlalchemy.types import TypeEngine

from core.db.database import Base, Id, UtcDateTime
from core.shapes.figures.cuts import Cut
from core.shapes.figures.measures import DAYS, OVERDUE, TOTAL
from core.shapes.figures.periods import HOURS, Level

Columns = Mapping[str, TypeEngine[int] | TypeEngine[str]]
_column = partial(Column, nullable=False)


@dataclass(frozen=True, slots=True)
class Form:
    """What the tables of a subject are made of: names and types of their columns.

    `at` holds the time of the fact, `due` the moment of turning overdue, `ended` how many ended;
    None where the subject has no such thing.
    """

    prefix: str
    at: str
    keys: Columns
    measures: Columns
    due: str | None
    ended: str | None


@dataclass(frozen=True, slots=True)
class SumTable:
    """A table with sums of facts by keys, for every cut at those of its levels that it has."""

    table: Table
    at: str
    keys: tuple[str, ...]
    sums: tuple[str, ...]
    has: tuple[Level, ...]

    def levels(self, cut: Cut) -> tuple[Level, ...]:
        """The levels of a cut in this table, from long to short."""
        return tuple(level for level in cut.levels if level in self.has)

    def grouping(self, cut: Cut) -> tuple[str, ...]:
        """The keys that the cut does not sum over."""
        others = ("views", DAYS)
        return tuple(key for key in self.keys if key in cut.dimensions or key in others)

    def facts(self, cut: Cut, level: Level | None) -> FromClause:
        """The cells of a cut at one level, as facts."""
        columns = self.table.c
        named = (columns[name] for name in (*self.keys, *self.sums))
        cells = select(columns.start.label(self.at), *named)
        return cells.where(columns.cut == cut.key, columns.level == level).subquery()


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a subject.

    `state` has one row: until when cells know what is overdue (nobody may ask for an earlier
    moment), which cuts they are, and by which fold they are as they are, a word that no other has.
    `change` is a change of a row that no cell has yet: what it counted for, taken back, and counts
    for; `folding` while a fold works on it. `waiting` are rows
    in the cells that will turn overdue. `cells` are what counts, `overdue` as of the last fold;
    `histogram` is how many ended in so many full days.
    """

    state: Table
    change: Table
    waiting: Table | None
    cells: SumTable
    histogram: SumTable | None

    @property
    def kept(self) -> tuple[SumTable, ...]:
        """What folds add up to."""
        return (self.cells,) if self.histogram is None else (self.cells, self.histogram)


def make_tables(form: Form) -> Tables:
    """The tables of a subject, made known to migrations; once for each prefix."""
    return Tables(
        _table(
            form.prefix,
            Column("id", Integer, primary_key=True, autoincrement=False),
            _column("folded_at", UtcDateTime()),
            _column("edition", String()),
            _column("fold", String(), server_default=""),
        ),
        _table(f"{form.prefix}_change", *_of_change(form)),
        _waiting(form) if form.due else None,
        _cells(form),
        _histogram(form, form.ended) if form.ended else None,
    )


def _table(name: str, *columns: Column[Any]) -> Table:
    return Table(name, Base.metadata, *columns)


def _of_change(form: Form) -> Iterator[Column[Any]]:
    yield Column("id", Id, primary_key=True)
    yield _column(form.at, UtcDateTime())
    yield from (_column(name, kind) for name, kind in form.keys.items())
    yield from (_column(name, kind) for name, kind in form.measures.items())
    if form.due:
        yield Column(form.due, UtcDateTime())
    if form.ended:
        yield Column(DAYS, Integer)
    yield _column("folding", Boolean(), default=False)


def _waiting(form: Form) -> Table:
    keys = (_column(name, kind) for name, kind in form.keys.items())
    return _table(
        f"{form.prefix}_waiting",
        Column("id", Id, primary_key=True),
        _column(form.at, UtcDateTime()),
        _column(form.due, UtcDateTime(), index=True),
        *keys,
        _column(TOTAL, Integer),
    )


def _cells(form: Form) -> SumTable:
    sums = {**form.measures, **({OVERDUE: Integer()} if form.due else {})}
    columns = (_column(name, kind) for name, kind in sums.items())
    table = _table(f"{form.prefix}_cell", *_keys(form), *columns)
    return SumTable(table, form.at, (*form.keys,), (*sums,), tuple(Level))


def _histogram(form: Form, ended: str) -> SumTable:
    days = Column(DAYS, Integer, primary_key=True, autoincrement=False)
    table = _table(f"{form.prefix}_days", *_keys(form), days, _column(ended, Integer))
    levels = tuple(level for level in Level if level not in HOURS)
    return SumTable(table, form.at, (*form.keys, DAYS), (ended,), levels)


def _keys(form: Form) -> Iterator[Column[Any]]:
    """One combination of a cut in one stretch of time."""
    key = partial(Column, primary_key=True, autoincrement=False)
    yield key("cut", String())
    yield key("level", String())
    yield key("start", UtcDateTime())
    yield from (key(name, kind) for name, kind in form.keys.items())
