"""`tsur pages`: what pages the board has, and which role may open each."""

from __future__ import annotations

import importlib
from typing import Annotated, Any

import orjson
import typer

from core.kernel.settings import read_settings
from core.region.layers import answered, layers_of

PAGES = "schema.board.added"
"""Read only for this verb: core knows no web."""

verbs = typer.Typer()


@verbs.command()
def pages(
    as_json: Annotated[bool, typer.Option("--json", help="Одной строкой JSON")] = False,
) -> None:
    """Напечатать страницы доски: адрес, название, роль, которой она открыта."""
    settings = read_settings()
    codes = [one.rpartition(".")[2] for one in settings.regions]
    boards = {code: answered(layers_of(code, settings), "boards") for code in codes}
    found: Any = importlib.import_module(PAGES).told(boards)
    if as_json:
        typer.echo(orjson.dumps(found).decode())
        return
    for one in found:
        typer.echo(f"{one['path']:<40} {one['role']:<16} {one['title']}")
