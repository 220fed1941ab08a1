"""Lists and tables as files: what their pages show, read by the reader's rights."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from starlette.datastructures import QueryParams
from starlette.responses import Response

from core.appeals.exchange.exports import record_export
from core.appeals.exchange.writers import writer_for
from core.kernel.codes import RefusalCode
from schema.board.actions.cut_file import figures_of
from schema.board.lists.address import asked_in
from schema.board.lists.appeals import EVERY, meant
from schema.board.lists.columns import Column, shown
from schema.board.pages.figures import ROOM
from schema.board.rendering import HEADERS
from schema.board.saved import Failed, PageContext

MOST = 5_000
KINDS = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
}
FILES = {
    f"{place}{suffix}": (place, suffix)
    for place in (f"{EVERY}/list", f"{ROOM}/cut")
    for suffix in KINDS
}
"""Addresses of files: which file, and what it ends with."""

Rows = Sequence[Sequence[object]]


async def export(context: PageContext, params: QueryParams, place: str, suffix: str) -> Response:
    """The file of a list of cases or of a table of figures."""
    asked = asked_in(params)
    if place.startswith(ROOM):
        rows: Rows = await figures_of(context, asked)
        title = "Счёт обращений"
    else:
        rows, title = await _cases(context, asked, suffix), "Обращения"
    content = await asyncio.to_thread(_written, rows, suffix)
    name = quote(f"{title} на {context.now.astimezone(context.zone):%d.%m.%Y %H.%M}{suffix}")
    return Response(
        content,
        media_type=KINDS[suffix],
        headers={**HEADERS, "Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )


async def _cases(context: PageContext, asked: Mapping[str, str], suffix: str) -> Rows:
    """The list; TOO_MUCH for one that is longer than a file may be. It is journalled before."""
    columns = shown(asked)
    wanted, order = meant(context, EVERY, asked)
    rows: list[Sequence[object]] = [("Номер", *(one.title for one in columns))]
    after = None
    while True:
        size = context.region.settings.max_page
        found = await context.ask("List", filter=wanted, order=order, first=size, after=after)
        page = found["appeals"]
        if page["totalCount"] > MOST:
            raise Failed(RefusalCode.TOO_MUCH, TOO_LONG.format(page["totalCount"]))
        rows += (_row(context, columns, edge["node"]) for edge in page["edges"])
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    await record_export(context.region, context.actor, len(rows) - 1, suffix)
    return rows


TOO_LONG = f"В отборе {{}} обращений, а файл вмещает {MOST}: сузьте отбор"


def _row(
    context: PageContext, columns: Sequence[Column], case: dict[str, object]
) -> tuple[str, ...]:
    return (str(case["number"]), *(one.said(context, case) for one in columns))


def _written(rows: Rows, suffix: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"list{suffix}")
        with writer_for(path, suffix) as write:
            write(rows)
        return path.read_bytes()
