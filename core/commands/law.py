"""`tsur law` and `tsur hooks`: what the law of a region is made of."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Table

from core.commands.regions import RegionCode
from core.kernel.settings import read_settings
from core.region.layers import hook_answers
from core.region.opening import open_region, rulebook_of
from core.reports.account import as_data, as_text
from core.reports.comparison import render_comparison
from core.reports.conformance import render_conformance
from core.reports.coverage import ROOT, collect_marks, coverage, tests_marked, written
from core.reports.rules import render
from core.reports.walk import walk

Day = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="На какой день; без него сегодня")
]
verbs = typer.Typer()
law = typer.Typer(no_args_is_help=True, help="Право региона, как его понимает система")
verbs.add_typer(law, name="law")


@law.command("rules")
def rules(region: RegionCode) -> None:
    """Напечатать свод правил региона с нормами, в Markdown."""
    opened = open_region(region, read_settings())
    typer.echo(render(opened.rules, opened.passport), nl=False)


@law.command("walk")
def walk_(region: RegionCode) -> None:
    """Напечатать акт региона норма за нормой и рядом правила, которые её говорят."""
    opened = open_region(region, read_settings())
    typer.echo(walk(opened.rules, opened.passport), nl=False)


@law.command("coverage")
def coverage_(
    region: Annotated[
        str | None, typer.Option(help="Только акты этого региона и федеральные")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Одной строкой JSON")] = False,
) -> None:
    """Показать, чем исполняется каждая норма и какая проверка это доказывает."""
    settings = read_settings()
    account = coverage(settings, [region] if region else settings.regions, tests_marked())
    if as_json:
        typer.echo(orjson.dumps(as_data(account.registered)).decode())
    else:
        typer.echo(as_text(account.acts, account.clauses), nl=False)


@law.command("compare")
def compare(
    left: RegionCode,
    right: RegionCode,
    on: Day = None,
) -> None:
    """Напечатать, чем различается право двух регионов, правило за правилом."""
    settings = read_settings()
    one, other = (rulebook_of(code, settings) for code in (left, right))
    typer.echo(render_comparison(one, other, _day(on)), nl=False)


@law.command("conformance")
def conformance(region: RegionCode, on: Day = None) -> None:
    """Напечатать отчёт для центра компетенций: где акт региона ниже федеральных норм."""
    typer.echo(render_conformance(rulebook_of(region, read_settings()), _day(on)), nl=False)


@law.command("marks")
def marks() -> None:
    """Напечатать, какие проверки помечены какими нормами, для core/reports/tested.json."""
    typer.echo(written(collect_marks(ROOT)), nl=False)


def _day(given: datetime | None) -> date:
    return (given or datetime.now(UTC)).date()


@verbs.command()
def hooks(region: RegionCode) -> None:
    """Показать, какая глава какого слоя на какой вопрос отвечает."""
    table = Table("Вопрос", "Глава", "Вид", "Ответов")
    for hook, chapter, kind, answers in hook_answers(region, read_settings()):
        table.add_row(hook, chapter, kind, str(answers))
    Console().print(table)
