"""`tsur rating`: the rating of a quarter with all that it takes to reckon it again."""

from __future__ import annotations

import asyncio
from typing import Annotated

import orjson
import typer

from core.commands.regions import RegionCode, ready
from core.kernel.access import system
from core.kernel.settings import read_settings
from core.law.periods import Period
from core.ratings.data import as_data
from core.ratings.quarter import quarter_of
from core.ratings.table import Entry, Standings, rating

verbs = typer.Typer()


@verbs.command("rating")
def shown(
    region: RegionCode,
    method: Annotated[str, typer.Option(help="Ключ методики")],
    period: Annotated[str, typer.Option(help="Квартал, как 2026-Q1")],
    as_json: Annotated[bool, typer.Option("--json", help="Всё, чтобы пересчитать, в JSON")] = False,
) -> None:
    """Посчитать рейтинг за закончившийся квартал по методике региона."""
    found = asyncio.run(_rating(region, method, quarter_of(period)))
    if as_json:
        typer.echo(orjson.dumps(as_data(found)))
        return
    for one in found.entries:
        typer.echo(f"{_standing(one)}\t{float(one.sums.mean):.1f}\t{one.sums.cases}\t{one.name}")


async def _rating(code: str, method: str, quarter: Period) -> Standings:
    async with ready(read_settings(), code) as region, region.reading(system()) as work:
        return await rating(work, method, quarter)


def _standing(one: Entry) -> str:
    if one.places:
        return f"{one.places.best}-{one.places.worst}"
    return one.band.label if one.band else "мало обращений"
