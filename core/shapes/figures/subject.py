"""What a counted subject declares: triggers, cells, folding, reading and proof come from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, SmallInteger, Table
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import Integer, String, TypeEngine

from core.db.bulk import table_of
from core.db.database import Base
from core.kernel.access import Actor
from core.law.russian import Code
from core.shapes.figures.cuts import Cut
from core.shapes.figures.measures import (
    OVERDUE,
    TOTAL,
    Lasting,
    Measure,
    Pending,
    Sql,
    full_days,
    number,
)
from core.shapes.figures.tables import Columns, Form, Tables, make_tables

C = TypeVar("C")
VIEWS = "views"
Period = tuple[datetime | None, datetime | None]


@dataclass(frozen=True, slots=True)
class Sight:
    """Which rows an actor may see: the condition over rows that have the dimensions as columns.

    `limits` are the names of the dimensions that the condition looks at.
    """

    within: Callable[[Any, Actor], ColumnElement[bool]]
    limits: Callable[[Actor], Iterable[str]]


def nothing_more(_rows: Any, _criteria: object) -> Sequence[ColumnElement[bool]]:
    """No condition beside the values chosen."""
    return ()


@dataclass(frozen=True, slots=True)
class Filter(Generic[C]):
    """What rows may be looked for by: `chosen` values by dimension, empty for any; a period.

    None among the values is to have none.

    `further` are conditions over facts beside the chosen values, on the dimensions in `needed`.
    Where `kept` says no, criteria look at what no cell knows. `late` wants only what is overdue,
    or only what is not. `rows` is all of it as a condition on the table itself at a moment, by
    dialect: where an index serves it better, or there is something that no cell knows.
    """

    chosen: Callable[[C], Mapping[Any, Sequence[str | int | None]]]
    period: Callable[[C], Period]
    further: Callable[[Any, C], Sequence[ColumnElement[bool]]] = nothing_more
    rows: Callable[[C, datetime, str], ColumnElement[bool]] | None = None
    needed: Callable[[C], Iterable[Code]] = lambda _criteria: ()
    kept: Callable[[C], bool] = lambda _criteria: True
    late: Callable[[C], bool | None] = lambda _criteria: None


@dataclass(frozen=True, slots=True)
class Names:
    """What a dimension's values are called: a key and a name in another table.

    `of` is the condition that its row is that of a value.
    """

    dimension: Code
    table: type[Base]
    of: Callable[[ColumnElement[Any]], ColumnElement[bool]]
    columns: tuple[ColumnElement[str] | InstrumentedAttribute[str], ...]


@dataclass(frozen=True, eq=False)
class Subject(Generic[C]):
    """What is counted: rows of a model, at the time in the column `at`.

    `dimensions` are columns, or what `expressions` says; those in `loose` no cell has: rows are
    counted by what it says of each. `views` are conditions whose bits say in which figures a row
    counts; `cuts` go from those with few cells to those with many. `tables` are named by `prefix`.
    """

    model: type[Base]
    prefix: str
    at: str
    dimensions: type[Code]
    measures: tuple[Measure, ...]
    cuts: tuple[Cut, ...]
    sight: Sight
    filter: Filter[C]
    expressions: Mapping[Any, str] = field(default_factory=dict)
    loose: Mapping[Any, str] = field(default_factory=dict)
    views: tuple[str, ...] = ()
    pending: Pending | None = None
    lasting: Lasting | None = None
    names: tuple[Names, ...] = ()
    tables: Tables = field(init=False)

    def __post_init__(self) -> None:
        """Make the tables; a frozen object's only way to keep what follows from the rest."""
        object.__setattr__(self, "tables", make_tables(self._form()))

    @cached_property
    def table(self) -> Table:
        """The table whose rows are counted."""
        return table_of(self.model)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The names of what tells cells of one cut and stretch apart."""
        return (*self._kept, *([VIEWS] if self.views else []))

    @cached_property
    def sums(self) -> tuple[str, ...]:
        """The names of what does not depend on the moment: how many, then the measures."""
        return (TOTAL, *(measure.name for measure in self.measures))

    @cached_property
    def figures(self) -> tuple[str, ...]:
        """The names of what is summed up."""
        return (*self.sums, OVERDUE) if self.pending else self.sums

    @cached_property
    def key_sql(self) -> Mapping[str, str]:
        """What each key is of a row."""
        found = {str(one): self._dimension(one) for one in self._kept}
        bits = (number(view, 1 << place) for place, view in enumerate(self.views))
        return {**found, VIEWS: " + ".join(bits)} if self.views else found

    @cached_property
    def sum_sql(self) -> Mapping[str, Sql]:
        """What a row adds to each sum."""
        return {TOTAL: "1", **{measure.name: measure.sql for measure in self.measures}}

    @cached_property
    def days_sql(self) -> Sql | None:
        """In how many full days a row ended."""
        return full_days(self.at, self.lasting.until) if self.lasting else None

    def empty(self, key: str) -> str | int:
        """What stands for the absence of a value of this key."""
        return 0 if isinstance(self.types.get(key), Integer) else ""

    def with_view(self, number: int) -> tuple[int, ...]:
        """The values of the bits in which the view of this number, from 0, is one."""
        return tuple(bits for bits in range(1 << len(self.views)) if bits >> number & 1)

    @cached_property
    def types(self) -> Columns:
        """Of the keys."""
        found = {str(one): self._type(one) for one in self._kept}
        return {**found, VIEWS: SmallInteger()} if self.views else found

    @property
    def _kept(self) -> list[Code]:
        return [one for one in self.dimensions if one not in self.loose]

    def _type(self, dimension: Code) -> TypeEngine[int] | TypeEngine[str]:
        if dimension in self.expressions:
            return String()
        return Integer() if isinstance(self.table.c[dimension].type, Integer) else String()

    def _dimension(self, dimension: Code) -> str:
        if dimension in self.expressions:
            return self.expressions[dimension]
        column = f"{{0}}.{dimension}"
        if not self.table.c[dimension].nullable:
            return column
        return f"coalesce({column}, {self.empty(dimension)!r})"

    def _form(self) -> Form:
        return Form(
            self.prefix,
            self.at,
            self.types,
            {TOTAL: Integer(), **{measure.name: measure.type for measure in self.measures}},
            self.pending.at if self.pending else None,
            self.lasting.ended if self.lasting else None,
        )
