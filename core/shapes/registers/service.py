"""Keeping a register: a later record takes the place of the one that holds on its first day."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.law import days
from core.shapes.registers.model import Dated, meeting

Record = TypeVar("Record", bound=Dated)


async def enter(session: AsyncSession, record: Record, *same: ColumnElement[bool]) -> None:
    """Put a record with a first day among the others of the same thing, which `same` selects.

    What holds on its first day ends there; the record itself ends where the next one begins.
    """
    kind, since = type(record), record.since
    assert since is not None
    query = select(kind).where(*same, meeting(kind, since, None))  # not whatever had ended by then
    rows = [row for row in await session.scalars(query) if row is not record]
    for row in rows:
        if days.holds(row.since, row.until, since):
            row.until = since
    later = [row.since for row in rows if row.since is not None and row.since > since]
    record.until = min([*later, *([record.until] if record.until else [])], default=None)
    session.add(record)
    await session.flush()


async def history(
    session: AsyncSession, kind: type[Record], *same: ColumnElement[bool]
) -> list[Record]:
    """Every record of the same thing, the earliest first."""
    rows = await session.scalars(select(kind).where(*same))
    return sorted(rows, key=lambda row: row.since or date.min)
