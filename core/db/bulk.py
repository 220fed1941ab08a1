"""Rows in bulk: their ids in one go, then the rows themselves, without an object for each.

PostgreSQL takes them by COPY on the connection of the session, so all of it is one transaction;
SQLite by one prepared INSERT. Triggers see ordinary inserts on both. While PostgreSQL works on the
first rows of a COPY the next are made, if they come from a generator.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar

import orjson
from sqlalchemy import ARRAY, JSON, BigInteger, ColumnElement, Table, cast, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import REGCLASS
from sqlalchemy.ext.asyncio import AsyncSession

from core.db.database import Base

Row = Mapping[str, object]
"""Every column that is written with its value; moments are aware UTC."""

OwnRow = tuple[Any, ...]
"""What the row shares with others, the very same object for all of them; then its own values.

What is shared as JSON is still Python.
"""
T = TypeVar("T")


def upsert(dialect: str, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT of the dialect that can be told what to do on a conflict."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def table_of(model: type[Base]) -> Table:
    """The table that a model describes."""
    return Base.metadata.tables[model.__tablename__]


async def reserve_ids(session: AsyncSession, *wanted: tuple[Table, int]) -> list[Sequence[int]]:
    """For each table the ids of so many next rows, growing; nobody else is given them.

    SQLite has one writer at a time, and this session has to be it.
    """
    if not any(count for _, count in wanted):
        return [() for _ in wanted]
    if session.get_bind().dialect.name == "sqlite":
        last = (select(func.max(table.c.id)).scalar_subquery() for table, _ in wanted)
        row = (await session.execute(select(*last))).one()
        starts = [(value or 0) + 1 for value in row]
        return [range(at, at + n) for at, (_, n) in zip(starts, wanted, strict=True)]
    blocks = (_upcoming(table, count) for table, count in wanted)
    return list((await session.execute(select(*blocks))).one())


def _upcoming(table: Table, count: int) -> ColumnElement[Any]:
    name = func.pg_get_serial_sequence(table.name, "id")
    sequence = select(cast(name, REGCLASS).label("id")).cte(f"{table.name}_sequence")
    sequence = sequence.prefix_with("MATERIALIZED")  # or the name is looked up for every id
    ids = select(func.nextval(sequence.c.id)).select_from(sequence, func.generate_series(1, count))
    return func.array(ids.scalar_subquery(), type_=ARRAY(BigInteger))


async def write_rows(session: AsyncSession, table: Table, rows: Iterable[Row]) -> None:
    """Insert the rows in their order; all of them name the same columns in the same order.

    Nothing is filled in: a column that is left out is what the database makes of it.
    """
    first, rows = _begun(rows)
    if first is None:
        return
    if session.get_bind().dialect.name == "sqlite":
        await session.execute(insert(table), list(rows))
    else:
        await _copy(session, table, tuple(first), (tuple(row.values()) for row in rows))


async def write_alike(
    session: AsyncSession, table: Table, own: Sequence[str], rows: Iterable[OwnRow]
) -> None:
    """The same for rows that share most of what they say; `own` names what each has for itself."""
    first, rows = _begun(rows)
    if first is None:
        return
    if session.get_bind().dialect.name == "sqlite":
        whole = [{**shared, **dict(zip(own, values, strict=True))} for shared, *values in rows]
        await session.execute(insert(table), whole)
    else:
        await _copy(session, table, (*own, *first[0]), _completed(table, rows))


async def _copy(
    session: AsyncSession, table: Table, columns: Sequence[str], records: Iterable[OwnRow]
) -> None:
    connection = await (await session.connection()).get_raw_connection()
    driver: Any = connection.driver_connection
    await driver.copy_records_to_table(table.name, records=records, columns=columns)


def _completed(table: Table, rows: Iterable[OwnRow]) -> Iterator[OwnRow]:
    """Own values and then those shared, which are made ready for the driver once."""
    ready: dict[int, tuple[Row, OwnRow]] = {}
    for shared, *values in rows:
        known = ready.get(id(shared))
        if known is None:  # kept with what it was made of, whose id thus stays its own
            known = ready[id(shared)] = shared, _ready(table, shared)
        yield (*values, *known[1])


def _ready(table: Table, shared: Row) -> OwnRow:
    """To the driver JSON is text."""
    return tuple(
        orjson.dumps(value).decode() if isinstance(table.c[name].type, JSON) else value
        for name, value in shared.items()
    )


def _begun(rows: Iterable[T]) -> tuple[T | None, Iterable[T]]:
    """The first of the rows, and all of them."""
    rows = iter(rows)
    first = next(rows, None)
    return first, rows if first is None else chain((first,), rows)
