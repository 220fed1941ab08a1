"""Rows in bulk: their ids in one go, then the rows themselves, without an object for each.

PostgreSQL takes them by COPY on the connection of the session, so all of it is one transaction;
SQLite by one prepared INSERT. Triggers see ordinary inserts on both. While PostgreSQL works on the
first rows of a COPY the next are made, if they come from a generator.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Table, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from core.database import Base

Row = Mapping[str, object]
"""Every column that is written with its value, as the driver takes it; moments are aware UTC."""


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
    rows = chain((first,), rows)
    if session.get_bind().dialect.name == "sqlite":
        await session.execute(insert(table), list(rows))
        return
    driver = await driver_of(session)
    records = (tuple(row.values()) for row in rows)
    await driver.copy_records_to_table(table.name, records=records, columns=tuple(first))


async def driver_of(session: AsyncSession) -> Any:
    """The driver's own connection, in the transaction of the session."""
    connection = await (await session.connection()).get_raw_connection()
    return connection.driver_connection
