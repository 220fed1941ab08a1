"""`tsur migrate`: the tables of the regions."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from core.commands.regions import opened, prepare, reaching
from core.kernel.settings import Settings, read_settings
from core.region.keyring.service import key_place
from core.region.migrate import check as check_tables
from core.region.migrate import draft as draft_revision

verbs = typer.Typer()


@verbs.command()
def migrate(
    regions: Annotated[
        list[str] | None, typer.Argument(help="Коды регионов; все подключённые, если не указаны")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Сверить миграции с моделями и отказать при расхождении")
    ] = False,
    draft: Annotated[
        str | None,
        typer.Option(help="Составить новую миграцию ветви с этим именем", metavar="ВЕТВЬ"),
    ] = None,
    message: Annotated[str, typer.Option(help="О чём новая миграция")] = "changes",
) -> None:
    """Создать или обновить таблицы регионов и внести органы, названные в актах."""
    settings = read_settings()
    for code in regions or settings.regions:
        asyncio.run(_migrate(settings, code, check=check, draft=draft, message=message))
        typer.echo(f"{code}: база готова")


async def _migrate(
    settings: Settings, code: str, *, check: bool, draft: str | None, message: str
) -> None:
    async with opened(settings, code, make_keys=True) as region:
        keys = key_place(region)
        made = keys.missing
        with reaching(region):
            await prepare(region, progress=_refreshed)
            if draft is not None:
                await draft_revision(region, draft, message)
            if check:
                await check_tables(region)
    if made and settings.production:
        typer.echo(f"{code}: созданы ключи в {keys.folder}; сохраните их: tsur keys backup {code}")


def _refreshed(done: int, total: int) -> None:
    """Said only where cases of an earlier release are judged anew."""
    typer.echo(f"Сроки пересчитаны: {done} обращений из {total}", err=True)
