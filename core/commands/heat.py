"""`tsur heat`: the heat map of a period as data or as a picture."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import orjson
import typer

from core.commands.regions import RegionCode, ready
from core.directory.rules.bodies import Theme
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.kernel.rules.passport import Municipality
from core.kernel.settings import read_settings
from core.problems.borders import borders_of
from core.problems.drawing import Look, drawn, stood
from core.problems.heat import HeatCell, HeatMap, heat_map
from core.problems.period import period_as

verbs = typer.Typer()


@verbs.command()
def heat(
    region: RegionCode,
    period: Annotated[str, typer.Option(help="2026-W14, 2026-03, 2026-Q1, 2026 или день/день")],
    as_json: Annotated[bool, typer.Option("--json", help="Ячейки в JSON")] = False,
    svg: Annotated[Path | None, typer.Option(help="Куда записать карту")] = None,
    theme: Annotated[str | None, typer.Option(help="Карта одной тематики, по ключу")] = None,
    look: Annotated[Look, typer.Option(help="Что на карте")] = Look.UNEXPECTED,
) -> None:
    """Показать, где обращений сколько и где неожиданно много, по тематикам и муниципалитетам."""
    found, picture = asyncio.run(_heat(region, period, theme, look))
    if svg is not None:
        svg.write_text(picture, encoding="utf-8")
    if as_json:
        typer.echo(orjson.dumps(as_data(period, found)))
    elif svg is None:
        for one in found.cells:
            if one.surprise.out:
                expected = one.surprise.expected or 0
                typer.echo(f"{one.theme}\t{one.municipality}\t{one.cases}\t{expected:.1f}")


async def _heat(code: str, word: str, theme: str | None, look: Look) -> tuple[HeatMap, str]:
    period = period_as(word)
    async with ready(read_settings(), code) as region, region.reading(system()) as work:
        if theme is not None and work.rules.find(Theme, theme, period.last_day) is None:
            raise Refusal(RefusalCode.INVALID, f"Тематики «{theme}» в этом периоде нет")
        found = await heat_map(work, period)
    return found, _picture(region, found, theme, look)


def _picture(region: Region, found: HeatMap, theme: str | None, look: Look) -> str:
    places = region.rules.all(Municipality, found.last_day)
    spots = [
        (one.municipality, one.cases, one.surprise.step)
        for one in found.cells
        if theme is None or one.theme == theme
    ]
    title = f"{region.passport.name}: {look.label}"
    return drawn(title, stood(places, spots, look), borders_of(region.packages), whole=True)


def as_data(word: str, found: HeatMap) -> dict[str, object]:
    """The map as JSON: days are local, `until` the first no longer counted."""
    return {
        "period": word,
        "since": found.period.start.isoformat(),
        "until": found.until.isoformat(),
        "years": found.years,
        "season": "known" if found.years else "unknown",
        "cells": [_cell(one) for one in found.cells],
    }


def _cell(one: HeatCell) -> dict[str, object]:
    return {
        "theme": one.theme,
        "municipality": one.municipality,
        "value": one.cases,
        "cases": one.cases,
        "mark": one.mark,
        "expected": one.surprise.expected,
        "chance": one.surprise.chance,
        "share": one.surprise.share,
        "surprising": one.surprise.out,
        "surpriseMark": one.surprise.mark,
    }
