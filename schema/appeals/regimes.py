"""Found out later: who wrote, that a message is an appeal, that it tells of an offence."""

import strawberry

from core.appeals import identity, model, offences, regime_change
from core.appeals.rules.intake import Identification
from core.kernel.codes import Permission
from schema.appeals.allowed import takes
from schema.appeals.steps import AppealResult, HandoverInput, ReasonedInput
from schema.graphql.context import Info
from schema.graphql.fields import Input, field
from schema.graphql.guards import needs


@strawberry.input(description="Как установлена личность заявителя")
class IdentifyInput(ReasonedInput):
    """A proof of identity."""

    how: Identification = field("Способ")


@strawberry.input(description="Каким способом заявитель подал обращение")
class ChangeRegimeInput(ReasonedInput):
    """The way of art. 4 by which the author of a message has filed it."""

    channel: str = field("Ключ канала, которым подано обращение")
    identified_by: Identification = field("Как при этом установлена личность")


@takes(identity.IDENTIFY)
async def _identify(info: Info, given: Input[IdentifyInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await identity.identify(
            work, given.number, given.how, given.reason, expected_version=given.expected_version
        )


@takes(regime_change.CHANGE)
async def _change(info: Info, given: Input[ChangeRegimeInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await regime_change.change_regime(
            work,
            given.number,
            given.channel,
            given.identified_by,
            given.reason,
            expected_version=given.expected_version,
        )


@takes(offences.TELL)
async def _tell(info: Info, given: Input[ReasonedInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await offences.tell_offence(
            work, given.number, given.reason, expected_version=given.expected_version
        )


@takes(offences.SEND)
async def _send(info: Info, given: Input[HandoverInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await offences.send_offence(
            work, given.number, given.body, given.reason, expected_version=given.expected_version
        )


@strawberry.type
class RegimeMutation:
    """Each is one use case of `core.appeals`."""

    identify_applicant: AppealResult = field(
        "Записать, как установлена личность заявителя (59-ФЗ, ст. 7 ч. 3)",
        _identify,
        needs(Permission.IDENTIFY),
    )
    change_regime: AppealResult = field(
        "Признать сообщение обращением: оно регистрируется, прежние сроки продолжаются"
        " (59-ФЗ, ст. 4 п. 1)",
        _change,
        needs(Permission.CHANGE_REGIME),
    )
    tell_offence: AppealResult = field(
        "Записать, что сообщается о правонарушении (59-ФЗ, ст. 11 ч. 1), при тематике «Миграция»"
        " — о нарушениях миграционного законодательства (ст. 8 ч. 3.1); снова — после того,"
        " что заявитель добавил",
        _tell,
        needs(Permission.ROUTE),
    )
    send_offence: AppealResult = field(
        "Направить сведения о правонарушении в государственный орган по его компетенции, каждому"
        " один раз (59-ФЗ, ст. 11 ч. 1)",
        _send,
        needs(Permission.ROUTE),
    )
