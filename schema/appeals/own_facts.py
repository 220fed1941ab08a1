"""What a region's act calls a fact of a case, recorded with the case."""

import strawberry

from core.appeals import model, own_facts
from core.kernel.codes import Permission
from schema.appeals.allowed import takes
from schema.appeals.steps import AppealResult, StepInput
from schema.graphql.context import Info
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs


@strawberry.input(description="Событие, которое ввёл акт региона")
class OwnFactInput(StepInput):
    """Which fact of those that the region's acts know."""

    fact: str = field("Ключ события из свода правил региона")
    reason: str | None = optional("Пояснение; остаётся в хронологии")


@takes(own_facts.RECORD)
async def _record_fact(info: Info, given: Input[OwnFactInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await own_facts.record_fact(
            work,
            given.number,
            given.fact,
            reason=given.reason,
            expected_version=given.expected_version,
        )


@strawberry.type
class OwnFactMutation:
    """Use cases of `core.appeals.own_facts`."""

    record_fact: AppealResult = field(
        "Записать событие, которое ввёл акт региона: с ним начинаются и кончаются сроки и стадии; "
        "право называет норма события",
        _record_fact,
        needs(Permission.READ_APPEALS),
    )
