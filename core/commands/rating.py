"""`tsur rating`: the rating of a quarter with all that it takes to reckon it again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from core.ratings.drafts import Draft, peers_of, rated_of
from core.ratings.laboratory import rehearsal_as_data, rehearse
from core.ratings.quarter import quarter_of
from core.ratings.rules import EVERYBODY
from core.ratings.scoring import Opinion
from core.ratings.standings import Entry, Standings
from core.ratings.table import rating
from core.ratings.words import WITHOUT

verbs = typer.Typer()


NUMBERS, PEERS, RATES = ("days", "hours", "volume", "followed"), "peers", "rates"
"""What a draft changes beside weights."""


@verbs.command("rating")
def shown(
    region: RegionCode,
    method: Annotated[str, typer.Option(help="Ключ методики")],
    period: Annotated[list[str], typer.Option(help="Квартал, как 2026-Q1; с --draft и несколько")],
    draft: Annotated[
        list[str] | None,
        typer.Option(
            help="Черновик: вес критерия (time=2, 0 — без него), days=20 или hours=72, volume=50, "
            "followed=45, peers=kind (или all, population:10000, volume:100:500), rates=units "
            "(или bodies, blocks)"
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
    for line in lines_of(found):
        typer.echo(line)


def draft_of(words: Iterable[str]) -> Draft:
    """`time=2`, `volume=50`, `peers=volume:100:500`; refuses INVALID what is otherwise or twice."""
    said: dict[str, Any] = {}
    for word in words:
        name, _, value = word.partition("=")
        if name in said:
            raise Refusal(RefusalCode.INVALID, f"«{name}» в черновике сказано дважды")
        if name == PEERS:
            by, *bounds = value.split(":")
            said[name] = peers_of(by, [_whole(one, word) for one in bounds])
        else:
            said[name] = rated_of(value) if name == RATES else _whole(value, word)
    others = {name: said.pop(name) for name in (*NUMBERS, PEERS, RATES) if name in said}
    return replace(Draft(said), **others)


def _whole(number: str, word: str) -> int:
    if number.isascii() and number.isdecimal() and len(number) < 10:
        return int(number)
    text = f"«{word}» — не черновик: слева от знака равенства критерий, справа целое число"
    raise Refusal(RefusalCode.INVALID, text)


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


def lines_of(found: Standings) -> Iterator[str]:
    """A line for each subject: place or band, score, cases, name, and whom it is compared with."""
    for one in found.entries:
        told = [_standing(one), f"{float(one.sums.mean):.1f}", str(one.sums.cases), one.name]
        if found.method.peers != EVERYBODY:
            told.append(found.method.peers.name(one.group))
        told += [_heard(part.opinion) for part in one.contributions if part.opinion]
        yield "\t".join(told)


def _heard(said: Opinion) -> str:
    """«спрошено 40, ответило 12, средняя оценка 4,25»."""
    told = f"спрошено {said.asked}, ответило {said.answered}"
    if not said.answered:
        return told
    return f"{told}, средняя оценка {said.marks / said.answered:.2f}".replace(".", ",")


def _standing(one: Entry) -> str:
    if one.places:
        return f"{one.places.best}-{one.places.worst}"
    return one.band.label if one.band else WITHOUT[one.mark]
