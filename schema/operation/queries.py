"""What operators look at: open incidents, jobs by their state."""

from typing import Annotated

import strawberry

from core.kernel import queue as model
from core.kernel.codes import Permission
from core.kernel.incidents import service as incidents
from core.kernel.incidents.model import Incident as IncidentRow
from core.kernel.queue import JobState
from core.worker import operator
from core.worker.lag import Lag as LagRow
from core.worker.lag import shown_lags
from core.worker.upkeep import Upkeep as UpkeepState
from core.worker.upkeep import upkeep
from schema.graphql.context import Info
from schema.graphql.documents.limits import USUAL_PAGE
from schema.graphql.fields import field
from schema.graphql.guards import needs
from schema.graphql.paging import First, Window
from schema.operation.types import Incident, Job, JobLag
from schema.operation.upkeep import Upkeep


async def _incidents(info: Info) -> list[IncidentRow]:
    async with info.context.reading() as work:
        return await incidents.open_incidents(work)


async def _jobs(
    info: Info,
    state: Annotated[JobState, strawberry.argument(description="В каком состоянии")] = (
        JobState.PARKED
    ),
    first: First = USUAL_PAGE,
) -> list[model.QueuedJob]:
    size = Window(first=first).size(info.context.region.settings.max_page)
    async with info.context.reading() as work:
        return await operator.jobs_in_state(work, state, size)


async def _lags(info: Info) -> list[LagRow]:
    async with info.context.reading() as work:
        return await shown_lags(work, info.context.region)


async def _upkeep(info: Info) -> UpkeepState:
    async with info.context.reading() as work:
        return await upkeep(work, info.context.region)


@strawberry.type
class OperationQuery:
    """For operators."""

    incidents: list[Incident] = field(
        "Неустранённые инциденты, сначала недавние", _incidents, needs(Permission.OPERATE)
    )
    jobs: list[Job] = field(
        "Задания, сначала старые; без условия отложенные", _jobs, needs(Permission.OPERATE)
    )
    job_lags: list[JobLag] = field(
        "Какие задания ждут сверх срока, по видам; пусто, если все выполняются вовремя",
        _lags,
        needs(Permission.OPERATE),
    )
    upkeep: Upkeep = field(
        "Как держится установка: очередь, печать журнала, диски, последняя копия",
        _upkeep,
        needs(Permission.OPERATE),
    )
