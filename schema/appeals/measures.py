"""Entering measures and counting them for the analysis that 59-ФЗ asks for (art. 14)."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import strawberry

from core.appeals import model
from core.appeals.measures import service
from core.appeals.rules.measures import MeasureKind, NewMeasure
from core.kernel.codes import Permission
from schema.appeals.allowed import takes
from schema.appeals.steps import AppealResult, StepInput
from schema.graphql.context import Info
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs


@strawberry.input(description="Мера, принятая по результатам рассмотрения")
class MeasureInput(StepInput):
    """`NewMeasure` as clients write it."""

    kind: MeasureKind = field("Какая мера")
    done: str = field("Что сделано")
    taken_on: date = field("Когда принята")
    responsible: str | None = optional("Должность и фамилия привлечённого к ответственности")
    act_number: str | None = optional("Номер акта о привлечении")
    act_date: date | None = optional("Дата акта о привлечении")

    def content(self) -> NewMeasure:
        """The measure as core takes it."""
        return NewMeasure(
            self.kind,
            self.done,
            self.taken_on,
            self.responsible,
            self.act_number,
            self.act_date,
        )


@strawberry.type(description="Сколько мер одного вида принято за период")
class MeasureCount:
    """Resolved from `core.appeals.measures.service.MeasureCount`."""

    kind: MeasureKind = field("Какая мера")
    measures: int = field("Сколько раз принята")
    appeals: int = field("По скольким обращениям")


@takes(service.MEASURE)
async def _record(info: Info, given: Input[MeasureInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await service.record_measure(
            work, given.number, given.content(), expected_version=given.expected_version
        )


async def _counts(
    info: Info,
    since: Annotated[date, strawberry.argument(description="С какого дня")],
    until: Annotated[date, strawberry.argument(description="По какой день включительно")],
) -> Sequence[service.MeasureCount]:
    async with info.context.reading() as work:
        return await service.count_measures(work, since, until)


@strawberry.type
class MeasureQuery:
    """What the yearly analysis counts."""

    measure_counts: list[MeasureCount] = field(
        "Меры, принятые за период, по видам (59-ФЗ, ст. 14)",
        _counts,
        needs(Permission.READ_APPEALS),
    )


@strawberry.type
class MeasureMutation:
    """What is entered beside an appeal."""

    record_measure: AppealResult = field(
        "Записать меру, принятую по результатам рассмотрения (59-ФЗ, ст. 14)",
        _record,
        needs(Permission.ANSWER),
    )
