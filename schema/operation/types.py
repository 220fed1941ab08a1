"""Incidents of the system itself and its jobs, as the API shows them."""

from datetime import datetime
from typing import Any

import strawberry

from core.kernel import queue as model
from core.kernel.incidents.model import Incident as IncidentRow
from core.kernel.queue import JobState
from core.worker.lag import title_of
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.ids import id_of


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


def _title(root: model.QueuedJob, info: Info) -> str:
    return title_of(info.context.region, root.name)


@strawberry.type(name="Job", description="Задание, которое система выполняет сама")
class Job:
    """Resolved from rows; its words of error carry no personal data."""

    id: strawberry.ID = field("Номер", id_of)
    name: str = field("Какое задание")
    title: str = field("Как его называют", _title)
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


@strawberry.type(description="Отставание очереди: задания одного вида, чей срок настал")
class JobLag:
    """Resolved from `core.worker.lag.Lag`."""

    name: str = field("Какое задание")
    waiting: int = field("Сколько таких ждёт")
    seconds: float = field("Сколько секунд ждёт первое из них")
