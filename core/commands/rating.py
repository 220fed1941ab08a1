"""`tsur rating`: the rating of a quarter with all that it takes to reckon it again."""

from __future__ import annotations

import asyncio
from fractions import Fraction
from typing import Annotated

import orjson
import typer

from core.commands.regions import RegionCode, ready
from core.kernel.access import system
from core.kernel.settings import read_settings
from core.law.periods import Period
from core.ratings.quarter import quarter_of, written
from core.ratings.rules import FULL, Criterion
from core.ratings.scoring import UNSURE, Contribution
from core.ratings.table import Entry, Rating, rating
from core.statistics.intervals import CONFIDENCE, quantile
from core.statistics.shrinkage import Peers

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


async def _rating(code: str, method: str, quarter: Period) -> Rating:
    async with ready(read_settings(), code) as region, region.reading(system()) as work:
        return await rating(work, method, quarter)


def as_data(found: Rating) -> dict[str, object]:
    """The rating as JSON: fractions as «7/2», what is no fraction as numbers."""
    return {
        "method": found.method.key,
        "name": found.method.name,
        "clause": found.method.clause.ref,
        "period": written(found.quarter),
        "scale": [0, FULL],
        "minimum": found.method.minimum,
        "followed": found.method.followed,
        "confidence": CONFIDENCE,
        "added": UNSURE,
        "between": found.between,
        "peers": _peers(found.peers),
        "chance": _peers(found.chance),
        "criteria": [_criterion(one) for one in found.method.criteria],
        "entries": [_entry(one) for one in found.entries],
    }


def _criterion(one: Criterion) -> dict[str, object]:
    return {"key": one.key, "measure": one.measure, "weight": one.weight, "clause": one.clause.ref}


def _entry(one: Entry) -> dict[str, object]:
    data: dict[str, object] = {
        "subject": one.subject.body,
        "theme": one.subject.theme,
        "name": one.name,
        "cases": one.sums.cases,
        "squares": str(one.sums.squares),
        "raw": str(one.sums.mean),
        "contributions": [_contribution(part) for part in one.contributions],
        "mark": "value" if one.score else "too_few",
    }
    if one.score is None or one.by_chance is None or one.shrunken is None:
        return data
    half = quantile() * one.score.error
    return {
        **data,
        "error": one.score.error,
        "chance_error": one.by_chance.error,
        "shrunken": one.shrunken.value,
        "weight": one.shrunken.weight,
        "interval": [max(0.0, one.score.value - half), min(float(FULL), one.score.value + half)],
        "places": [one.places.best, one.places.worst] if one.places else None,
        "band": one.band,
    }


def _contribution(one: Contribution) -> dict[str, object]:
    return {
        "criterion": one.criterion.key,
        "value": str(one.value),
        "weight": one.criterion.weight,
        "scaled": _fraction(one.scaled),
        "cases": one.cases,
    }


def _fraction(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _peers(of: Peers) -> dict[str, float]:
    return {"mean": of.mean, "variance": of.variance, "rankability": of.rankability}


def _standing(one: Entry) -> str:
    if one.places:
        return f"{one.places.best}-{one.places.worst}"
    return one.band.label if one.band else "мало обращений"
