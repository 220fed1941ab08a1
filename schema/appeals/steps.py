"""Steps of an appeal: what officials do with it. Adding one is an input, three lines, a field."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from core.appeals import answers, handover, model, prolongation
from core.appeals.delivery.dispatches import NewDispatch
from core.appeals.delivery.signatures import NewSignature
from core.appeals.evidence import Evidence
from core.appeals.rules.answers import AnswerKind
from core.appeals.rules.lifecycle import Outcome
from core.appeals.rules.signatures import SignatureKind, Way
from core.kernel.codes import Permission
from schema.appeals.allowed import takes
from schema.appeals.types import Appeal
from schema.graphql.context import Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs
from schema.graphql.ids import decode_id

AppealResult = Annotated[
    Appeal | Refusal,
    strawberry.union("AppealResult", description="Обращение после шага или отказ без изменений"),
]
BODY = "Ключ органа"


@strawberry.input(description="С каким обращением")
class StepInput:
    """Which appeal, as the official last saw it."""

    id: strawberry.ID = field("Номер обращения")
    expected_version: int | None = optional(
        "Поле version, каким вы его видели; если обращение с тех пор изменили, будет отказ STALE"
    )

    @property
    def number(self) -> int:
        """The appeal's number."""
        return decode_id(self.id, "Appeal")


@strawberry.input(description="С каким обращением и почему")
class ReasonedInput(StepInput):
    """A step that must give its reason."""

    reason: str = field("Причина; остаётся в хронологии")


@strawberry.input(description="Кому отдать обращение и почему")
class HandoverInput(ReasonedInput):
    """A step to another body."""

    body: str = field(BODY)
    results: bool = optional(
        "Запросить ли у него результаты рассмотрения (59-ФЗ, ст. 8 ч. 5)", False
    )


@strawberry.input(description="Продление срока ответа")
class ProlongInput(ReasonedInput):
    """A new last day."""

    plan_date: date = field("Новый последний день")
    notice: str | None = optional("Что добавить к уведомлению заявителя")
    inquiry: int | None = optional(
        "Номер запроса в хронологии, если срок продлевается из-за него; без него случай "
        "исключительный, и причина его называет"
    )


@strawberry.input(description="Подтверждение того, что проблема решена")
class EvidenceInput:
    """What proves it."""

    kind: str = field("Вид: document или photo")
    attachment: strawberry.ID | None = optional("Вложение этого обращения; без него отказ")
    reference: str | None = optional("Где хранится подлинник, словами")

    def content(self) -> Evidence:
        """The proof as core takes it."""
        number = None if self.attachment is None else decode_id(self.attachment, "Attachment")
        return Evidence(self.kind, number, self.reference or "")


@strawberry.input(description="Передача подписанного ответа для доставки")
class DispatchInput:
    """How it goes and what proves it."""

    way: Way = field("Способ")
    number: str | None = optional(
        "Номер реестра, отправления, расписки или сообщения; без него электронный ответ"
        " отправит канал обращения"
    )
    at: datetime | None = optional("Момент по реестру, сегодня и не раньше подписания")
    address: str | None = optional("Другой адрес, если заявитель его сообщил")
    address_ground: str | None = optional("Когда и как заявитель сообщил другой адрес")

    def content(self) -> NewDispatch:
        """The dispatch as core takes it."""
        return NewDispatch(self.way, self.number, self.at, self.address, self.address_ground)


@strawberry.input(description="Ответ заявителю")
class AnswerInput(StepInput):
    """The answer and its proof."""

    text: str = field("Текст ответа")
    outcome: Outcome | None = optional("Результат; у промежуточного ответа его нет")
    kind: AnswerKind = optional(
        "Окончательный или промежуточный: промежуточный срока не прекращает", AnswerKind.FINAL
    )
    norm: str | None = optional("Норма, если отказано")
    plan_date: date | None = optional("К какому дню решение запланировано")
    evidence: list[EvidenceInput] | None = optional("Подтверждения, если решено")
    attachments: list[strawberry.ID] | None = optional(
        "Вложения обращения, которые уходят с ответом; изображения уходят копией без сведений о"
        " съёмке"
    )
    signature: SignatureKind | None = optional("Подписать сразу, этой подписью")
    dispatch: DispatchInput | None = optional("И сразу передать для доставки")

    def content(self) -> answers.NewAnswer:
        """The answer as core takes it."""
        evidence = [one.content() for one in self.evidence or ()]
        signature = NewSignature(self.signature) if self.signature else None
        dispatch = self.dispatch.content() if self.dispatch else None
        return answers.NewAnswer(
            self.text,
            self.outcome,
            self.norm,
            self.plan_date,
            evidence,
            signature,
            dispatch,
            self.kind,
            [decode_id(one, "Attachment") for one in self.attachments or ()],
        )


@takes(handover.ROUTE)
async def _route(info: Info, given: Input[HandoverInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await handover.route(
            work,
            given.number,
            given.body,
            given.reason,
            results=given.results,
            expected_version=given.expected_version,
        )


@takes(handover.ACCEPT)
async def _accept(info: Info, given: Input[StepInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await handover.accept(work, given.number, expected_version=given.expected_version)


@takes(handover.RETURN)
async def _return(info: Info, given: Input[ReasonedInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await handover.return_case(
            work, given.number, given.reason, expected_version=given.expected_version
        )


@takes(handover.TRANSFER)
async def _transfer(info: Info, given: Input[HandoverInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await handover.transfer(
            work,
            given.number,
            given.body,
            given.reason,
            results=given.results,
            expected_version=given.expected_version,
        )


@takes(prolongation.PROLONG)
async def _prolong(info: Info, given: Input[ProlongInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await prolongation.prolong(
            work,
            given.number,
            given.plan_date,
            given.reason,
            given.notice or "",
            inquiry=given.inquiry,
            expected_version=given.expected_version,
        )


@takes(answers.DRAFT)
async def _answer(info: Info, given: Input[AnswerInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await answers.answer(
            work, given.number, given.content(), expected_version=given.expected_version
        )


@takes(answers.CLOSE)
async def _close(info: Info, given: Input[StepInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await answers.close(work, given.number, expected_version=given.expected_version)


@strawberry.type
class StepMutation:
    """Each is one use case of `core.appeals`."""

    route_appeal: AppealResult = field(
        "Направить органу из очереди координатора", _route, needs(Permission.ROUTE)
    )
    accept_appeal: AppealResult = field("Принять в работу", _accept, needs(Permission.ACCEPT))
    return_appeal: AppealResult = field(
        "Вернуть тому, кто передал, или координатору", _return, needs(Permission.ACCEPT)
    )
    transfer_appeal: AppealResult = field(
        "Передать другому органу с уведомлением заявителя; его 30 дней идут от его регистрации",
        _transfer,
        needs(Permission.TRANSFER),
    )
    prolong_appeal: AppealResult = field(
        "Продлить срок ответа с уведомлением заявителя (ч. 2 ст. 12 59-ФЗ)",
        _prolong,
        needs(Permission.PROLONG),
    )
    answer_appeal: AppealResult = field(
        "Подготовить ответ: проект не останавливает срок; с подписью и передачей — сразу отправить",
        _answer,
        needs(Permission.ANSWER),
    )
    close_appeal: AppealResult = field(
        "Закрыть отвеченное; заявитель получит опрос", _close, needs(Permission.ANSWER)
    )
