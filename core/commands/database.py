"""`tsur migrate` and `tsur directory`: tables, and what stands in the directory."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from core.commands.regions import RegionCode, opened, prepare, ready
from core.directory.seed import Loaded, load_directory
from core.kernel.access import system
from core.kernel.settings import Settings, read_settings
from core.region.migrate import check as check_tables
from core.region.migrate import draft as draft_revision

verbs = typer.Typer()
directory = typer.Typer(no_args_is_help=True, help="Справочник органов и организаций")
verbs.add_typer(directory, name="directory")


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


@directory.command("load")
def load(
    region: RegionCode,
    file: Annotated[
        Path,
        typer.Argument(
            exists=True, dir_okay=False, help="CSV с органами; столбцы — в справке ниже"
        ),
    ],
) -> None:
    """Внести органы из CSV: key, name, kind, parent, municipality, themes (через «;»), default."""
    loaded = asyncio.run(_load(read_settings(), region, file))
    typer.echo(f"Добавлено органов: {loaded.added}, изменено: {loaded.changed}")


async def _migrate(
    settings: Settings, code: str, *, check: bool, draft: str | None, message: str
) -> None:
    async with opened(settings, code) as region:
        await prepare(region, progress=_refreshed)
        if draft is not None:
            await draft_revision(region, draft, message)
        if check:
            await check_tables(region)


def _refreshed(done: int, total: int) -> None:
    """Said only where cases of an earlier release are judged anew."""
    typer.echo(f"Сроки пересчитаны: {done} обращений из {total}", err=True)


async def _load(settings: Settings, code: str, file: Path) -> Loaded:
    async with ready(settings, code) as region, region.work(system()) as work:
        return await load_directory(work, file)
