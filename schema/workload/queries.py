"""How much whom has, over any period."""

from datetime import date
from typing import Annotated

import strawberry

from core.kernel.codes import Permission
from core.law.periods import Periodicity, period_of
from core.workload import model, service
from core.workload.queries import BY_NUMBER, proposals
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs
from schema.graphql.paging import After, Before, Connection, First, Last, Page, Window, load_page
from schema.workload.types import BLOCK, Loads, Representation, StaffingProposal

Day = Annotated[date, strawberry.argument(description="Любой день периода")]
Length = Annotated[Periodicity, strawberry.argument(description="Какой период")]


async def _loads(
    info: Info,
    day: Day,
    periodicity: Length,
    block: Annotated[str | None, strawberry.argument(description=BLOCK)] = None,
) -> service.Loads:
    async with info.context.reading() as work:
        return await service.loads(work, period_of(day, periodicity), block)


async def _representation(
    info: Info, day: Day, periodicity: Length
) -> list[service.Representation]:
    async with info.context.reading() as work:
        return await service.representation(work, period_of(day, periodicity))


async def _proposals(
    info: Info, first: First = None, after: After = None, last: Last = None, before: Before = None
) -> Page[model.StaffingProposal]:
    window = Window(first, after, last, before)
    return await load_page(info.context, proposals(), BY_NUMBER, window)


READ = needs(Permission.READ_WORKLOAD)


@strawberry.type
class WorkloadQuery:
    """How much whom has."""

    workload: Loads = field("Загрузка специалистов по блокам", _loads, READ)
    block_representation: list[Representation] = field(
        "Представительство блоков с учётом числа обращений; по всему центру, кто бы ни спросил: "
        "доля блока видна только рядом с другими, а дел и людей в этих числах нет",
        _representation,
        READ,
    )
    staffing_proposals: Connection[StaffingProposal] = field(
        "Предложения по кадровому усилению, сначала новые", _proposals, READ
    )
