"""What operators do: mark an incident resolved, run a job again."""

from typing import Annotated

import strawberry

from core.kernel import queue as model
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import Permission
from core.kernel.incidents import service as incidents
from core.kernel.incidents.model import Incident as IncidentRow
from core.worker import operator
from schema.graphql.context import Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field
from schema.graphql.guards import needs, ordered_by
from schema.graphql.ids import decode_id
from schema.operation.types import Incident, Job

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


@ordered_by(PRACTICE.cite("roles.administrator"))
async def _resolve(info: Info, given: Input[ResolveIncidentInput]) -> IncidentRow:
    async with info.context.work() as work:
        return await incidents.resolve_incident(work, given.key)


@ordered_by(PRACTICE.cite("roles.administrator"))
async def _retry(info: Info, given: Input[RetryJobInput]) -> model.QueuedJob:
    async with info.context.work() as work:
        return await operator.retry_job(work, decode_id(given.id, "QueuedJob"))


@strawberry.type
class OperationMutation:
    """For operators."""

    resolve_incident: IncidentResult = field(
        "Отметить инцидент устранённым", _resolve, needs(Permission.OPERATE)
    )
    retry_job: JobResult = field(
        "Выполнить отложенное задание ещё раз", _retry, needs(Permission.OPERATE)
    )
