"""The heat map of a period."""

from typing import Annotated

import strawberry

from core.appeals.queries import View
from core.kernel.codes import Permission
from core.problems.heat import HeatMap, heat_map
from core.problems.hexagons import USUAL, HexMap, hexagon_map
from core.problems.period import period_as
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs
from schema.graphql.resolvers import reckoned
from schema.problems.types import Heat, HexagonHeat

WRITTEN = "2026-W14, 2026-03, 2026-Q1, 2026 или 2026-03-02/2026-03-08"

When = Annotated[str, strawberry.argument(description=f"Период: {WRITTEN}")]
Whose = Annotated[
    View | None, strawberry.argument(description="Чьи показатели; null — все обращения")
]


@reckoned
async def _heat(info: Info, period: When, view: Whose = None) -> HeatMap:
    async with info.context.reading() as work:
        return await heat_map(work, period_as(period), view)


@reckoned
async def _hexagons(
    info: Info,
    period: When,
    theme: Annotated[
        str | None, strawberry.argument(description="Ключ тематики; null — все")
    ] = None,
    view: Whose = None,
    resolution: Annotated[
        int, strawberry.argument(description="Размер шестиугольника: от 4 (крупный) до 8")
    ] = USUAL,
) -> HexMap:
    async with info.context.reading() as work:
        return await hexagon_map(work, period_as(period), theme, view, resolution)


@strawberry.type
class HeatQuery:
    """Where there are how many appeals."""

    heat_map: Heat = field(
        "Тепловая карта: сколько обращений и где неожиданно много, по тематикам и"
        " муниципальным образованиям",
        _heat,
        needs(Permission.READ_APPEALS),
    )
    heat_hexagons: HexagonHeat = field(
        "Тепловая карта по шестиугольникам, где известны координаты",
        _hexagons,
        needs(Permission.READ_APPEALS),
    )
