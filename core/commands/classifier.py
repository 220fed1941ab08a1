"""`tsur classifier load`: the region's classifier out of a table."""

from __future__ import annotations

import typer

from core.appeals.classifier.columns import NAMES
from core.appeals.classifier.service import load_classifier
from core.commands.loading import DryRun, TableFile, tell
from core.commands.regions import RegionCode
from core.structure.roster.tables import read_tables

verbs = typer.Typer()
classifier = typer.Typer(no_args_is_help=True, help="Классификатор: категории, сезоны, сроки")
verbs.add_typer(classifier, name="classifier")


@classifier.command("load")
def load(
    region: RegionCode,
    file: TableFile,
    dry_run: DryRun = False,
) -> None:
    """Внести классификатор: всё или ничего, с отчётом по строкам; прежний остаётся в истории.

    Столбцы: row, act, object, category, since; также key, annex, cause, theme, municipality,
    season, stages, evidence, body, through. Файл — весь классификатор с самого раннего своего дня.
    """
    tables = read_tables(file, NAMES)
    tell(region, lambda work: load_classifier(work, tables, dry_run=dry_run), dry_run=dry_run)
