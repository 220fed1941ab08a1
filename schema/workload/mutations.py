"""What follows from the load: proposals to the curator."""

from datetime import date
from typing import Annotated

import strawberry

from core.kernel.codes import Permission
from core.law.act import Clause
from core.law.periods import Period, Periodicity, period_of
from core.workload import model, service
from schema.graphql.context import Context, Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs, ordered_by
from schema.workload.types import StaffingProposal

StaffingResult = Annotated[
    StaffingProposal | Refusal,
    strawberry.union("StaffingResult", description="Предложение или отказ"),
]


@strawberry.input(description="Предложение по кадровому усилению")
class StaffingInput:
    """What is proposed, and over which period it is reckoned."""

    day: date = field("Любой день периода")
    periodicity: Periodicity = field("Какой период")
    text: str = field("Предложение и почему")
    positions: int = field("Сколько должностей")
    block: str | None = optional("Ключ блока; без него о центре в целом")

    @property
    def period(self) -> Period:
        """The period of the day."""
        return period_of(self.day, self.periodicity)


def _ordering(context: Context, _given: StaffingInput) -> Clause | None:
    return context.rules.ordering("workload.propose_staffing", context.today)


@ordered_by(_ordering)
async def _propose(info: Info, given: Input[StaffingInput]) -> model.StaffingProposal:
    async with info.context.work() as work:
        return await service.propose_staffing(
            work, given.period, given.text, given.positions, given.block
        )


@strawberry.type
class WorkloadMutation:
    """What follows from the load."""

    propose_staffing: StaffingResult = field(
        "Подготовить предложение куратору, если это поручает акт региона",
        _propose,
        needs(Permission.PROPOSE_STAFFING),
    )
