"""Exporting a region's cases, streamed: what stands where and by when, never a text or a person."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import ZoneInfo

from sqlalchemy import Select, SQLColumnExpression, func, select

from core.appeals.classifier.model import Category
from core.appeals.exchange.writers import BOOK_SUFFIX, Writer, text_writer, writer_for
from core.appeals.model import Appeal
from core.appeals.queries import overdue
from core.directory.model import Body
from core.kernel.access import Actor, system
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.region import Region

PAGE = 2_000
EXPORTER: Actor = system((Permission.READ_APPEALS,))
Progress = Callable[[int, int], None]
"""Told how many cases of how many are written."""


async def export_file(
    region: Region, path: Path, *, progress: Progress = lambda done, total: None
) -> int:
    """Write every case to a CSV, JSON Lines or XLSX file, by its suffix; their number.

    The file appears whole or not at all, and after the journal says so. Times are local ISO with
    offset; `late` is judged by the governing deadline at this moment. INVALID for another suffix.
    """
    suffix = path.suffix.lower()
    draft = path.with_name(f"{path.name}.part")
    try:
        with writer_for(draft, suffix) as write:
            written = await _export(region, write, suffix, progress)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
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
    if suffix == BOOK_SUFFIX:
        raise Refusal(RefusalCode.INVALID, "Книгу XLSX можно записать только в файл")
    return await _export(region, text_writer(file, suffix), suffix, progress)


async def _export(region: Region, write: Writer, suffix: str, progress: Progress) -> int:
    now, zone = region.now(), region.passport.zone
    columns = _columns(now)
    await record_export(region, EXPORTER, await _total(region), suffix)
    write([tuple(columns)])
    written = 0
    async for total, rows in _pages(region, columns):
        write([[_cell(value, zone) for value in row] for row in rows])
        written += len(rows)
        progress(written, total)
    return written


async def record_export(region: Region, actor: Actor, total: int, suffix: str) -> None:
    """Say in the journal that so many cases leave in this format, before the first of them does."""
    async with region.work(actor) as work:
        kind = suffix.removeprefix(".")
        subject = f"export:{work.now.isoformat(timespec='seconds')}"
        event = Event("appeals.exported", subject, after={"cases": total, "format": kind})
        await work.record(event)


async def _total(region: Region) -> int:
    async with region.database.reading() as session:
        return await session.scalar(select(func.count(Appeal.id))) or 0


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
        "category": Category.key,
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
        .outerjoin(Category, Category.id == Appeal.category_id)
        .where(Appeal.id > last)
        .order_by(Appeal.id)
        .limit(PAGE)
    )


def _cell(value: object, zone: ZoneInfo) -> object:
    return value.astimezone(zone).isoformat() if isinstance(value, datetime) else value
