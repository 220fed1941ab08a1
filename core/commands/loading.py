"""Loading a file of tables into a region: all of it or nothing, told line by line."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated

import typer

from core.commands.regions import ready
from core.kernel.access import system
from core.kernel.settings import read_settings
from core.kernel.work import Work
from core.structure.roster.report import NotKept, Report

Load = Callable[[Work], Awaitable[Report]]
TableFile = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, help="CSV или книга XLSX, ODS")
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Проверить и показать, ничего не записывая")
]


def tell(code: str, load: Load, *, dry_run: bool) -> None:
    """Load into the region and print what became of each line; ends with 1 where some are wrong."""
    report = asyncio.run(_loaded(code, load))
    for line in report.lines:
        typer.echo(line.text, err=line.wrong)
    if report.wrong:
        typer.echo(f"Ничего не внесено: строк с ошибками {report.wrong}", err=True)
        raise typer.Exit(1)
    typer.echo(report.summary(dry_run=dry_run))


async def _loaded(code: str, load: Load) -> Report:
    async with ready(read_settings(), code) as region:
        try:
            async with region.work(system()) as work:
                return await load(work)
        except NotKept as end:
            return end.report
