"""`tsur consolidate`: what regions hand over to the competence centre, and their rating."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from core.commands.rating import lines_of
from core.commands.regions import ready
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.settings import Settings, read_settings
from core.law.periods import Period
from core.ratings.data import as_data
from core.ratings.quarter import quarter_of
from core.ratings.regions import METHOD, Tally, rate_regions, tally, tally_as_data, tally_of
from core.ratings.rules import RatingMethod

verbs = typer.Typer()
LARGEST = 20_000_000


@verbs.command("consolidate")
def shown(
    period: Annotated[str, typer.Option(help="Квартал, как 2026-Q1")],
    region: Annotated[
        list[str] | None,
        typer.Option(metavar="КОД", help="Код региона; все подключённые, если не указан"),
    ] = None,
    file: Annotated[
        list[Path] | None,
        typer.Option(
            exists=True, dir_okay=False, metavar="ФАЙЛ", help="Свод другого центра: вывод --tally"
        ),
    ] = None,
    only_tally: Annotated[
        bool, typer.Option("--tally", help="Своды регионов в JSON, без рейтинга")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Всё, чтобы пересчитать, в JSON")] = False,
) -> None:
    """Свести регионы и оценить их по трём общим критериям в федеральных показателях.

    Свод — сколько обращений чем кончилось; ни обращений, ни органов, ни людей в нём нет.
    """
    settings, quarter = read_settings(), quarter_of(period)
    method, tallies = asyncio.run(_tallies(settings, region or settings.regions, quarter))
    tallies += [one for path in file or () for one in _read(path)]
    if only_tally:
        typer.echo(orjson.dumps([tally_as_data(one) for one in tallies]))
        return
    found = rate_regions(method, tallies)
    for name in (one.name for one in tallies if not one.seen(quarter)):
        typer.echo(f"Без обращений за квартал: {name}", err=True)
    if as_json:
        typer.echo(orjson.dumps(as_data(found)))
        return
    for line in lines_of(found):
        typer.echo(line)


async def _tallies(
    settings: Settings, codes: Sequence[str], quarter: Period
) -> tuple[RatingMethod, list[Tally]]:
    found, method = [], None
    for code in codes:
        async with ready(settings, code) as region, region.reading(system()) as work:
            found.append(await tally(work, quarter))
            method = method or work.rules.get(RatingMethod, METHOD, quarter.last_day)
    if method is None:
        raise Refusal(RefusalCode.INVALID, "Ни один регион не подключён")
    return method, found


def _read(path: Path) -> list[Tally]:
    content = path.read_bytes() if path.stat().st_size <= LARGEST else b""
    try:
        data = json.loads(content, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        data = None
    found = data if isinstance(data, list) and data else [data]
    return [tally_of(one) for one in found]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON that says each of its names once."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(pairs)
    return found
