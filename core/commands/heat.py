"""`tsur heat`: the heat map of a period as data or as a picture."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from core.appeals.observations.known import check_by_law
from core.appeals.queries import AppealFilter, View
from core.commands.regions import RegionCode, ready
from core.directory.rules.bodies import Theme
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.kernel.rules.passport import Municipality
from core.kernel.settings import read_settings
from core.kernel.work import Work
from core.law.periods import Period
from core.problems.borders import borders_of, features_of
from core.problems.drawing import Hexagon, Look, drawn, drawn_hexagons, stood
from core.problems.geojson import of_hexagons, of_places, told
from core.problems.heat import HeatCell, HeatMap, heat_map
from core.problems.hexagons import USUAL, HexMap, hexagon_map
from core.problems.period import period_as
from core.problems.surprise import Surprise
from core.shapes.figures.marks import CellMark

verbs = typer.Typer()


@verbs.command()
def heat(
    region: RegionCode,
    period: Annotated[str, typer.Option(help="2026-W14, 2026-03, 2026-Q1, 2026 или день/день")],
    as_json: Annotated[bool, typer.Option("--json", help="Ячейки в JSON")] = False,
    svg: Annotated[Path | None, typer.Option(help="Куда записать карту")] = None,
    geojson: Annotated[
        Path | None, typer.Option(help="Куда записать карту с границами: GeoJSON")
    ] = None,
    theme: Annotated[str | None, typer.Option(help="Карта одной тематики, по ключу")] = None,
    look: Annotated[Look, typer.Option(help="Что на карте")] = Look.UNEXPECTED,
    view: Annotated[View | None, typer.Option(help="Чьи показатели; без слова — все")] = None,
    hexagons: Annotated[
        bool, typer.Option("--hexagons", help="По шестиугольникам, где известны координаты")
    ] = False,
    resolution: Annotated[
        int | None, typer.Option(help=f"Размер шестиугольника: от 4 до 8; без слова {USUAL}")
    ] = None,
) -> None:
    """Показать, где обращений сколько и где неожиданно много, по тематикам и муниципалитетам."""
    asked = Asked(period, theme, view, look)
    if resolution is not None and not hexagons:
        raise Refusal(RefusalCode.INVALID, "Размер бывает у шестиугольников: добавьте --hexagons")
    size = USUAL if resolution is None else resolution
    make = _hexagons(region, asked, size) if hexagons else _heat(region, asked)
    shown = asyncio.run(make)
    for file, text in ((svg, shown.picture), (geojson, shown.geojson)):
        if file is not None:
            _write(file, text)
    if as_json:
        typer.echo(orjson.dumps(shown.data))
    elif svg is None and geojson is None:
        for line in shown.lines:
            typer.echo(line)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for beside the region."""

    period: str
    theme: str | None
    view: View | None
    look: Look


@dataclass(frozen=True, slots=True)
class Told:
    """A map in every form: data, a picture, GeoJSON, what stands out line by line."""

    data: dict[str, object]
    picture: str
    geojson: str
    lines: list[str]


async def _heat(code: str, asked: Asked) -> Told:
    async with _opened(code, asked) as (region, work, period):
        check_by_law(work.rules, AppealFilter(themes=(asked.theme,) if asked.theme else ()))
        found = await heat_map(work, period, asked.view)
    spots = [
        (one.municipality, one.cases, one.surprise.step)
        for one in found.cells
        if asked.theme is None or one.theme == asked.theme
    ]
    shown = stood(region.rules.all(Municipality, found.last_day), spots, asked.look)
    shapes = borders_of(region.packages)
    places = of_places(period, shown, features_of(region.packages))
    lines = [
        f"{one.theme}\t{one.municipality}\t{_count(one.cases, one.surprise)}"
        for one in found.cells
        if one.surprise.out
    ]
    picture = drawn(_title(region, asked), shown, shapes, whole=True)
    return Told(as_data(asked.period, found), picture, _text(places), lines)


async def _hexagons(code: str, asked: Asked, resolution: int) -> Told:
    async with _opened(code, asked) as (region, work, period):
        found = await hexagon_map(work, period, asked.theme, asked.view, resolution)
    features = features_of(region.packages)
    lines = [
        f"{one.index}\t{_count(one.cases, one.surprise)}" for one in found.cells if one.surprise.out
    ]
    title = _title(region, asked)
    shapes = [Hexagon(one.corners, one.cases, one.surprise.step) for one in found.cells]
    picture = drawn_hexagons(title, shapes, features, asked.look, whole=True)
    cells = [{"hexagon": one.index, **_counted(one.cases, one.surprise)} for one in found.cells]
    data = {
        **_days(asked.period, found),
        "resolution": found.resolution,
        "nowhere": found.nowhere,
        "cells": cells,
    }
    return Told(data, picture, _text(of_hexagons(found)), lines)


@asynccontextmanager
async def _opened(code: str, asked: Asked) -> AsyncIterator[tuple[Region, Work, Period]]:
    period = period_as(asked.period)
    async with ready(read_settings(), code) as region, region.reading(system()) as work:
        if asked.theme is not None and not work.rules.find(Theme, asked.theme, period.last_day):
            raise Refusal(RefusalCode.INVALID, f"Тематики «{asked.theme}» в этом периоде нет")
        yield region, work, period


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refusal(RefusalCode.INVALID, f"Записать в «{file}» не удалось") from error


def _title(region: Region, asked: Asked) -> str:
    return f"{region.passport.name}: {asked.look.label}"


def _text(data: Mapping[str, object]) -> str:
    return orjson.dumps(data).decode()


def _count(cases: int, surprise: Surprise) -> str:
    return f"{cases}\t{surprise.expected or 0:.1f}"


def as_data(word: str, found: HeatMap) -> dict[str, Any]:
    """The map as JSON: days are local, `until` the first no longer counted."""
    return {**_days(word, found), "cells": [_cell(one) for one in found.cells]}


def _days(word: str, found: HeatMap | HexMap) -> dict[str, object]:
    return {
        "period": word,
        "since": found.period.start.isoformat(),
        "until": found.until.isoformat(),
        "years": found.years,
        "season": "known" if found.years else "unknown",
    }


def _cell(one: HeatCell) -> dict[str, object]:
    place = {"theme": one.theme, "municipality": one.municipality}
    told = {**place, **_counted(one.cases, one.surprise), "mark": one.mark}
    nothing = {"value": None, "cases": None}
    return told | nothing if one.mark is CellMark.MISSING else told


def _counted(cases: int, surprise: Surprise) -> dict[str, object]:
    return {"value": cases, "cases": cases, **told(surprise)}
