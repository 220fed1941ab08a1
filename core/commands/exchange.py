"""`tsur import` and `tsur export`: the files of other systems in, the region's cases out."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import orjson
import typer

from core.appeals.exchange.batch import Figures
from core.appeals.exchange.exports import export_file, export_to
from core.appeals.exchange.imports import import_file, rehearse
from core.commands.progress import bar
from core.commands.regions import RegionCode, ready
from core.kernel.settings import Settings, read_settings

STDOUT = Path("-")

verbs = typer.Typer()


@verbs.command("import")
def import_(
    region: RegionCode,
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="Файл CSV или JSON Lines")
    ],
    mapping: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Соответствие столбцов нашим полям, TOML"),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Только проверить, ничего не записывая")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Итоги одной строкой JSON")] = False,
    rejects: Annotated[
        Path | None, typer.Option(help="Куда записать строки, которые не приняты")
    ] = None,
) -> None:
    """Загрузить обращения из файла; повторная загрузка ничего не добавит."""
    settings = read_settings()
    report = rejects or _default_rejects(settings, region, file)
    figures = asyncio.run(_import(settings, region, file, mapping, report, dry_run=dry_run))
    if as_json:
        typer.echo(orjson.dumps(asdict(figures)))
    else:
        _tell(figures, report)


@verbs.command()
def export(
    region: RegionCode,
    file: Annotated[Path, typer.Argument(help="Файл .csv или .jsonl; «-» — стандартный вывод")],
) -> None:
    """Выгрузить обращения: сроки, ответы, состояния. Без текстов и персональных данных."""
    asyncio.run(_export(read_settings(), region, file))


async def _import(
    settings: Settings,
    code: str,
    file: Path,
    mapping: Path | None,
    rejects: Path,
    *,
    dry_run: bool,
) -> Figures:
    take = rehearse if dry_run else import_file
    async with ready(settings, code) as region:
        with bar("Загрузка") as tick:
            return await take(region, file, mapping=mapping, rejects=rejects, progress=tick)


async def _export(settings: Settings, code: str, file: Path) -> None:
    async with ready(settings, code) as region:
        if file == STDOUT:
            await export_to(region, sys.stdout)
            return
        with bar("Выгрузка") as tick:
            await export_file(region, file, progress=tick)


def _default_rejects(settings: Settings, code: str, file: Path) -> Path:
    """Beside the region's other state: where the source lies may be read-only."""
    folder = settings.data_dir / code.rpartition(".")[2] / "rejects"
    return folder / f"{file.name}.rejects.csv"


def _tell(figures: Figures, rejects: Path) -> None:
    typer.echo(
        f"Прочитано {figures.read}: добавлено {figures.added}, уже известно {figures.known}, "
        f"отличается {figures.differing}, отклонено {figures.rejected}; "
        f"направлено в органы {figures.routed}"
    )
    if figures.rejected or figures.differing:
        typer.echo(f"Непринятые строки: {rejects}")
