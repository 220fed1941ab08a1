"""`tsur directory load`: bodies, positions, people and appointments out of a table."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from core.commands.regions import RegionCode, ready
from core.kernel.access import system
from core.kernel.settings import Settings, read_settings
from core.structure.roster.report import NotKept, Report
from core.structure.roster.service import load_roster
from core.structure.roster.tables import read_tables

verbs = typer.Typer()
directory = typer.Typer(no_args_is_help=True, help="Справочник: органы, должности, люди, роли")
verbs.add_typer(directory, name="directory")


@directory.command("load")
def load(
    region: RegionCode,
    file: Annotated[
        Path,
        typer.Argument(exists=True, dir_okay=False, help="CSV или книга XLSX, ODS; листы по видам"),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Проверить и показать, ничего не записывая")
    ] = False,
) -> None:
    """Внести органы, должности, людей и назначения: всё или ничего, с отчётом по строкам.

    Вид таблицы узнаётся по её столбцам: органы — key, name, kind, parent, municipality, themes,
    default; должности — position, body, rank; люди — subject, name, position, body; назначения —
    subject, role, since, until, blocks, municipalities, ground.
    """
    report = asyncio.run(_load(read_settings(), region, file, dry_run=dry_run))
    for line in report.lines:
        typer.echo(line.text, err=line.wrong)
    if report.wrong:
        typer.echo(f"Ничего не внесено: строк с ошибками {report.wrong}", err=True)
        raise typer.Exit(1)
    typer.echo(report.summary(dry_run=dry_run))


async def _load(settings: Settings, code: str, file: Path, *, dry_run: bool) -> Report:
    tables = read_tables(file)
    async with ready(settings, code) as region:
        try:
            async with region.work(system()) as work:
                return await load_roster(work, tables, dry_run=dry_run)
        except NotKept as end:
            return end.report
