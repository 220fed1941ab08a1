"""Keeping a case in order: correcting it, notes on it, who executes it."""

from datetime import datetime
from typing import Annotated, Any

import strawberry

from core.appeals import correction, executors, model
from core.appeals.applicants.contact import Contact
from core.appeals.notes import service as notes
from core.kernel.codes import Permission
from schema.appeals.allowed import takes
from schema.appeals.steps import BODY, AppealResult, ReasonedInput, StepInput
from schema.appeals.types import Appeal
from schema.directory.types import Body
from schema.graphql.context import Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs
from schema.graphql.ids import decode_id

HIDDEN = frozenset({"text", "address"})
"""What is content or a person's: that it has changed is said, not from what."""


@strawberry.type(description="Что изменилось")
class CorrectedValue:
    """A column with what it was and is."""

    name: str = field(
        "Что: theme, category, municipality, addressee, address, text, applicant, block и другие"
    )
    before: str | None = field("Что было; null и у содержания, которое здесь не показывается")
    after: str | None = field("Что стало; null и у содержания, которое здесь не показывается")


def _values(root: strawberry.Parent[correction.Corrected]) -> list[CorrectedValue]:
    return [
        CorrectedValue(name=name, before=_shown(name, before), after=_shown(name, after))
        for name, (before, after) in root.changed.items()
    ]


def _shown(name: str, value: Any) -> str | None:
    return None if name in HIDDEN or value is None else str(value)


@strawberry.type(description="Исправленное обращение и что из исправления следует по закону")
class Corrected:
    """Resolved from `core.appeals.correction.Corrected`."""

    appeal: Appeal = field("Обращение")
    changed: list[CorrectedValue] = field("Что изменилось", _values)
    proposed: Body | None = field(
        "Какой орган теперь назвал бы маршрут; null, если тот же. Само обращение не передано"
    )
    due_before: datetime | None = field("Последний момент ответа до исправления")
    due_after: datetime | None = field("Последний момент ответа после исправления")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """The results of a correction are this type."""
        return isinstance(value, correction.Corrected)


CorrectedResult = Annotated[
    Corrected | Refusal,
    strawberry.union("CorrectedResult", description="Исправленное обращение или отказ"),
]


@strawberry.input(description="Заявитель: все поля заново")
class CorrectedContact:
    """The whole contact."""

    name: str | None = optional("Имя")
    contact: str | None = optional("Телефон или электронная почта")
    address: str | None = optional("Почтовый адрес")
    addressee: str | None = optional("Кому из подписавших отвечать")

    def content(self) -> Contact:
        """The contact as core takes it."""
        return Contact(self.name, self.contact, self.address, self.addressee)


@strawberry.input(description="Что исправить и почему; чего нет, то остаётся")
class CorrectInput(ReasonedInput):
    """What is to stand instead."""

    theme: str | None = optional("Ключ тематики")
    category: str | None = optional("Ключ категории; тематика и сроки следуют за ней")
    municipality: str | None = optional("Ключ муниципального образования, где проблема")
    addressee: str | None = optional(BODY + ", которому адресовано")
    address: str | None = optional("Адрес, о котором речь")
    text: str | None = optional("Текст: расшифровка рукописи или записи")
    contact: CorrectedContact | None = optional("Заявитель")

    def content(self) -> correction.Correction:
        """The correction as core takes it."""
        return correction.Correction(
            theme=self.theme,
            category=self.category,
            municipality=self.municipality,
            addressee=self.addressee,
            address=self.address,
            text=self.text,
            contact=self.contact.content() if self.contact else None,
        )


@strawberry.input(description="Заметка на обращении; заявителю она не показывается")
class NoteInput(StepInput):
    """What is noted."""

    text: str = field("Что заметить")
    corrects: strawberry.ID | None = optional("Вместо какой своей заметки")


@strawberry.input(description="Кто в органе этим занимается")
class ExecutorInput(StepInput):
    """Whose desk it is on."""

    person: strawberry.ID = field("Номер сотрудника органа, у которого обращение")


@takes(correction.CORRECT)
async def _correct(info: Info, given: Input[CorrectInput]) -> correction.Corrected:
    async with info.context.work() as work:
        return await correction.correct(
            work,
            given.number,
            given.content(),
            given.reason,
            expected_version=given.expected_version,
        )


@takes(notes.NOTE)
async def _note(info: Info, given: Input[NoteInput]) -> model.Appeal:
    corrects = decode_id(given.corrects, "Note") if given.corrects else None
    async with info.context.work() as work:
        return await notes.write_note(
            work,
            given.number,
            given.text,
            corrects=corrects,
            expected_version=given.expected_version,
        )


@takes(executors.ENTRUST)
async def _entrust(info: Info, given: Input[ExecutorInput]) -> model.Appeal:
    person = decode_id(given.person, "Person")
    async with info.context.work() as work:
        return await executors.name_executor(
            work, given.number, person, expected_version=given.expected_version
        )


@strawberry.type
class CaseMutation:
    """Each is one use case of `core.appeals`."""

    correct_appeal: CorrectedResult = field(
        "Исправить принятое; маршрут, сроки и показатели определяются заново по закону (59-ФЗ,"
        " ст. 8 ч. 2)",
        _correct,
        needs(Permission.ROUTE),
    )
    write_note: AppealResult = field(
        "Оставить заметку; записанное не меняется, ошибку исправляет новая заметка",
        _note,
        needs(Permission.READ_CONTENT),
    )
    name_executor: AppealResult = field(
        "Назвать исполнителя из сотрудников органа", _entrust, needs(Permission.ACCEPT)
    )
