"""`tsur import` and `tsur export`: the files of other systems in, the region's cases out."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import orjson
import typer

from core.appeals.exchange.drafting import drafted
from core.appeals.exchange.exports import export_file, export_to
from core.appeals.exchange.figures import Figures
from core.appeals.exchange.imports import beside, import_file, rehearse
from core.appeals.exchange.rejects import Note
from core.commands.progress import bar
from core.commands.regions import RegionCode, ready
from core.kernel.settings import Settings, read_settings

STDOUT = Path("-")
MOST_TOLD = 100
"""Warnings in the figures for machines; the file beside the rejects has all of them."""

verbs = typer.Typer()


@verbs.command("import")
def import_(
    region: RegionCode,
    file: Annotated[
        Path | None, typer.Argument(help="Файл CSV, XLSX, ODS, XLS, JSON или GeoReport v2")
    ] = None,
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
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Ничего не загружать: показать столбцы и набросок соответствия"
        ),
    ] = False,
) -> None:
    """Загрузить обращения из файла; повторная загрузка ничего не добавит."""
    if explain:
        typer.echo(drafted(_existing(file or Path(region))))
        return
    source = _existing(file)
    settings = read_settings()
    report = rejects or _default_rejects(settings, region, source)
    notes: list[Note] = []
    figures = asyncio.run(
        _import(settings, region, source, mapping, report, notes, dry_run=dry_run)
    )
    if as_json:
        told = [note.sentence for note in notes[:MOST_TOLD]]
        typer.echo(orjson.dumps({**figures.as_json, "warnings": told}))
    else:
        _tell(figures, report, notes)


@verbs.command()
def export(
    region: RegionCode,
    file: Annotated[
        Path, typer.Argument(help="Файл .csv, .jsonl или .xlsx; «-» — стандартный вывод")
    ],
) -> None:
    """Выгрузить обращения: сроки, ответы, состояния. Без текстов и персональных данных."""
    asyncio.run(_export(read_settings(), region, file))


async def _import(
    settings: Settings,
    code: str,
    file: Path,
    mapping: Path | None,
    rejects: Path,
    notes: list[Note],
    *,
    dry_run: bool,
) -> Figures:
    take = rehearse if dry_run else import_file

    def notice(found: Sequence[Note]) -> None:
        """Remember the first ones: a file may be wrong in every row."""
        notes.extend(found[: max(MOST_TOLD - len(notes), 0)])

    async with ready(settings, code) as region:
        with bar("Загрузка") as tick:
            return await take(
                region, file, mapping=mapping, rejects=rejects, progress=tick, notice=notice
            )


async def _export(settings: Settings, code: str, file: Path) -> None:
    async with ready(settings, code) as region:
        if file == STDOUT:
            await export_to(region, sys.stdout)
            return
        with bar("Выгрузка") as tick:
            await export_file(region, file, progress=tick)


def _existing(file: Path | None) -> Path:
    if file is None:
        raise typer.BadParameter("назовите файл, который нужно загрузить")
    if not file.is_file():
        raise typer.BadParameter(f"файла «{file}» нет")
    return file


def _default_rejects(settings: Settings, code: str, file: Path) -> Path:
    """Beside the region's other state: where the source lies may be read-only."""
    folder = settings.data_dir / code.rpartition(".")[2] / "rejects"
    return folder / f"{file.name}.rejects.csv"


def _tell(figures: Figures, rejects: Path, notes: list[Note]) -> None:
    typer.echo(
        f"Прочитано {figures.read}: добавлено {figures.added}, уже известно {figures.known}, "
        f"отличается {figures.differing}, отклонено {figures.rejected}; "
        f"направлено в органы {figures.routed}"
    )
    tally = figures.tally
    if figures.added:
        typer.echo(
            f"Из добавленных: обращений {tally.appeals}, сообщений {tally.messages}; "
            f"без срока {tally.no_deadline}, без тематики {tally.no_theme}, "
            f"зарегистрировано позже третьего дня {tally.registered_late}"
        )
    if figures.rejected or figures.differing:
        typer.echo(f"Непринятые строки, их можно исправить и загрузить: {rejects}")
    for note in notes[:5]:
        typer.echo(f"  {note.sentence}")
    if tally.warned:
        typer.echo(f"Замечаний к принятым строкам {tally.warned}: {beside(rejects)}")
