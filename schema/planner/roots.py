"""Root fields of a plan: what is sought becomes a statement, its rows the value of the field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from sqlalchemy import Dialect, Select
from sqlalchemy.orm import InstrumentedAttribute

from core.db.cache import Memo
from core.db.keyset import positioned
from core.db.statements import Statement, compiled, part, slotted
from schema.graphql.documents.arguments import KEPT_VALUES, Arguments, Coerced
from schema.graphql.paging import Marks, write_cursor
from schema.graphql.seeking import NOW, TODAY, Moment, Seeks, Sought, slotted_asker
from schema.planner.asking import Asking
from schema.planner.source import Source


@dataclass(frozen=True, slots=True)
class Given:
    """What a pure resolver answers."""

    arguments: Arguments
    build: Callable[..., Any]

    def ready(self, asking: Asking, coerced: Coerced) -> dict[str, Any]:
        """The arguments; GraphQLError for wrong ones."""
        return self.arguments.values(coerced)

    async def answer(self, asking: Asking, coerced: Coerced) -> Any:
        """The value of the field for one request and its variables."""
        return self.build(asking, self.ready(asking, coerced))


@dataclass(frozen=True, slots=True)
class Ready:
    """What one actor seeks with the same arguments, compiled: all but the moment it is asked at.

    `more` is what else is known of a page; `total` counts all rows where that is asked for.
    """

    sought: Sought
    made: Statement
    more: Sequence[Any]
    total: Statement | None = None


@dataclass(frozen=True, slots=True)
class Single:
    """At most one row, or what is made of rows: `asked` is what the fields selected need of it."""

    arguments: Arguments
    seeks: Seeks
    source: Source
    build: Callable[..., Any]
    asked: tuple[Enum, ...] | None = None
    _ready: Memo[Ready] = field(default_factory=lambda: Memo(KEPT_VALUES))

    def ready(self, asking: Asking, coerced: Coerced) -> Ready:
        """What is sought, compiled once; Refusal or GraphQLError where that cannot be."""
        key = (self.arguments.key(coerced), asking.context.actor)
        return self._ready.recall(key, lambda: self.prepared(asking, coerced))

    async def answer(self, asking: Asking, coerced: Coerced) -> Any:
        """See Given."""
        ready = self.ready(asking, coerced)
        return self._value(asking, ready.sought, await self._rows(asking, ready))

    async def _rows(self, asking: Asking, ready: Ready) -> Any:
        return await asking.fetch(ready.made, Moment(asking.context))

    def _value(self, asking: Asking, sought: Sought, rows: Any) -> Any:
        if self.seeks.make is not None:
            return self.build(asking, self.seeks.make(sought, rows))
        if not rows:
            return None
        source = self.source
        if source.lead is not None:
            # What came with the row is at hand for the fields that would wait for it.
            width, key = len(source.columns), rows[0][source.lead_by]
            found = [row[width:] for row in rows if row[width] is not None]
            asking.at_hand[source.lead, key] = found
        return self.build(asking, rows[0])

    def prepared(self, asking: Asking, coerced: Coerced) -> Ready:
        """What the actor seeks with these variables, compiled; nothing is read."""
        sought = self.seeks.describe(asking, **self.arguments.values(coerced))
        if self.asked is not None:
            sought = sought.narrowed(self.asked)
        return Ready(sought, *self._kept(asking, sought, self._compiled))

    def _kept(self, asking: Asking, sought: Sought, made: Any) -> tuple[Statement, list[Any]]:
        """What `made` compiles for all of one shape, bound to what is sought."""
        asker, first = asking.asker
        atoms, window, places = [*first], sought.window, sought.places
        parts = part(sought.values, atoms), part(places, atoms)
        shape = (asker, sought.query, sought.order, window.first, window.last, parts)

        def new() -> Any:
            asker, numbers = slotted_asker(asking.context)
            asked = sought.values, places
            values, ends = slotted(asked, numbers) if sought.steady else asked
            return made(asking, sought, sought.query(asker, *values), ends)

        statement, *more = self.source.statements.recall(shape, new) if sought.steady else new()
        return statement.settled(atoms, NOW, TODAY), more

    def _compiled(self, asking: Asking, _: Sought, query: Select[Any], _places: Any) -> Any:
        return (compiled(self.source.leading(query), asking.dialect),)


@dataclass(frozen=True, slots=True)
class Listed(Single):
    """A page, and the number of all rows where it is asked for."""

    counted: bool = False

    async def _rows(self, asking: Asking, ready: Ready) -> Any:
        (ends, size), atoms, window = ready.more, Moment(asking.context), ready.sought.window
        rows, more = window.cut(await asking.fetch(ready.made, atoms), size)
        page = _Page(rows, ends)
        page.marks = window.marks(more, *map(page.cursor, (rows[0], rows[-1]) if rows else ()))
        if ready.total is not None:
            page.total = (await asking.fetch(ready.total, atoms))[0][0]
        return page

    def _value(self, asking: Asking, _sought: Sought, rows: Any) -> Any:
        return self.build(asking, rows)

    def prepared(self, asking: Asking, coerced: Coerced) -> Ready:
        """See Single."""
        ready = Single.prepared(self, asking, coerced)
        if not self.counted:
            return ready
        of_all = ready.sought.whole
        total, _ = self._kept(asking, of_all, lambda q, _, query, __: [compiled(query, q.dialect)])
        return replace(ready, total=total)

    def _compiled(self, asking: Asking, sought: Sought, query: Select[Any], places: Any) -> Any:
        """How the page is read, the columns of a cursor, its length."""
        order, (after, before) = sought.order, places
        assert order is not None
        most = asking.context.region.settings.max_page
        size, backwards = sought.window.size(most), sought.window.backwards
        page = positioned(
            query, order, after=after, before=before, backwards=backwards, limit=size + 1
        )
        ends = tuple(self._end(column, asking.dialect) for column in order.columns)
        rows = compiled(self.source.narrowed(page), asking.dialect)
        return rows, ends, size

    def _end(self, column: InstrumentedAttribute[Any], dialect: Dialect) -> tuple[int, Any]:
        """Where a column of the order stands in the rows, and how it is read."""
        read = column.type.dialect_impl(dialect).result_processor(dialect, None)
        return self.source.place(self.source.model, column.key), read or (lambda value: value)


@dataclass(slots=True)
class _Page:
    """What the builder of a page is given."""

    rows: Any
    ends: tuple[tuple[int, Callable[[Any], Any]], ...]
    total: int = 0
    marks: Marks | None = None

    def cursor(self, row: Any) -> str:
        return write_cursor([read(row[place]) for place, read in self.ends])
