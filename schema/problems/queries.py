"""The heat map of a period."""

from typing import Annotated

import strawberry

from core.appeals.queries import View
from core.kernel.codes import Permission
from core.problems.heat import HeatMap, heat_map
from core.problems.period import period_as
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs
from schema.graphql.resolvers import reckoned
from schema.problems.types import Heat

WRITTEN = "2026-W14, 2026-03, 2026-Q1, 2026 или 2026-03-02/2026-03-08"


@reckoned
async def _heat(
    info: Info,
    period: Annotated[str, strawberry.argument(description=f"Период: {WRITTEN}")],
    view: Annotated[
        View | None, strawberry.argument(description="Чьи показатели; null — все обращения")
    ] = None,
) -> HeatMap:
    async with info.context.reading() as work:
        return await heat_map(work, period_as(period), view)


@strawberry.type
class HeatQuery:
    """Where there are how many appeals."""

    heat_map: Heat = field(
        "Тепловая карта: сколько обращений и где неожиданно много, по тематикам и"
        " муниципальным образованиям",
        _heat,
        needs(Permission.READ_APPEALS),
    )
