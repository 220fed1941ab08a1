"""Templates of answers, where the region's act has the centre make them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import strawberry

from core.appeals.rules.answers import TemplateRule
from core.appeals.templates import model, service
from core.kernel.codes import Permission
from core.law.act import Clause
from schema.graphql.context import Context, Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs, ordered_by
from schema.graphql.ids import decode_id, id_of


@strawberry.type(description="Шаблон ответа; пропуски: {номер}, {дата}, {центр}")
class AnswerTemplate:
    """Resolved from rows."""

    id: strawberry.ID = field("Номер", id_of)
    theme: str | None = field("Ключ тематики; null, если для любой")
    title: str = field("Название")
    text: str = field("Текст с пропусками")
    written_at: datetime = field("Когда написан")
    retired_at: datetime | None = field("Когда снят")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of templates are this type."""
        return isinstance(value, model.AnswerTemplate)


TemplateResult = Annotated[
    AnswerTemplate | Refusal,
    strawberry.union("AnswerTemplateResult", description="Шаблон или отказ"),
]


@strawberry.input(description="Новый шаблон ответа")
class TemplateInput:
    """What it says."""

    theme: str | None = optional("Ключ тематики; без него для любой")
    title: str = field("Название")
    text: str = field("Текст; пропуски: {номер}, {дата}, {центр}")


@strawberry.input(description="Какой шаблон снять")
class RetireInput:
    """Which one."""

    id: strawberry.ID = field("Номер шаблона")


async def _templates(
    info: Info,
    theme: Annotated[
        str | None, strawberry.argument(description="Ключ тематики; общие показаны всегда")
    ] = None,
) -> Sequence[model.AnswerTemplate]:
    async with info.context.reading() as work:
        return await service.templates(work, theme)


async def _draft(
    info: Info,
    template: Annotated[strawberry.ID, strawberry.argument(description="Номер шаблона")],
    appeal: Annotated[strawberry.ID, strawberry.argument(description="Номер обращения")],
) -> str:
    async with info.context.reading() as work:
        numbers = decode_id(template, "AnswerTemplate"), decode_id(appeal, "Appeal")
        return await service.draft_answer(work, *numbers)


def _ordering(context: Context, _given: object) -> Clause | None:
    rule = context.rules.find(TemplateRule, "answer", context.today)
    return rule.clause if rule else None


@ordered_by(_ordering)
async def _write(info: Info, given: Input[TemplateInput]) -> model.AnswerTemplate:
    async with info.context.work() as work:
        return await service.write_template(work, given.theme, given.title, given.text)


@ordered_by(_ordering)
async def _retire(info: Info, given: Input[RetireInput]) -> model.AnswerTemplate:
    async with info.context.work() as work:
        return await service.retire_template(work, decode_id(given.id, "AnswerTemplate"))


@strawberry.type
class TemplateQuery:
    """Using templates."""

    answer_templates: list[AnswerTemplate] = field(
        "Шаблоны ответов, по названию", _templates, needs(Permission.ANSWER)
    )
    draft_answer: str = field(
        "Черновик ответа по шаблону; отправляет его человек", _draft, needs(Permission.ANSWER)
    )


@strawberry.type
class TemplateMutation:
    """Making templates."""

    write_answer_template: TemplateResult = field(
        "Добавить шаблон ответа", _write, needs(Permission.MANAGE_DIRECTORY)
    )
    retire_answer_template: TemplateResult = field(
        "Снять шаблон ответа", _retire, needs(Permission.MANAGE_DIRECTORY)
    )
