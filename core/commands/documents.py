"""`tsur documents`: every document of a region in one line, or as JSON."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from typing import Annotated

import typer

from core.commands.regions import RegionCode, ready
from core.documents.queries import Listed, listed
from core.kernel.access import system
from core.kernel.settings import Settings, read_settings

verbs = typer.Typer()


@verbs.command()
def documents(
    region: RegionCode,
    as_json: Annotated[
        bool, typer.Option("--json", help="Последней строкой — список в JSON")
    ] = False,
) -> None:
    """Показать документы центра: вид, состояние, версию, отпечаток, номер и силу записи.

    Сила (force) — та, что акт региона даёт записи портала: letter (письмо) или record (запись).
    Пока документ не представлен, ни записи, ни номера ещё нет.
    """
    rows = asyncio.run(_listed(read_settings(), region))
    for row in rows:
        version = f"версия {row.version}" if row.version else "без версии"
        number = f", № {row.number}" if row.number else ""
        force = row.force if row.version else "ещё не представлен"
        typer.echo(f"{row.id}: {row.kind}, {row.state}, {version}{number} ({force})")
    if as_json:
        typer.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False))


async def _listed(settings: Settings, code: str) -> list[Listed]:
    async with ready(settings, code) as region, region.reading(system()) as work:
        return await listed(work)
