"""Rows of every sealed table, written as the program writes them, with invented values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Date, Float, Integer, LargeBinary, inspect, select

from core.db.database import Base, UtcDateTime
from core.documents.model import Document
from core.kernel.work import Work
from core.ratings.model import RatingCase, RatingVersion
from core.ratings.versions import digest_of
from core.region.sealing.kinds import KINDS
from core.shapes.chains.model import ChainRecord

OWN = ("id", "seal", "salts", "revision")
PARENTS = (ChainRecord, Document)
ROWS = 3


async def plant(work: Work, appeal_id: int) -> None:
    """A few rows in each sealed table that has none yet, parents first, as its model demands."""
    ids: dict[str, list[int]] = {"appeal": [appeal_id] * ROWS}
    for model in (*PARENTS, *(kind.model for kind in KINDS.values()), RatingCase):
        there = (await work.session.scalars(select(model.id).order_by(model.id))).all()
        if len(there) < 2:
            rows = [model(**_values(work, model, number, ids)) for number in range(ROWS)]
            for number, row in enumerate(rows):
                if isinstance(row, RatingVersion):
                    case = _values(work, RatingCase, number, {**ids, "rating_version": [0] * ROWS})
                    row.digest = digest_of(row.told, [case])
            work.session.add_all(rows)
            await work.session.flush()
            there = [row.id for row in rows]
        ids[model.__tablename__] = list(there)


def _values(
    work: Work, model: type[Base], number: int, ids: Mapping[str, list[int]]
) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for one in inspect(model).column_attrs:
        column = one.columns[0]
        if one.key in OWN:
            continue
        parents = [key.column.table.name for key in column.foreign_keys]
        if parents:
            known = ids.get(parents[0])
            if known or not column.nullable:
                said[one.key] = ids[parents[0]][number % len(ids[parents[0]])]
            continue
        said[one.key] = _value(work, column, number)
    return said


def _value(work: Work, column: Any, number: int) -> object:
    kind = column.type
    if isinstance(kind, LargeBinary):
        return bytes((number, 255, 0)) * 40
    if isinstance(kind, JSON):
        return [{"ключ": number, "доля": 0.1 + number, "пусто": None}]
    if isinstance(kind, Boolean):
        return bool(number % 2)
    if isinstance(kind, UtcDateTime):
        return work.now + timedelta(days=number)
    if isinstance(kind, Date):
        return date(2026, 4, 1) + timedelta(days=number)
    if isinstance(kind, Float):
        return 0.5 + number
    if isinstance(kind, Integer):
        return 7 + number
    return f"{column.name} {number} ё"
