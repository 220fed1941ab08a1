"""Saying what a letter is."""

from typing import Annotated

import strawberry

from core.appeals.intake.service import TakenIn
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import Permission
from core.mailbox import decisions, model
from schema.appeals.intake import TakeInResult
from schema.graphql.context import Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs, ordered_by
from schema.graphql.ids import decode_id
from schema.mailbox.types import Letter

LetterResult = Annotated[
    Letter | Refusal, strawberry.union("LetterResult", description="Письмо или отказ без изменений")
]


@strawberry.input(description="Письмо, о котором говорят")
class LetterInput:
    """Which one."""

    id: strawberry.ID = field("Номер письма")

    @property
    def number(self) -> int:
        """The row's id."""
        return decode_id(self.id, "Letter")


@strawberry.input(description="Письмо дополняет обращение")
class AddLetterInput(LetterInput):
    """To which case, and under what title."""

    title: str = field("Что это за документ; персональных данных не указывать")
    appeal: strawberry.ID | None = optional("Номер обращения, если не то, которое найдено")


@strawberry.input(description="Письмо является обращением")
class TakeLetterInInput(LetterInput):
    """What whoever reads it adds."""

    theme: str | None = optional("Ключ тематики")
    topic: str | None = optional("О чём, словами")
    municipality: str | None = optional("Муниципальное образование, где проблема")
    address: str | None = optional("Адрес проблемы")
    addressee: str | None = optional("Кому адресовано: ключ органа или название")
    complained_body: str | None = optional("На какой орган жалуются: ключ или название")
    offence: bool = optional("Сообщает ли о правонарушении", False)

    def matter(self) -> decisions.Matter:
        """The choice as core takes it."""
        return decisions.Matter(
            self.theme,
            self.topic,
            self.municipality,
            self.address,
            self.addressee,
            self.complained_body,
            self.offence,
        )


@ordered_by(PRACTICE.cite("letters.unsaid"))
async def _add(info: Info, given: Input[AddLetterInput]) -> model.Letter:
    appeal = None if given.appeal is None else decode_id(given.appeal, "Appeal")
    async with info.context.work() as work:
        return await decisions.add_letter(work, given.number, given.title, appeal)


@ordered_by(PRACTICE.cite("letters.unsaid"))
async def _take_in(info: Info, given: Input[TakeLetterInInput]) -> TakenIn:
    async with info.context.work() as work:
        return await decisions.take_letter_in(work, given.number, given.matter())


@ordered_by(PRACTICE.cite("letters.unsaid"))
async def _thank(info: Info, given: Input[LetterInput]) -> model.Letter:
    async with info.context.work() as work:
        return await decisions.thank(work, given.number)


@strawberry.type
class LetterMutation:
    """A person says what a letter is."""

    add_letter: LetterResult = field(
        "Письмо дополняет обращение и приобщается к нему (59-ФЗ, ст. 5 п. 1)",
        _add,
        needs(Permission.READ_APPEALS),
    )
    take_letter_in: TakeInResult = field(
        "Письмо — новое обращение; режим определяет закон (59-ФЗ, ст. 4, 7 ч. 3, 8 ч. 2)",
        _take_in,
        needs(Permission.READ_APPEALS),
    )
    thank_for_letter: LetterResult = field(
        "В письме благодарят и ни о чём не просят", _thank, needs(Permission.READ_APPEALS)
    )
