"""An answer on its way: signed, handed over with proof, delivered, come back, sent again."""

from datetime import date
from typing import Annotated, Any

import strawberry

from core.appeals import model
from core.appeals.delivery import dispatches, outcomes, signatures
from core.appeals.delivery import model as delivery
from core.appeals.delivery.signatures import NewSignature
from core.appeals.rules.signatures import SignatureKind
from core.kernel.codes import Permission
from schema.appeals.allowed import takes
from schema.appeals.steps import BODY, AppealResult, DispatchInput, ReasonedInput, StepInput
from schema.directory.loaders import BODIES, PERSONS
from schema.directory.types import Body, Person
from schema.graphql.context import Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs, ordered_by
from schema.graphql.ids import decode_id
from schema.graphql.resolvers import related


@strawberry.type(description="Право подписывать ответы органа, данное его руководителем")
class SigningPower:
    """Resolved from rows."""

    body: Body | None = field("Чьи ответы", related(BODIES, delivery.SigningPower.body_id))
    person: Person | None = field("Кто", related(PERSONS, delivery.SigningPower.person_id))
    ground: str = field("Каким актом дано")
    granted_by: str = field("Кто дал: имя в системе входа")
    since: date = field("С какого дня")
    until: date | None = field("Первый день, когда права уже нет")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of powers are this type."""
        return isinstance(value, delivery.SigningPower)


SigningPowerResult = Annotated[
    SigningPower | Refusal,
    strawberry.union("SigningPowerResult", description="Право подписи или отказ"),
]


@strawberry.input(description="Подпись под проектом ответа")
class SignInput(StepInput):
    """With what the draft is signed."""

    signature: SignatureKind = field("Вид подписи")


@strawberry.input(description="Отправка подписанного ответа")
class SendInput(StepInput):
    """How it goes."""

    dispatch: DispatchInput = field("Как передан для доставки")


@strawberry.input(description="Вручение ответа")
class DeliveredInput(StepInput):
    """What proves it."""

    proof: str = field("Чем подтверждено: расписка, уведомление о вручении")


@strawberry.input(description="Право подписывать ответы органа")
class EmpowerInput:
    """Who may sign, by which act, on which days."""

    body: str = field(BODY)
    person: strawberry.ID = field("Кому: номер сотрудника")
    ground: str = field("Каким актом: вид, номер, дата")
    since: date = field("С какого дня, не раньше сегодняшнего")
    until: date | None = optional("Первый день, когда права уже нет")


@takes(signatures.SIGN)
async def _sign(info: Info, given: Input[SignInput]) -> model.Appeal:
    async with info.context.work() as work:
        new, version = NewSignature(given.signature), given.expected_version
        return await signatures.sign(work, given.number, new, expected_version=version)


@takes(dispatches.SEND)
async def _send(info: Info, given: Input[SendInput]) -> model.Appeal:
    async with info.context.work() as work:
        new, version = given.dispatch.content(), given.expected_version
        return await dispatches.send(work, given.number, new, expected_version=version)


@takes(outcomes.DELIVER)
async def _deliver(info: Info, given: Input[DeliveredInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await outcomes.deliver(
            work, given.number, given.proof, expected_version=given.expected_version
        )


@takes(outcomes.UNDELIVER)
async def _undeliver(info: Info, given: Input[ReasonedInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await outcomes.undeliver(
            work, given.number, given.reason, expected_version=given.expected_version
        )


@takes(outcomes.RESEND)
async def _resend(info: Info, given: Input[SendInput]) -> model.Appeal:
    async with info.context.work() as work:
        new, version = given.dispatch.content(), given.expected_version
        return await outcomes.resend(work, given.number, new, expected_version=version)


@takes(outcomes.UNSEND)
async def _unsend(info: Info, given: Input[ReasonedInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await outcomes.unsend(
            work, given.number, given.reason, expected_version=given.expected_version
        )


@ordered_by(signatures.SIGNED_BY)
async def _empower(info: Info, given: Input[EmpowerInput]) -> delivery.SigningPower:
    person = decode_id(given.person, "Person")
    async with info.context.work() as work:
        return await signatures.empower(
            work, given.body, person, given.ground, given.since, given.until
        )


@strawberry.type
class DeliveryMutation:
    """Each is one use case of `core.appeals.delivery`."""

    sign_answer: AppealResult = field(
        "Подписать проект ответа: руководитель или уполномоченный им (59-ФЗ, ст. 10 ч. 3)",
        _sign,
        needs(Permission.ANSWER),
    )
    send_answer: AppealResult = field(
        "Передать подписанный ответ для доставки: этим останавливается срок; поздний"
        " принимается и отмечается как поздний",
        _send,
        needs(Permission.ANSWER),
    )
    confirm_delivery: AppealResult = field(
        "Отметить, что ответ вручён", _deliver, needs(Permission.ANSWER)
    )
    report_undelivered: AppealResult = field(
        "Отметить, что ответ вернулся: он отправлен, но его нужно направить повторно",
        _undeliver,
        needs(Permission.ANSWER),
    )
    resend_answer: AppealResult = field(
        "Направить вернувшийся ответ повторно; срок не меняется", _resend, needs(Permission.ANSWER)
    )
    annul_dispatch: AppealResult = field(
        "Признать отправку ошибкой отправителя: ответ не отправлен, прежний срок идёт дальше",
        _unsend,
        needs(Permission.ANSWER),
    )
    empower_signer: SigningPowerResult = field(
        "Дать сотруднику право подписывать ответы органа",
        _empower,
        needs(Permission.SIGN_ANSWERS),
    )
