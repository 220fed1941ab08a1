"""Requests of materials: looking for them, asking, answering, refusing."""

from datetime import datetime
from typing import Annotated

import strawberry
from sqlalchemy import not_, or_, select

from core.db.keyset import Order
from core.kernel.acts.federal import FZ59
from core.kernel.codes import Permission
from core.requests import model
from core.requests.answering import (
    answer_request,
    put_to,
    refuse_request,
    visible,
    withdraw_request,
)
from core.requests.asking import NewRequest, request_for_appeal, request_materials, usable
from core.requests.model import RequestState
from core.requests.rules import RequestRight as Right
from core.requests.rules import Side
from schema.graphql.context import Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs, ordered_by
from schema.graphql.ids import decode_id
from schema.graphql.paging import After, Before, Connection, First, Last, Page, Window, load_page
from schema.indicators.queries import DocumentInput
from schema.requests.ordered import of_request, of_sides
from schema.requests.types import MaterialRequest, RequestRight, rights

NUMBER, REASON = "Номер запроса", "Причина"
RequestResult = Annotated[
    MaterialRequest | Refusal,
    strawberry.union("MaterialRequestResult", description="Запрос или отказ с нормой"),
]
BY_NUMBER = Order((model.MaterialRequest.id,), descending=True)


async def _requests(
    info: Info,
    state: Annotated[RequestState | None, strawberry.argument(description="Где запрос")] = None,
    mine: Annotated[
        bool | None,
        strawberry.argument(description="Отвечает ли на него ваша сторона; без условия любые"),
    ] = None,
    changed_after: Annotated[
        datetime | None, strawberry.argument(description="Подан или исполнен позже этого момента")
    ] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Page[model.MaterialRequest]:
    query = select(model.MaterialRequest).where(visible(info.context.actor))
    if state is not None:
        query = query.where(model.MaterialRequest.state == state)
    if mine is not None:
        own = put_to(info.context.actor)
        query = query.where(own if mine else not_(own))
    if changed_after is not None:
        asked, replied = model.MaterialRequest.asked_at, model.MaterialRequest.replied_at
        query = query.where(or_(asked > changed_after, replied > changed_after))
    window = Window(first, after, last, before)
    return await load_page(info.context, query, BY_NUMBER, window)


async def _to_use(info: Info) -> list[Right]:
    async with info.context.reading() as work:
        return await usable(work)


@strawberry.input(description="Новый запрос материалов")
class RequestMaterialsInput:
    """`NewRequest` as clients write it."""

    asker: Side = field("Кто запрашивает")
    addressee: Side = field("У кого")
    text: str = field("Что нужно")
    body: str | None = optional("Ключ органа, если запрошено у органа")
    days: int | None = optional("Срок в календарных днях; без него срока нет")
    letter: DocumentInput | None = optional("Письмо, если запросили не мы")

    def new(self) -> NewRequest:
        """The request as core takes it."""
        letter = self.letter.ground() if self.letter else None
        return NewRequest(self.asker, self.addressee, self.text, self.body, self.days, letter)


@strawberry.input(description="Запрос материалов из-за обращения гражданина: 15 дней")
class RequestForAppealInput:
    """A request because of a case."""

    appeal: strawberry.ID = field("Номер обращения")
    body: str = field("Ключ органа")
    text: str = field("Что нужно")


@strawberry.input(description="Ответ на запрос материалов")
class AnswerRequestInput:
    """An answer."""

    request: strawberry.ID = field(NUMBER)
    reply: str = field("Ответ")


@strawberry.input(description="Отказ в материалах")
class RefuseRequestInput:
    """A refusal."""

    request: strawberry.ID = field(NUMBER)
    reason: str = field(REASON)
    norm: str = field("Норма, которая не даёт представить материалы")


@strawberry.input(description="Отзыв запроса")
class WithdrawRequestInput:
    """A withdrawal."""

    request: strawberry.ID = field(NUMBER)
    reason: str = field(REASON)


def _number(value: str) -> int:
    return decode_id(value, "MaterialRequest")


@ordered_by(of_sides)
async def _ask(info: Info, given: Input[RequestMaterialsInput]) -> model.MaterialRequest:
    async with info.context.work() as work:
        return await request_materials(work, given.new())


@ordered_by(FZ59.cite("10.2"))
async def _ask_for(info: Info, given: Input[RequestForAppealInput]) -> model.MaterialRequest:
    number = decode_id(given.appeal, "Appeal")
    async with info.context.work() as work:
        return await request_for_appeal(work, number, given.body, given.text)


@ordered_by(of_request)
async def _answer(info: Info, given: Input[AnswerRequestInput]) -> model.MaterialRequest:
    async with info.context.work() as work:
        return await answer_request(work, _number(given.request), given.reply)


@ordered_by(of_request)
async def _refuse(info: Info, given: Input[RefuseRequestInput]) -> model.MaterialRequest:
    async with info.context.work() as work:
        return await refuse_request(work, _number(given.request), given.reason, given.norm)


@ordered_by(of_request)
async def _withdraw(info: Info, given: Input[WithdrawRequestInput]) -> model.MaterialRequest:
    async with info.context.work() as work:
        return await withdraw_request(work, _number(given.request), given.reason)


SEE, READ = needs(Permission.READ_APPEALS), needs(Permission.READ_DOCUMENTS)
MANAGE, TRANSFER = needs(Permission.MANAGE_DOCUMENTS), needs(Permission.TRANSFER)


@strawberry.type
class RequestQuery:
    """Requests and the rights to make them."""

    material_requests: Connection[MaterialRequest] = field(
        "Запросы материалов: все, а органу — его", _requests, SEE
    )
    request_rights: list[RequestRight] = field("Кто у кого может запросить", rights, READ)
    request_rights_to_use: list[RequestRight] = field(
        "Права, по которым Вы можете внести запрос сегодня", _to_use, READ
    )


@strawberry.type
class RequestMutation:
    """Who may take which, the act says."""

    request_materials: RequestResult = field("Запросить материалы по праву акта", _ask, READ)
    request_materials_for_appeal: RequestResult = field(
        "Запросить материалы из-за обращения (59-ФЗ, ст. 10 ч. 2)", _ask_for, TRANSFER
    )
    answer_material_request: RequestResult = field("Представить материалы", _answer, SEE)
    refuse_material_request: RequestResult = field("Отказать с нормой", _refuse, SEE)
    withdraw_material_request: RequestResult = field("Отозвать запрос", _withdraw, MANAGE)
