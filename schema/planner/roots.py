"""Root fields of a plan: what is sought becomes a statement, its rows the value of the field."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from sqlalchemy import Dialect, Select
from sqlalchemy.orm import InstrumentedAttribute

from core.db.cache import Memo
from core.db.keyset import Order, positioned
from core.db.statements import Statement, compiled, part, slotted
from schema.graphql.documents.arguments import KEPT_VALUES, Arguments, Coerced
from schema.graphql.lookups import NOW, TODAY, Lookup, Moment, RowQuery, slotted_asker
from schema.graphql.paging import Marks, write_cursor
from schema.planner.execution import Execution
from schema.planner.reasons import Reason, Unplanned
from schema.planner.source import Source


@dataclass(frozen=True, slots=True)
class Given:
    """What a pure resolver answers."""

    arguments: Arguments
    build: Callable[..., Any]

    def ready(self, execution: Execution, coerced: Coerced) -> dict[str, Any]:
        """The arguments; GraphQLError for wrong ones."""
        return self.arguments.values(coerced)

    async def answer(self, execution: Execution, coerced: Coerced) -> Any:
        """The value of the field for one request and its variables."""
        return self.build(execution, self.ready(execution, coerced))


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What an async resolver reads and reckons, in sessions of its own: `resolvers.reckoned`."""

    arguments: Arguments
    reckon: Callable[..., Awaitable[Any]]
    build: Callable[..., Any]

    def ready(self, execution: Execution, coerced: Coerced) -> dict[str, Any]:
        """See Given."""
        return self.arguments.values(coerced)

    async def answer(self, execution: Execution, coerced: Coerced) -> Any:
        """See Given."""
        given = self.ready(execution, coerced)
        return self.build(execution, await execution.reckon(self.reckon, given))


@dataclass(frozen=True, slots=True)
class Ready:
    """What one actor seeks with the same arguments, compiled: all but the moment it is asked at.

    `more` is what else is known of a page; `total` counts all rows where that is asked for.
    """

    row_query: RowQuery
    made: Statement
    more: Sequence[Any]
    total: Statement | None = None


@dataclass(frozen=True, slots=True)
class Single:
    """At most one row, or what is made of rows: `asked` is what the fields selected need of it."""

    arguments: Arguments
    lookup: Lookup
    source: Source
    build: Callable[..., Any]
    asked: tuple[Enum, ...] | None = None
    _ready: Memo[Ready] = field(default_factory=lambda: Memo(KEPT_VALUES))

    def ready(self, execution: Execution, coerced: Coerced) -> Ready:
        """What is sought, compiled once; Refusal or GraphQLError where that cannot be."""
        key = (self.arguments.key(coerced), execution.context.actor)
        return self._ready.recall(key, lambda: self.prepared(execution, coerced))

    async def answer(self, execution: Execution, coerced: Coerced) -> Any:
        """See Given."""
        ready = self.ready(execution, coerced)
        return self._value(execution, ready.row_query, await self._rows(execution, ready))

    def _rows(self, execution: Execution, ready: Ready) -> Awaitable[Any]:
        return execution.fetch(ready.made, Moment(execution.context))

    def _value(self, execution: Execution, row_query: RowQuery, rows: Any) -> Any:
        if self.lookup.make is not None:
            return self.build(execution, self.lookup.make(row_query, rows))
        if not rows:
            return None
        source = self.source
        if source.lead is not None:
            # What came with the row is at hand for the fields that would wait for it.
            width, key = len(source.columns), rows[0][source.lead_by]
            found = [row[width:] for row in rows if row[width] is not None]
            execution.at_hand[source.lead, key] = found
        return self.build(execution, rows[0])

    def prepared(self, execution: Execution, coerced: Coerced) -> Ready:
        """What the actor seeks with these variables, compiled; nothing is read."""
        row_query = self.lookup.describe(execution, **self.arguments.values(coerced))
        if row_query.doubt is not None:
            raise Unplanned(Reason.DOUBT)
        if self.asked is not None:
            row_query = row_query.narrowed(self.asked)
        return Ready(row_query, *self._kept(execution, row_query, self._compiled))

    def _kept(
        self, execution: Execution, row_query: RowQuery, made: Any
    ) -> tuple[Statement, list[Any]]:
        """What `made` compiles for all of one shape, bound to what is sought."""
        asker, first = execution.asker
        atoms, window, places = [*first], row_query.window, row_query.places
        parts = part(row_query.values, atoms), part(places, atoms)
        shape = (asker, row_query.query, row_query.order, window.first, window.last, parts)

        def new() -> Any:
            asker, numbers = slotted_asker(execution.context)
            asked = row_query.values, places
            values, ends = slotted(asked, numbers) if row_query.steady else asked
            return made(execution, row_query, row_query.query(asker, *values), ends)

        statement, *more = self.source.statements.recall(shape, new) if row_query.steady else new()
        return statement.settled(atoms, NOW, TODAY), more

    def _compiled(self, execution: Execution, _: RowQuery, query: Select[Any], _places: Any) -> Any:
        return (compiled(self.source.leading(query), execution.dialect),)


@dataclass(frozen=True, slots=True)
class Listed(Single):
    """A page, and the number of all rows where it is asked for; `read` where its rows are."""

    read: bool = True
    counted: bool = False

    async def _rows(self, execution: Execution, ready: Ready) -> Any:
        (order, ends, size), window = ready.more, ready.row_query.window
        atoms = Moment(execution.context)
        page = _Page((), order, ends)
        if self.read:
            rows, more = window.cut(await execution.fetch(ready.made, atoms), size)
            page.rows = rows
            page.marks = window.marks(more, *map(page.cursor, (rows[0], rows[-1]) if rows else ()))
        if ready.total is not None:
            page.total = (await execution.fetch(ready.total, atoms))[0][0]
        return page

    def _value(self, execution: Execution, _row_query: RowQuery, rows: Any) -> Any:
        return self.build(execution, rows)

    def prepared(self, execution: Execution, coerced: Coerced) -> Ready:
        """See Single."""
        ready = Single.prepared(self, execution, coerced)
        if not self.counted:
            return ready
        of_all = ready.row_query.whole
        total, _ = self._kept(
            execution, of_all, lambda q, _, query, __: [compiled(query, q.dialect)]
        )
        return replace(ready, total=total)

    def _compiled(
        self, execution: Execution, row_query: RowQuery, query: Select[Any], places: Any
    ) -> Any:
        """How the page is read, the columns of a cursor, its length."""
        order, (after, before) = row_query.order, places
        assert order is not None
        most = execution.context.region.settings.max_page
        size, backwards = row_query.window.size(most), row_query.window.backwards
        page = positioned(
            query, order, after=after, before=before, backwards=backwards, limit=size + 1
        )
        ends = tuple(self._end(column, execution.dialect) for column in order.columns)
        rows = compiled(self.source.narrowed(page), execution.dialect)
        return rows, order, ends, size

    def _end(self, column: InstrumentedAttribute[Any], dialect: Dialect) -> tuple[int, Any]:
        """Where a column of the order stands in the rows, and how it is read."""
        read = column.type.dialect_impl(dialect).result_processor(dialect, None)
        return self.source.place(self.source.model, column.key), read or (lambda value: value)


@dataclass(slots=True)
class _Page:
    """What the builder of a page is given."""

    rows: Any
    order: Order
    ends: tuple[tuple[int, Callable[[Any], Any]], ...]
    total: int = 0
    marks: Marks | None = None

    def cursor(self, row: Any) -> str:
        return write_cursor(self.order, [read(row[place]) for place, read in self.ends])
