"""Answers as the letters that they become, with what the law asks of them."""

from typing import Any

import strawberry

from core.appeals import preview
from core.kernel.codes import Permission
from schema.appeals.chronicle import Answer
from schema.appeals.steps import AnswerInput
from schema.appeals.types import Appeal
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.fields import Input, field
from schema.graphql.guards import needs
from schema.graphql.ids import GlobalId, decode_id
from schema.law.types import CLAUSE


@strawberry.type(description="Что должно быть в ответе заявителю")
class AnswerElement:
    """Resolved from `core.appeals.preview.Element`."""

    name: str = field("Что")
    met: bool = field("Есть ли")
    told: str | None = field("Чего не хватает; null, если есть")
    clause: Clause | None = field(CLAUSE)


@strawberry.type(description="Ответ письмом, до отправки")
class AnswerPreview:
    """Resolved from `core.appeals.preview.Preview`."""

    letter: str = field("Всё письмо, каким его прочтёт заявитель")
    elements: list[AnswerElement] = field("Обязательные элементы: есть ли каждый и по какой норме")


def _letter(root: strawberry.Parent[preview.Letter]) -> str:
    return root.preview.letter


def _elements(root: strawberry.Parent[preview.Letter]) -> list[preview.Element]:
    return root.preview.elements


@strawberry.type(description="Ответ письмом: каким ушло отправленное или уйдёт проект")
class AnswerLetter:
    """Resolved from `core.appeals.preview.Letter`."""

    answer: Answer = field("Ответ")
    appeal: Appeal = field("Обращение, на которое отвечают")
    letter: str = field("Всё письмо; чтение остаётся в журнале", _letter)
    elements: list[AnswerElement] = field("Обязательные элементы", _elements)

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Letters of core are this type."""
        return isinstance(value, preview.Letter)


async def _preview(info: Info, given: Input[AnswerInput]) -> preview.Preview:
    async with info.context.reading() as work:
        return await preview.preview(work, given.number, given.content())


async def _answer_letter(info: Info, number: GlobalId) -> preview.Letter | None:
    async with info.context.reading() as work:
        found = await preview.letter_of(work, decode_id(number, "Answer"))
    if found is not None:
        info.context.disclosed.add(found.appeal.id)
    return found


@strawberry.type
class LetterQuery:
    """Looking at an answer before it goes, and at one that went."""

    answer_preview: AnswerPreview = field(
        "Каким письмом станет такой ответ и чего в нём не хватает (59-ФЗ, ст. 10); ничего не"
        " записывается",
        _preview,
        needs(Permission.ANSWER),
    )
    answer_letter: AnswerLetter | None = field(
        "Ответ письмом; null, если его нет или содержание обращения вам не открыто",
        _answer_letter,
        needs(Permission.READ_CONTENT),
    )
