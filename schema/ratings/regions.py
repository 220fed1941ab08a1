"""What the region hands over to the competence centre for the rating of regions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import orjson
import strawberry

from core.law import act as law
from core.ratings.data import contribution_as_data, criterion_as_data
from core.ratings.quarter import quarter_of, written
from core.ratings.regions import GROUND, METHOD, Tally, own_parts, tally, tally_as_data
from core.ratings.rules import RatingMethod
from core.ratings.scoring import Contribution
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.law.types import CLAUSE, NAME
from schema.ratings.tables import Part, RatingContribution
from schema.ratings.types import SEE
from schema.ratings.words import PERIOD


@dataclass(frozen=True, slots=True)
class Handed:
    """A tally with the region's own contributions."""

    tally: Tally
    parts: list[Contribution]


def _parts(root: strawberry.Parent[Handed]) -> list[Part]:
    told = [(contribution_as_data(one), criterion_as_data(one.criterion)) for one in root.parts]
    return [Part(*pair) for pair in told]


def _json(root: strawberry.Parent[Handed]) -> str:
    data: Mapping[str, Any] = tally_as_data(root.tally)
    return orjson.dumps(data).decode()


def _cases(root: strawberry.Parent[Handed]) -> int:
    return sum(root.tally.quarters[root.tally.latest].values())


def _period(root: strawberry.Parent[Handed]) -> str:
    return written(root.tally.latest)


def _clause(root: strawberry.Parent[Handed]) -> law.Clause:
    return GROUND


@strawberry.type(description="Свод региона для центра компетенций: ни обращений, ни органов в нём")
class RegionTally:
    """Resolved from `Handed`."""

    name: str = field(NAME, lambda root: root.tally.name)
    period: str = field(PERIOD, _period)
    cases: int = field("По скольким обращениям, каждое раз", _cases)
    contributions: list[RatingContribution] = field(
        "По трём критериям, которые общие у всех регионов", _parts
    )
    json: str = field("Сам свод: из таких сводов регионы оценивает `tsur consolidate`", _json)
    clause: Clause = field(CLAUSE, _clause)


async def _tally(
    info: Info, period: Annotated[str, strawberry.argument(description=PERIOD)]
) -> Handed:
    quarter = quarter_of(period)
    async with info.context.reading() as work:
        found = await tally(work, quarter)
        method = work.rules.get(RatingMethod, METHOD, quarter.last_day)
    return Handed(found, own_parts(method, found))


@strawberry.type
class RegionQuery:
    """The region among others."""

    region_tally: RegionTally = field(
        "Свод региона за квартал для рейтинга регионов (подп. «ж» п. 8 Правил); тому, кому открыт "
        "весь регион",
        _tally,
        SEE,
    )
