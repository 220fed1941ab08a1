"""`tsur classifier load`: the region's classifier out of a table."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from core.appeals.classifier.columns import column_of
from core.appeals.classifier.service import load_classifier
from core.commands.regions import RegionCode, ready
from core.kernel.access import system
from core.kernel.settings import Settings, read_settings
from core.structure.roster.report import NotKept, Report
from core.structure.roster.tables import read_tables

verbs = typer.Typer()
classifier = typer.Typer(no_args_is_help=True, help="Классификатор: категории, сезоны, сроки")
verbs.add_typer(classifier, name="classifier")


@classifier.command("load")
def load(
    region: RegionCode,
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="CSV или книга XLSX, ODS")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Проверить и показать, ничего не записывая")
    ] = False,
) -> None:
    """Внести классификатор: всё или ничего, с отчётом по строкам; прежний остаётся в истории.

    Столбцы: row, act, object, category, since; также key, annex, cause, theme, municipality,
    season, stages, evidence, body, until. Файл — весь классификатор с самого раннего своего дня.
    """
    report = asyncio.run(_load(read_settings(), region, file, dry_run=dry_run))
    for line in report.lines:
        typer.echo(line.text, err=line.wrong)
    if report.wrong:
        typer.echo(f"Ничего не внесено: строк с ошибками {report.wrong}", err=True)
        raise typer.Exit(1)
    typer.echo(report.summary(dry_run=dry_run))


async def _load(settings: Settings, code: str, file: Path, *, dry_run: bool) -> Report:
    tables = read_tables(file, column_of)
    async with ready(settings, code) as region:
        try:
            async with region.work(system()) as work:
                return await load_classifier(work, tables, dry_run=dry_run)
        except NotKept as end:
            return end.report
