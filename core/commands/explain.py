"""`tsur explain`: how a region would answer an operation of GraphQL, root field by root field."""

from __future__ import annotations

import importlib
from typing import Annotated

import orjson
import typer

from core.commands.regions import RegionCode
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.settings import read_settings
from core.region.opening import open_region

EXPLANATION = "schema.explain"
"""Read only for this verb: core knows no web."""

verbs = typer.Typer()


@verbs.command()
def explain(
    operation: Annotated[typer.FileText, typer.Argument(help="Файл с операцией; - читает ввод")],
    region: RegionCode,
    name: Annotated[str | None, typer.Option(help="Имя операции, если их несколько")] = None,
    variables: Annotated[str, typer.Option(help="Переменные операции: объект JSON")] = "{}",
) -> None:
    """Напечатать для каждого корневого поля план (запросы к базе) или почему его нет."""
    opened, given = open_region(region, read_settings()), _variables(variables)
    text = importlib.import_module(EXPLANATION).explain(opened, operation.read(), name, given)
    typer.echo(text, nl=False)


def _variables(text: str) -> dict[str, object]:
    try:
        given = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Refusal(RefusalCode.INVALID, "Переменные не читаются как JSON") from error
    if not isinstance(given, dict):
        raise Refusal(RefusalCode.INVALID, "Переменные должны быть объектом JSON")
    return given
