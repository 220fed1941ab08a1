"""Where an appeal may go: registered by the receiver, copied, given back to the applicant."""

from __future__ import annotations

from datetime import date

import strawberry

from core.appeals import model, registration
from core.kernel.codes import Permission
from schema.appeals.steps import AppealResult, StepInput
from schema.graphql.context import Info
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs


@strawberry.input(description="Под каким номером орган регистрирует переадресованное ему")
class RegisterInput(StepInput):
    """The receiver's own number and day."""

    own_number: str = field("Номер, под которым обращение зарегистрировал орган")
    on: date | None = optional("Когда зарегистрировано; без него сегодня")


async def _register(info: Info, given: Input[RegisterInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await registration.register_forwarded(
            work,
            given.number,
            given.own_number,
            given.on,
            expected_version=given.expected_version,
        )


@strawberry.type
class ForwardingMutation:
    """Each is one use case of `core.appeals`."""

    register_forwarded: AppealResult = field(
        "Зарегистрировать переадресованное под своим номером: от этого дня идут 30 дней органа",
        _register,
        needs(Permission.ACCEPT),
    )
