"""What a page looks up beside its operations: by keys, with statements kept as texts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import Dialect, select
from sqlalchemy.orm import InstrumentedAttribute

from core.db.statements import Slot, Statement, among, compiled, key_list
from schema.board.saved import PageContext

Columns: TypeAlias = "tuple[InstrumentedAttribute[Any], ...]"
STATEMENTS = 32


async def rows_among(
    context: PageContext,
    key: InstrumentedAttribute[Any],
    keys: Iterable[Any],
    *told: InstrumentedAttribute[Any],
) -> list[tuple[Any, ...]]:
    """The key and what is `told` of each row that has one of the keys: always one statement."""
    wanted = sorted(set(keys))
    database = context.region.database
    asked, reads = _among(key, told, database.dialect), context.of or database
    found = await reads.fetch(asked.text, asked.values([key_list(wanted, database.dialect)]))
    return [*map(tuple, found)]


@lru_cache(STATEMENTS)
def _among(key: InstrumentedAttribute[Any], told: Columns, dialect: Dialect) -> Statement:
    return compiled(select(key, *told).where(among(key, Slot(0), dialect)), dialect)
