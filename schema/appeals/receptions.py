"""Entering what was told at a personal reception (59-ФЗ, art. 13)."""

import strawberry

from core.appeals.intake import service
from core.appeals.reception.service import receive
from core.appeals.rules.grounds import EarlierAnswer
from core.appeals.rules.receptions import Card, IdentityDocument
from core.kernel.acts.federal import FZ59
from core.kernel.codes import Permission
from schema.appeals.intake import TakeInInput, TakeInResult
from schema.appeals.leaving import EarlierAnswerInput
from schema.graphql.context import Info
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs, ordered_by
from schema.graphql.ids import decode_id


@strawberry.input(description="Карточка личного приёма")
class CardInput:
    """`Card` as clients write it."""

    official: strawberry.ID = field("Номер должностного лица, которое вело приём")
    document: IdentityDocument | None = optional("Какой документ предъявлен")
    obvious: bool = optional("Очевидны ли факты, без дополнительной проверки", False)
    consent: bool = optional("Согласен ли гражданин на устный ответ", False)
    oral_answer: str | None = optional("Устный ответ, если дан")
    written: bool = optional("Подано ли письменное обращение (ст. 13 ч. 4)", False)
    explained: str | None = optional(
        "Куда и в каком порядке обратиться, если вопросы не входят в компетенцию (ст. 13 ч. 5)"
    )
    earlier: EarlierAnswerInput | None = optional(
        "Прежний ответ по существу, если в рассмотрении отказано (ст. 13 ч. 6)"
    )

    def content(self) -> Card:
        """The card as core takes it."""
        official = decode_id(self.official, "Person")
        told = self.earlier
        earlier = EarlierAnswer(told.number, told.on) if told else None
        return Card(
            official,
            self.document,
            self.obvious,
            self.consent,
            self.oral_answer,
            self.written,
            self.explained,
            earlier,
        )


@strawberry.input(description="Обращение с личного приёма")
class ReceiveInput:
    """The appeal and its card."""

    appeal: TakeInInput = field("Что гражданин изложил")
    card: CardInput = field("Карточка")


@ordered_by(FZ59.cite("13"))
async def _receive(info: Info, given: Input[ReceiveInput]) -> service.TakenIn:
    told = given.appeal.complained_official
    complained = decode_id(told, "Person") if told else None
    async with info.context.work() as work:
        appeal, card = given.appeal.content(), given.card.content()
        return await receive(work, appeal, card, complained=complained)


@strawberry.type
class ReceptionMutation:
    """What is entered at a reception."""

    receive: TakeInResult = field(
        "Принять обращение с личного приёма; устный ответ с согласия гражданина его завершает",
        _receive,
        needs(Permission.TAKE_IN),
    )
