"""What one statement reads, and how rows are called in generated code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select

from core.db.cache import Memo
from core.db.statements import by_shape
from schema.graphql.loaders import Rows


@dataclass(eq=False, slots=True)
class Source:
    """Columns of a table and of the tables joined to it; the texts made for each shape.

    Rows that belong to a key have it in their first column. `lead` is the first list that hangs
    on these rows, on the column `lead_by`: a single row is read together with it.
    """

    model: Any
    rows: Rows | None = None
    statements: Memo[Any] = field(default_factory=by_shape)
    lead: Source | None = None
    lead_by: int = 0
    columns: dict[tuple[int, str], ColumnElement[Any]] = field(default_factory=dict)
    _joins: list[tuple[Any, ColumnElement[bool]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.rows is not None:
            self.place(self.model, self.rows.key.key)

    def place(self, entity: Any, name: str) -> int:
        """The position of a column in the rows; asked for from now on."""
        self.columns.setdefault((id(entity), name), getattr(entity, name))
        return [*self.columns].index((id(entity), name))

    def join(self, entity: Any, key: str, by: ColumnElement[Any]) -> None:
        """Join at most one row of a table."""
        self._joins.append((entity, getattr(entity, key) == by))

    def hang(self, below: Source, by: str | None) -> None:
        """Note a list that hangs on a column of these rows."""
        rows = below.rows
        if (
            by
            and self.lead is None
            and rows is not None
            and rows.visible is None
            and not rows.where
        ):
            self.lead, self.lead_by = below, self.place(self.model, by)

    def narrowed(self, query: Select[Any], *more: Any) -> Select[Any]:
        """The query with exactly these columns, and more at their end; one column at least."""
        if not self.columns:
            self.place(self.model, self.model.id.key)
        query = query.with_only_columns(*self.columns.values(), *more, maintain_column_froms=True)
        return self._joined(query)

    def leading(self, query: Select[Any]) -> Select[Any]:
        """The query of a single row, with the list that hangs on it in further columns.

        A query of no table's rows is as it should be.
        """
        if self.model is None:
            return query
        lead = self.lead
        if lead is None or lead.rows is None:
            return self.narrowed(query)
        by = [*self.columns.values()][self.lead_by]
        query = self.narrowed(query, *lead.columns.values())
        query = query.outerjoin(lead.model, lead.rows.key == by)
        return lead._joined(query).order_by(lead.rows.order)

    def _joined(self, query: Select[Any]) -> Select[Any]:
        for entity, condition in self._joins:
            query = query.outerjoin(entity, condition)
        return query


@dataclass(frozen=True, slots=True)
class Row:
    """A row in generated code: which table of the source is meant, and the variable."""

    source: Source
    entity: Any
    name: str = "r"

    def __getitem__(self, column: str) -> str:
        return f"{self.name}[{self.source.place(self.entity, column)}]"


@dataclass(frozen=True, eq=False, slots=True)
class Waiter:
    """A field that waits for rows of another statement: `build(q, root, found)`."""

    source: Source
    many: bool
    build: Callable[..., Any]
