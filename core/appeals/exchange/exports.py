"""Exporting a region's cases, streamed: what stands where and by when, never a text or a person."""

from __future__ import annotations

import csv
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import ZoneInfo

from sqlalchemy import Select, SQLColumnExpression, func, select

from core.appeals.exchange.rows import JSON_SUFFIXES
from core.appeals.model import Appeal
from core.appeals.queries import overdue
from core.directory.model import Body
from core.kernel.region import Region

PAGE = 2_000
Progress = Callable[[int, int], None]
"""Told how many cases of how many are written."""


async def export_file(
    region: Region, path: Path, *, progress: Progress = lambda done, total: None
) -> int:
    """Write every case to a CSV or, by suffix, JSON Lines file; their number.

    The file appears whole or not at all. Times are local ISO with offset; `late` is judged by
    the governing deadline at this moment.
    """
    draft = path.with_name(f"{path.name}.part")
    with draft.open("w", encoding="utf-8", newline="") as file:
        written = await export_to(region, file, path.suffix.lower(), progress=progress)
    draft.replace(path)
    return written


async def export_to(
    region: Region,
    file: TextIO,
    suffix: str = ".csv",
    *,
    progress: Progress = lambda done, total: None,
) -> int:
    """The same into an open text stream, in the format of the suffix."""
    now, zone = region.now(), region.passport.zone
    columns = _columns(now)
    write = _writer(file, tuple(columns), suffix)
    written = 0
    async for total, rows in _pages(region, columns):
        write([[_cell(value, zone) for value in row] for row in rows])
        written += len(rows)
        progress(written, total)
    return written


def _columns(now: datetime) -> dict[str, SQLColumnExpression[Any]]:
    return {
        "external_id": Appeal.external_id,
        "channel": Appeal.channel,
        "number": Appeal.number,
        "received": Appeal.received_at,
        "registered": Appeal.registered_at,
        "due": Appeal.due_at,
        "due_rule": Appeal.due_rule,
        "answered": Appeal.answered_at,
        "closed": Appeal.closed_at,
        "state": Appeal.state,
        "outcome": Appeal.outcome,
        "late": overdue(now),
        "theme": Appeal.theme,
        "block": Appeal.block,
        "body": Body.key,
        "municipality": Appeal.municipality,
    }


async def _pages(
    region: Region, columns: Mapping[str, SQLColumnExpression[Any]]
) -> AsyncIterator[tuple[int, list[Sequence[Any]]]]:
    """The cases in the order of their ids, as many at a time as memory should hold."""
    last = 0
    async with region.database.reading() as session:
        total = await session.scalar(select(func.count(Appeal.id))) or 0
        while page := (await session.execute(_page(columns, last))).all():
            last = page[-1][0]
            yield total, [row[1:] for row in page]


def _page(columns: Mapping[str, SQLColumnExpression[Any]], last: int) -> Select[*tuple[Any, ...]]:
    return (
        select(Appeal.id, *(column.label(name) for name, column in columns.items()))
        .outerjoin(Body, Body.id == Appeal.body_id)
        .where(Appeal.id > last)
        .order_by(Appeal.id)
        .limit(PAGE)
    )


def _cell(value: object, zone: ZoneInfo) -> object:
    return value.astimezone(zone).isoformat() if isinstance(value, datetime) else value


def _writer(
    file: TextIO, names: Sequence[str], suffix: str
) -> Callable[[Sequence[Sequence[object]]], None]:
    if suffix in JSON_SUFFIXES:

        def write_lines(rows: Sequence[Sequence[object]]) -> None:
            for row in rows:
                content = dict(zip(names, row, strict=True))
                file.write(json.dumps(content, ensure_ascii=False) + "\n")

        return write_lines
    writer = csv.writer(file)
    writer.writerow(names)

    def write_rows(rows: Sequence[Sequence[object]]) -> None:
        writer.writerows([_plain(cell) for cell in row] for row in rows)

    return write_rows


def _plain(cell: object) -> object:
    """`true` and `false` as JSON has them, and nothing for nothing."""
    return str(cell).lower() if isinstance(cell, bool) else cell
