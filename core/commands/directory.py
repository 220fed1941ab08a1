"""`tsur directory load`: bodies, positions, people and appointments out of a table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from core.commands.loading import DryRun, tell
from core.commands.regions import RegionCode
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
    dry_run: DryRun = False,
) -> None:
    """Внести органы, должности, людей и назначения: всё или ничего, с отчётом по строкам.

    Вид таблицы узнаётся по её столбцам: органы — key, name, kind, parent, municipality, themes,
    default; должности — position, body, rank; люди — subject, name, position, body; назначения —
    subject, role, since, until, blocks, municipalities, ground.
    """
    tables = read_tables(file)
    tell(region, lambda work: load_roster(work, tables, dry_run=dry_run), dry_run=dry_run)
