"""Root fields of a plan: what is sought becomes a statement, its rows the value of the field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Dialect, Select
from sqlalchemy.orm import InstrumentedAttribute

from core.keyset import positioned
from core.statements import compiled, part, slotted
from schema.documents.arguments import Arguments, Coerced
from schema.execution.asking import Asking
from schema.execution.source import Source
from schema.paging import Marks, counting, position, write_cursor
from schema.seeking import Seeks, Sought, slotted_asker


@dataclass(frozen=True, slots=True)
class Given:
    """What a pure resolver answers."""

    arguments: Arguments
    build: Callable[..., Any]

    async def answer(self, asking: Asking, coerced: Coerced) -> Any:
        """The value of the field for one request and its variables."""
        return self.build(asking, self.arguments.values(coerced))


@dataclass(frozen=True, slots=True)
class Single:
    """At most one row; `asked` is what the fields selected need of rows that make something."""

    arguments: Arguments
    seeks: Seeks
    source: Source
    build: Callable[..., Any]
    asked: tuple[Enum, ...] | None = None

    async def answer(self, asking: Asking, coerced: Coerced) -> Any:
        """See Given."""
        sought = self.seeks.describe(asking, **self.arguments.values(coerced))
        if self.asked is not None:
            sought = sought.narrowed(self.asked)
        return self._value(asking, sought, await self._rows(asking, sought))

    async def _rows(self, asking: Asking, sought: Sought) -> Any:
        statement, atoms = self._prepared(asking, sought, (), None, self._statement)
        return await asking.fetch(statement, atoms)

    def _value(self, asking: Asking, _sought: Sought, rows: Any) -> Any:
        if not rows:
            return None
        source = self.source
        if source.lead is not None:
            # What came with the row is at hand for the fields that would wait for it.
            width, key = len(source.columns), rows[0][source.lead_by]
            found = [row[width:] for row in rows if row[width] is not None]
            asking.at_hand[source.lead, key] = found
        return self.build(asking, rows[0])

    def _statement(self, query: Select[Any], _places: object, dialect: Dialect) -> Any:
        return compiled(self.source.leading(query), dialect)

    def _prepared(
        self,
        asking: Asking,
        sought: Sought,
        places: tuple[list[object] | None, ...],
        fixed: object,
        make: Callable[..., Any],
    ) -> tuple[Any, list[object]]:
        """What `make` compiles for the shape of what is sought, and the atoms to run it with."""
        if not sought.steady:
            return make(sought.query(asking.context, *sought.values), places, asking.dialect), []
        atoms = [*asking.atoms]
        parts = part(sought.values, atoms), part(places, atoms)

        def made() -> Any:
            asker, numbers = slotted_asker(asking.context)
            values = slotted(sought.values, numbers)
            return make(sought.query(asker, *values), slotted(places, numbers), asking.dialect)

        shape = (asking.shape, sought.query, sought.order, fixed, parts)
        return self.source.statements.recall(shape, made), atoms


class Made(Single):
    """What a function makes of rows."""

    __slots__ = ()

    def _value(self, asking: Asking, sought: Sought, rows: Any) -> Any:
        assert self.seeks.make is not None
        return self.build(asking, self.seeks.make(sought, rows))

    def _statement(self, query: Select[Any], _places: object, dialect: Dialect) -> Any:
        return compiled(query, dialect)


@dataclass(frozen=True, slots=True)
class Listed(Single):
    """A page, and the number of all rows where it is asked for."""

    counted: bool = False

    async def _rows(self, asking: Asking, sought: Sought) -> Any:
        window, order = sought.window, sought.order
        assert order is not None
        size = window.size(asking.context.region.settings.max_page)

        def make(query: Select[Any], places: Any, dialect: Dialect) -> Any:
            after, before = places
            page = positioned(
                query, order, after=after, before=before,
                backwards=window.backwards, limit=size + 1,
            )  # fmt: skip
            ends = tuple(self._end(column, dialect) for column in order.columns)
            rows = compiled(self.source.narrowed(page), dialect)
            return rows, compiled(counting(query), dialect), ends

        places = (position(window.after, order), position(window.before, order))
        fixed = (size, window.backwards)
        (found, count, ends), atoms = self._prepared(asking, sought, places, fixed, make)
        rows, more = window.cut(await asking.fetch(found, atoms), size)
        page = _Page(rows, ends)
        page.marks = window.marks(more, *map(page.cursor, (rows[0], rows[-1]) if rows else ()))
        if self.counted:
            page.total = (await asking.fetch(count, atoms))[0][0]
        return page

    def _value(self, asking: Asking, _sought: Sought, rows: Any) -> Any:
        return self.build(asking, rows)

    def _end(self, column: InstrumentedAttribute[Any], dialect: Dialect) -> _End:
        read = column.type.dialect_impl(dialect).result_processor(dialect, None)
        return self.source.place(self.source.model, column.key), read or (lambda value: value)


_End = tuple[int, Callable[[Any], Any]]
"""Where a column of the order stands in the rows, and how it is read."""


@dataclass(slots=True)
class _Page:
    """What the builder of a page is given."""

    rows: Any
    ends: tuple[_End, ...]
    total: int = 0
    marks: Marks | None = None

    def cursor(self, row: Any) -> str:
        return write_cursor([read(row[place]) for place, read in self.ends])
