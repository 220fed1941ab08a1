"""Rows in bulk: their ids in one go, then the rows themselves, without an object for each.

PostgreSQL takes them by COPY on the connection of the session, so all of it is one transaction;
SQLite by one prepared INSERT. Triggers see ordinary inserts on both. While PostgreSQL works on the
first rows of a COPY the next are made, if they come from a generator.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import orjson
from sqlalchemy import ARRAY, JSON, BigInteger, ColumnElement, Table, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from core.database import Base

Row = Mapping[str, object]
"""Every column that is written with its value; moments are aware UTC, JSON is still Python."""


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
    sequence = func.pg_get_serial_sequence(table.name, "id")
    ids = select(func.nextval(sequence)).select_from(func.generate_series(1, count))
    return func.array(ids.scalar_subquery(), type_=ARRAY(BigInteger))


async def write_rows(session: AsyncSession, table: Table, rows: Iterable[Row]) -> None:
    """Insert the rows in their order; all of them name the same columns in the same order.

    Nothing is filled in: a column that is left out is what the database makes of it.
    """
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    if session.get_bind().dialect.name == "sqlite":
        await session.execute(insert(table), [first, *rows])
        return
    connection = await (await session.connection()).get_raw_connection()
    driver: Any = connection.driver_connection
    as_json = [at for at, name in enumerate(first) if isinstance(table.c[name].type, JSON)]
    records = _encoded(chain((first,), rows), as_json)
    await driver.copy_records_to_table(table.name, records=records, columns=tuple(first))


def _encoded(rows: Iterable[Row], as_json: Sequence[int]) -> Iterator[Sequence[object]]:
    """The values as the driver takes them: JSON is text to it."""
    for row in rows:
        values = list(row.values())
        for at in as_json:
            values[at] = orjson.dumps(values[at]).decode()
        yield values
