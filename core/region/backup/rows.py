"""Rows of a table as they are meant, the same from either kind of database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Select,
    String,
    Table,
    TypeDecorator,
    cast,
    select,
    type_coerce,
)

from core.region.backup.tally import Tally


def plainly(table: Table) -> Select[Any]:
    """All rows; what is kept as text is read as that very text."""
    return select(*map(_plain, table.columns))


def key(table: Table) -> Column[Any] | None:
    """The column that tells rows apart by growing numbers, where there is one."""
    named = [column.name for column in table.primary_key]
    return table.c["id"] if named == ["id"] else None


def count(found: Tally, rows: Iterable[Iterable[object]]) -> None:
    """Count rows, each written down in one way."""
    for row in rows:
        found.add(orjson.dumps([_written(value) for value in row]))


def _plain(column: Column[Any]) -> ColumnElement[Any]:
    kind = column.type
    if isinstance(kind, JSON):  # a driver would read it, and not write it as it was
        return cast(column, String).label(column.name)
    text = isinstance(kind, TypeDecorator) and isinstance(kind.impl_instance, String)
    return type_coerce(column, String).label(column.name) if text else column


def _written(value: object) -> object:
    """A value as JSON has it."""
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value
