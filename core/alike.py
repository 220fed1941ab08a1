"""Rows in bulk that differ in few columns: what many of them share is sent once.

PostgreSQL puts them together in one INSERT ... SELECT, SQLite is given them whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import orjson
from sqlalchemy import (
    ARRAY,
    JSON,
    BindParameter,
    Column,
    Dialect,
    Integer,
    String,
    Table,
    TableValuedAlias,
    bindparam,
    cast,
    func,
    insert,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from core.bulk import driver_of

Shared = Mapping[str, object]
"""Columns with their values; rows that are alike have the very same object."""

OwnRow = tuple[Any, ...]
"""What the row shares with others, then its own values."""

KIND, PLACE = "kind", "place"


async def write_alike(
    session: AsyncSession, table: Table, own: Sequence[str], rows: Iterable[OwnRow]
) -> None:
    """Insert the rows in their order; `own` names the columns that each has for itself.

    All that is shared names the same columns in the same order; moments are aware UTC, what is
    shared as JSON is still Python. A column that is left out is what the database makes of it.
    """
    rows = list(rows)
    if not rows:
        return
    if session.get_bind().dialect.name == "sqlite":
        whole = [{**shared, **dict(zip(own, values, strict=True))} for shared, *values in rows]
        await session.execute(insert(table), whole)
        return
    kinds, *values = zip(*rows, strict=True)
    known = {id(kind): kind for kind in kinds}
    numbers = {key: number for number, key in enumerate(known, start=1)}
    sent = {KIND: [numbers[key] for key in map(id, kinds)]}
    sent |= dict(zip(own, map(list, values), strict=True))
    sent |= {
        name: _told(table.c[name], [kind[name] for kind in known.values()]) for name in kinds[0]
    }
    text, names = _joining(table, tuple(own), tuple(kinds[0]), session.get_bind().dialect)
    driver = await driver_of(session)
    await driver.execute(text, *(sent[name] for name in names))


@cache
def _joining(
    table: Table, own: Sequence[str], shared: Sequence[str], dialect: Dialect
) -> tuple[str, Sequence[str]]:
    """The statement for arrays of the columns, and the order in which it takes them."""
    kind = bindparam(KIND, type_=ARRAY(Integer))
    rows = _table(kind, *(_array(table.c[name]) for name in own), name="own")
    known = _table(*(_array(table.c[name]) for name in shared), name="shared")
    columns = [*(rows.c[name] for name in own), *(known.c[name] for name in shared)]
    query = select(*(cast(column, table.c[column.key].type) for column in columns))
    query = query.join_from(rows, known, rows.c[KIND] == known.c[PLACE]).order_by(rows.c[PLACE])
    adding = insert(table).from_select([*own, *shared], query, include_defaults=False)
    compiled = adding.compile(dialect=dialect)
    return str(compiled), compiled.positiontup or ()


def _array(column: Column[Any]) -> BindParameter[Any]:
    return bindparam(column.key, type_=ARRAY(String() if _is_json(column) else column.type))


def _table(*arrays: BindParameter[Any], name: str) -> TableValuedAlias:
    """Arrays side by side as the columns of a table whose rows know their place, from one."""
    names = [array.key for array in arrays]
    unnested = func.unnest(*arrays).table_valued(*names, with_ordinality=PLACE)
    return unnested.render_derived(name=name)


def _is_json(column: Column[Any]) -> bool:
    return isinstance(column.type, JSON)


def _told(column: Column[Any], values: Sequence[object]) -> Sequence[object]:
    """The values as the driver takes them: JSON is text to it."""
    return [orjson.dumps(value).decode() for value in values] if _is_json(column) else values
