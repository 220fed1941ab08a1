"""What was planned in an answer: put off, done, awaited (R56); drafts returned (R59)."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import strawberry

from core.appeals import model, plans
from core.appeals.delivery import checks
from core.kernel.codes import Permission
from schema.appeals.allowed import takes
from schema.appeals.steps import AppealResult, EvidenceInput, ReasonedInput, StepInput
from schema.appeals.types import Appeal
from schema.graphql.context import Info
from schema.graphql.fields import Input, field
from schema.graphql.guards import needs


@strawberry.input(description="Перенос запланированного")
class PutOffInput(ReasonedInput):
    """The day and why."""

    day: date = field("Новый день исполнения, позже сегодняшнего и прежнего")


@strawberry.input(description="Исполнение запланированного")
class FulfilInput(StepInput):
    """What was done and what proves it."""

    done: str = field("Что сделано")
    evidence: list[EvidenceInput] = field("Подтверждения")


@strawberry.input(description="Возврат проекта ответа на исправление")
class ReturnDraftInput(StepInput):
    """For which reason of the list."""

    fault: str = field("Ключ причины из перечня")
    remark: str = field("Что исправить")


@takes(plans.PUT_OFF)
async def _put_off(info: Info, given: Input[PutOffInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await plans.put_off(
            work, given.number, given.day, given.reason, expected_version=given.expected_version
        )


@takes(plans.FULFIL)
async def _fulfil(info: Info, given: Input[FulfilInput]) -> model.Appeal:
    evidence = [one.content() for one in given.evidence]
    async with info.context.work() as work:
        return await plans.fulfil(
            work, given.number, given.done, evidence, expected_version=given.expected_version
        )


@takes(checks.RETURN)
async def _return_draft(info: Info, given: Input[ReturnDraftInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await checks.return_draft(
            work, given.number, given.fault, given.remark, expected_version=given.expected_version
        )


async def _awaited(
    info: Info,
    overdue: Annotated[
        bool, strawberry.argument(description="Только те, чей день исполнения прошёл")
    ] = False,
) -> Sequence[model.Appeal]:
    async with info.context.reading() as work:
        return await plans.awaited_plans(work, overdue=overdue)


@strawberry.type
class PlanQuery:
    """What is still to be done."""

    awaited_plans: list[Appeal] = field(
        "Обращения с неисполненным запланированным, сначала ближайший день; не больше двухсот",
        _awaited,
        needs(Permission.READ_APPEALS),
    )


@strawberry.type
class PlanMutation:
    """Use cases of `core.appeals.plans` and `core.appeals.delivery.checks`."""

    put_off_plan: AppealResult = field(
        "Назначить другой день исполнения запланированного, с уведомлением заявителя",
        _put_off,
        needs(Permission.ANSWER),
    )
    fulfil_plan: AppealResult = field(
        "Записать исполнение запланированного с подтверждением", _fulfil, needs(Permission.ANSWER)
    )
    return_draft: AppealResult = field(
        "Вернуть проект ответа на исправление до отправки; законный срок не меняется",
        _return_draft,
        needs(Permission.CHECK_ANSWERS),
    )
