"""What an operator must see: incidents of the system itself, and jobs that could not be run."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import strawberry

from core.kernel import queue as model
from core.kernel.codes import Permission
from core.kernel.incidents import service as incidents
from core.kernel.incidents.model import Incident as IncidentRow
from core.kernel.queue import JobState
from core.worker import operator
from schema.graphql.context import Info
from schema.graphql.documents.limits import USUAL_PAGE
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field
from schema.graphql.guards import needs
from schema.graphql.ids import decode_id, id_of
from schema.graphql.paging import First, Window


@strawberry.type(description="Поломка самой системы, например сломанный маршрут")
class Incident:
    """Resolved from rows."""

    key: str = field("Постоянный ключ")
    text: str = field("Что сломано")
    first_at: datetime = field("Когда замечено впервые")
    last_at: datetime = field("Когда замечено в последний раз")
    times: int = field("Сколько раз")
    resolved_at: datetime | None = field("Когда устранено")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of incidents are this type."""
        return isinstance(value, IncidentRow)


@strawberry.type(name="Job", description="Задание, которое система выполняет сама")
class Job:
    """Resolved from rows; its words of error carry no personal data."""

    id: strawberry.ID = field("Номер", id_of)
    name: str = field("Какое задание")
    state: JobState = field("Что с ним")
    attempts: int = field("Сколько попыток сделано")
    queued_at: datetime = field("Когда поставлено")
    run_at: datetime = field("Когда выполнять")
    finished_at: datetime | None = field("Когда закончено")
    error: str | None = field("Почему не удалось")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of jobs are this type."""
        return isinstance(value, model.QueuedJob)


IncidentResult = Annotated[
    Incident | Refusal, strawberry.union("IncidentResult", description="Инцидент или отказ")
]
JobResult = Annotated[Job | Refusal, strawberry.union("JobResult", description="Задание или отказ")]


@strawberry.input(description="Какой инцидент устранён")
class ResolveIncidentInput:
    """Its key."""

    key: str = field("Ключ инцидента")


@strawberry.input(description="Какое задание повторить")
class RetryJobInput:
    """Its id."""

    id: strawberry.ID = field("Номер задания")


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


async def _resolve(info: Info, given: Input[ResolveIncidentInput]) -> IncidentRow:
    async with info.context.work() as work:
        return await incidents.resolve_incident(work, given.key)


async def _retry(info: Info, given: Input[RetryJobInput]) -> model.QueuedJob:
    async with info.context.work() as work:
        return await operator.retry_job(work, decode_id(given.id, "QueuedJob"))


@strawberry.type
class OperationQuery:
    """For operators."""

    incidents: list[Incident] = field(
        "Неустранённые инциденты, сначала недавние", _incidents, needs(Permission.OPERATE)
    )
    jobs: list[Job] = field(
        "Задания, сначала старые; без условия отложенные", _jobs, needs(Permission.OPERATE)
    )


@strawberry.type
class OperationMutation:
    """For operators."""

    resolve_incident: IncidentResult = field(
        "Отметить инцидент устранённым", _resolve, needs(Permission.OPERATE)
    )
    retry_job: JobResult = field(
        "Выполнить отложенное задание ещё раз", _retry, needs(Permission.OPERATE)
    )
