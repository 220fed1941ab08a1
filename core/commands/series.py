"""`tsur series load`: a rating that somebody else has made, out of a table."""

from __future__ import annotations

import typer

from core.commands.loading import DryRun, TableFile, tell
from core.commands.regions import RegionCode
from core.ratings.series import NAMES, load_series
from core.structure.roster.tables import read_tables

verbs = typer.Typer()
series = typer.Typer(no_args_is_help=True, help="Рейтинги, сделанные не здесь: как их дали")
verbs.add_typer(series, name="series")


@series.command("load")
def load(
    region: RegionCode,
    file: TableFile,
    dry_run: DryRun = False,
) -> None:
    """Внести чужой рейтинг, например Министерства о работе в ПОС: всё или ничего, без пересчёта.

    Столбцы: series, source, method, edition, period (2026-Q1, 2026-03, 2026), subject, indicator,
    value; также title, place, mark. Другое значение того же показателя станет пересмотренным,
    прежнее останется.
    """
    tables = read_tables(file, NAMES)
    tell(region, lambda work: load_series(work, tables, dry_run=dry_run), dry_run=dry_run)
