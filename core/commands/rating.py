"""`tsur rating`: the rating of a quarter with all that it takes to reckon it again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

import orjson
import typer

from core.commands.regions import RegionCode, ready
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.settings import read_settings
from core.law.periods import Period
from core.ratings.data import as_data
from core.ratings.drafts import Draft
from core.ratings.laboratory import rehearsal_as_data, rehearse
from core.ratings.quarter import quarter_of
from core.ratings.table import Entry, Standings, rating

verbs = typer.Typer()


NUMBERS = ("days", "volume", "followed")
"""What a draft changes beside weights."""


@verbs.command("rating")
def shown(
    region: RegionCode,
    method: Annotated[str, typer.Option(help="Ключ методики")],
    period: Annotated[list[str], typer.Option(help="Квартал, как 2026-Q1; с --draft и несколько")],
    draft: Annotated[
        list[str] | None,
        typer.Option(
            help="Черновик: вес критерия (time=2, 0 — без него), days=20, volume=50, followed=45"
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Всё, чтобы пересчитать, в JSON")] = False,
) -> None:
    """Посчитать рейтинг за закончившийся квартал по методике региона.

    С --draft — лаборатория: чьё место по черновику другое, через какой критерий и какими
    обращениями; ничего не публикуется, запуск остаётся в журнале.
    """
    quarters = [quarter_of(one) for one in period]
    if draft:
        _tell(asyncio.run(_rehearsed(region, method, quarters, draft_of(draft))), as_json=as_json)
        return
    if len(quarters) > 1:
        text = "Рейтинг считают за один квартал; несколько пробуют с --draft"
        raise Refusal(RefusalCode.INVALID, text)
    found = asyncio.run(_rating(region, method, quarters[0]))
    if as_json:
        typer.echo(orjson.dumps(as_data(found)))
        return
    for one in found.entries:
        typer.echo(f"{standing_of(one)}\t{float(one.sums.mean):.1f}\t{one.sums.cases}\t{one.name}")


def draft_of(words: Iterable[str]) -> Draft:
    """`time=2`, `volume=50` as a draft; refuses INVALID what is written otherwise or twice."""
    weights: dict[str, int] = {}
    numbers: dict[str, Any] = {}
    for word in words:
        name, _, number = word.partition("=")
        if not (number.isascii() and number.isdecimal() and len(number) < 10):
            text = f"«{word}» — не черновик: слева от знака равенства критерий, справа целое число"
            raise Refusal(RefusalCode.INVALID, text)
        kept = numbers if name in NUMBERS else weights
        if name in kept:
            raise Refusal(RefusalCode.INVALID, f"«{name}» в черновике сказано дважды")
        kept[name] = int(number)
    return replace(Draft(weights), **numbers)


async def _rating(code: str, method: str, quarter: Period) -> Standings:
    async with ready(read_settings(), code) as region, region.reading(system()) as work:
        return await rating(work, method, quarter)


async def _rehearsed(
    code: str, method: str, quarters: Sequence[Period], draft: Draft
) -> list[dict[str, Any]]:
    async with ready(read_settings(), code) as region, region.work(system()) as work:
        found = await rehearse(work, method, quarters, draft)
        return [await rehearsal_as_data(work, one) for one in found]


def _tell(found: Sequence[Mapping[str, Any]], *, as_json: bool) -> None:
    if as_json:
        typer.echo(orjson.dumps(found))
        return
    for run in found:
        typer.echo(f"{run['period']}\t{run['refused'] or ''}".rstrip())
        for one in run["movers"]:
            told = (one["name"], one["before"] or "-", one["after"] or "-", one["through"] or "-")
            typer.echo("\t".join((*told, str(len(one["cases"])))))


def standing_of(one: Entry) -> str:
    """Place or band as a line tells it."""
    if one.places:
        return f"{one.places.best}-{one.places.worst}"
    return one.band.label if one.band else "мало обращений"
