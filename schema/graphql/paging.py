"""Relay's connections: pages by position. Cursors are read as strictly as they are written."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

import orjson
import strawberry
from graphql import GraphQLError
from sqlalchemy import Select, func
from sqlalchemy.orm import InstrumentedAttribute

from core.db.database import UtcDateTime
from core.db.keyset import Order, positioned
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from schema.graphql.context import Context
from schema.graphql.documents.limits import USUAL_PAGE
from schema.graphql.fields import field
from schema.graphql.ids import LARGEST_NUMBER, unpacked
from schema.graphql.scalars import read_moment, write_moment

T = TypeVar("T")
Row = TypeVar("Row")
First = Annotated[int | None, strawberry.argument(description="Сколько строк с начала")]
After = Annotated[str | None, strawberry.argument(description="После этого курсора")]
Last = Annotated[int | None, strawberry.argument(description="Сколько строк с конца")]
Before = Annotated[str | None, strawberry.argument(description="До этого курсора")]


@strawberry.type(description="Где страница стоит в списке")
class PageInfo:
    """Relay's PageInfo."""

    has_next_page: bool = field("Есть ли что-то дальше")
    has_previous_page: bool = field("Есть ли что-то раньше")
    start_cursor: str | None = field("Курсор первой строки")
    end_cursor: str | None = field("Курсор последней строки")


@strawberry.type(description="Строка страницы")
class Edge(Generic[T]):
    """A row and its place."""

    cursor: str = field("Место строки в списке")
    node: T = field("Сама строка")


async def _total(root: strawberry.Parent[Page[Any]]) -> int:
    return await root.count()


def _nodes(root: strawberry.Parent[Page[Any]]) -> list[Any]:
    return [edge.node for edge in root.edges]


@strawberry.type(description="Страница списка")
class Connection(Generic[T]):
    """A page; resolved from `Page`."""

    edges: list[Edge[T]] = field("Строки с курсорами")
    nodes: list[T] = field("Строки без курсоров", _nodes)
    page_info: PageInfo = field("Где страница стоит в списке")
    total_count: int = field("Сколько строк во всём списке", _total)


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a page and its cursor."""

    cursor: str
    node: Any


@dataclass(frozen=True, slots=True)
class Marks:
    """What PageInfo is resolved from."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows in order; the rows of the whole list are counted only when asked for."""

    edges: Sequence[Place]
    page_info: Marks
    count: Callable[[], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list is asked for."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None

    def size(self, most: int) -> int:
        """How many rows; refused beyond the limit, below zero, or with both ends at once."""
        if self.first is not None and self.last is not None:
            raise Refusal(RefusalCode.INVALID, "Укажите либо first, либо last")
        size = next((n for n in (self.first, self.last) if n is not None), USUAL_PAGE)
        if size < 0:
            raise Refusal(RefusalCode.INVALID, "Число строк не бывает отрицательным")
        if size > most:
            raise Refusal(RefusalCode.TOO_MUCH, f"За один раз отдаётся не больше {most} строк")
        return size

    @property
    def backwards(self) -> bool:
        """Whether the page is counted from the end."""
        return self.last is not None

    def places(self, order: Order) -> tuple[list[object] | None, list[object] | None]:
        """Where the page begins and ends, as the order's columns."""
        return position(self.after, order), position(self.before, order)

    def cut(self, rows: Sequence[Row], size: int) -> tuple[Sequence[Row], bool]:
        """The rows of the page in order, and whether there was one more than asked for."""
        shown = rows[:size]
        return (shown[::-1] if self.backwards else shown), len(rows) > size

    def marks(self, more: bool, start: str | None = None, end: str | None = None) -> Marks:
        """Where the page stands, told by the cursors of its ends."""
        if self.backwards:
            return Marks(self.before is not None, more, start, end)
        return Marks(more, self.after is not None, start, end)


async def load_page(
    context: Context,
    query: Select[Row],
    order: Order,
    window: Window,
    total: Callable[[], Select[int]] | None = None,
) -> Page[Row]:
    """The part of the query's rows that the window shows, in this order.

    `total` is asked how many rows there are in all; without it they are counted.
    """
    size = window.size(context.region.settings.max_page)
    after, before = window.places(order)
    page = positioned(
        query, order, after=after, before=before, backwards=window.backwards, limit=size + 1
    )
    async with context.reading() as work:
        rows = list(await work.session.scalars(page))
    shown, more = window.cut(rows, size)
    values = ([getattr(row, column.key) for column in order.columns] for row in shown)
    places = [Place(write_cursor(order, at), row) for row, at in zip(shown, values, strict=True)]

    async def count() -> int:
        asked = counting(query) if total is None else total()
        async with context.reading() as work:
            return await work.session.scalar(asked) or 0

    first = places[0].cursor if places else None
    return Page(places, window.marks(more, first, places[-1].cursor if places else None), count)


def counting(query: Select[Any]) -> Select[int]:
    """How many rows the query has in all."""
    return query.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)


def write_cursor(order: Order, values: Sequence[object]) -> str:
    """The cursor of a row: the order, and the row's values of its columns."""
    return base64.b64encode(orjson.dumps([order.name, *map(_written, values)])).decode()


def _written(value: object) -> object:
    return write_moment(value) if isinstance(value, datetime) else value


def position(cursor: str | None, order: Order) -> list[object] | None:
    """The values behind a cursor, of exactly the kinds that the order's columns have."""
    if cursor is None:
        return None
    try:
        values = orjson.loads(unpacked(cursor) or "")
        if not isinstance(values, list) or values[:1] != [order.name]:
            raise ValueError("not a position in this order")
        pairs = zip(order.columns, values[1:], strict=True)
        return [_read(column, value) for column, value in pairs]
    except (ValueError, GraphQLError) as error:
        raise Refusal(
            RefusalCode.INVALID, "Курсор относится к другому списку или порядку"
        ) from error


def _read(column: InstrumentedAttribute[Any], value: object) -> object:
    if isinstance(column.type, UtcDateTime):
        return read_moment(value)
    wanted = column.type.python_type
    if type(value) is not wanted or (isinstance(value, int) and abs(value) > LARGEST_NUMBER):
        raise ValueError("not a value of the column")
    return value
