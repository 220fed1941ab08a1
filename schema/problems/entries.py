"""What is entered beside a problem's own steps: new ones, files, categories, sightings."""

from datetime import date
from typing import Annotated

import strawberry

from core.kernel.codes import Permission
from core.problems import listing, model, sightings
from core.problems.categories import adopt_categories, load_categories
from core.problems.imports import import_problems
from core.problems.ledger import LIFE
from core.problems.rules import Projects, Source
from schema.graphql.context import Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs, ordered_by
from schema.graphql.ids import decode_id
from schema.problems.mutations import NUMBER, ProblemResult, number
from schema.problems.queries import WRITTEN
from schema.problems.sighting import Sighting

THEME, PLACE = "Тематика", "Муниципальное образование"
NAME, FILE = "Имя файла", "Содержание файла: строки через точку с запятой"


@strawberry.type(description="Сколько внесено")
class ProblemCount:
    """How many rows there are, or are new."""

    count: int = field("Сколько")


CountResult = Annotated[
    ProblemCount | Refusal,
    strawberry.union("ProblemCountResult", description="Сколько внесено или отказ с нормой"),
]
SightingResult = Annotated[
    Sighting | Refusal,
    strawberry.union("SightingResult", description="Запись или отказ с нормой"),
]


@strawberry.input(description="Новая проблема перечня")
class ListProblemInput:
    """`NewProblem` as clients write it."""

    title: str = field("Название")
    source: Source = field("Откуда известна")
    theme: str = field(THEME)
    period: str = field(f"Период: {WRITTEN}")
    municipality: str | None = optional(PLACE)
    category: str | None = optional("Ключ категории")
    project: Projects | None = optional("Чьи показатели: для программ и проектов")
    indicator: str | None = optional("Показатель программы или проекта")
    like: str | None = optional("Номер обращения, чья группа похожих о том же")

    def new(self) -> listing.NewProblem:
        """The problem as core takes it."""
        return listing.NewProblem(
            self.title,
            self.theme,
            self.period,
            self.municipality,
            self.source,
            self.category,
            self.project,
            self.indicator,
            self.like,
        )


@strawberry.input(description="Файл системы, по которой формируют перечень")
class ImportProblemsInput:
    """A file."""

    name: str = field(NAME)
    text: str = field(FILE)


@strawberry.input(description="Файл категорий региональных проблем")
class LoadProblemCategoriesInput:
    """A file of a source."""

    source: Source = field("Откуда категории")
    name: str = field(NAME)
    text: str = field(FILE)


@strawberry.input(description="Утвердить загруженные категории")
class AdoptProblemCategoriesInput:
    """All of them together."""

    confirmed: bool = field("Утвердить весь состав")


@strawberry.input(description="Конфликт, ошибка, голосование или обсуждение")
class RecordSightingInput:
    """`NewSighting` as clients write it."""

    kind: model.SightingKind = field("Что это")
    on: date = field("Когда было")
    text: str = field("Что было")
    theme: str | None = optional(THEME)
    municipality: str | None = optional(PLACE)
    body: str | None = optional("Ключ органа, чья это коммуникация")
    appeal: str | None = optional("Номер обращения")
    problem: strawberry.ID | None = optional(NUMBER)

    def new(self) -> sightings.NewSighting:
        """The record as core takes it."""
        of = number(self.problem) if self.problem is not None else None
        place = (self.theme, self.municipality, self.body, self.appeal, of)
        return sightings.NewSighting(self.kind, self.on, self.text, *place)


@strawberry.input(description="Разбор конфликта или ошибки")
class AnalyseSightingInput:
    """Cause and conclusion."""

    sighting: strawberry.ID = field("Глобальный номер записи")
    cause: str = field("Почему так вышло")
    conclusion: str = field("Какой вывод сделан")


@ordered_by(LIFE)
async def _list(info: Info, given: Input[ListProblemInput]) -> model.Problem:
    async with info.context.work() as work:
        return await listing.list_problem(work, given.new())


@ordered_by(LIFE)
async def _import(info: Info, given: Input[ImportProblemsInput]) -> ProblemCount:
    async with info.context.work() as work:
        return ProblemCount(count=await import_problems(work, given.name, given.text))


@ordered_by(LIFE)
async def _load(info: Info, given: Input[LoadProblemCategoriesInput]) -> ProblemCount:
    async with info.context.work() as work:
        added = await load_categories(work, given.source, given.name, given.text)
    return ProblemCount(count=added)


@ordered_by(LIFE)
async def _adopt(info: Info, given: Input[AdoptProblemCategoriesInput]) -> ProblemCount:
    async with info.context.work() as work:
        return ProblemCount(count=await adopt_categories(work, confirmed=given.confirmed))


@ordered_by(LIFE)
async def _record(info: Info, given: Input[RecordSightingInput]) -> model.Sighting:
    async with info.context.work() as work:
        return await sightings.record_sighting(work, given.new())


@ordered_by(LIFE)
async def _analyse(info: Info, given: Input[AnalyseSightingInput]) -> model.Sighting:
    key = decode_id(given.sighting, "Sighting")
    async with info.context.work() as work:
        return await sightings.analyse_sighting(work, key, given.cause, given.conclusion)


MANAGE = needs(Permission.MANAGE_INDICATORS)


@strawberry.type
class ProblemEntryMutation:
    """The list of regional problems and what the picture is drawn from."""

    list_problem: ProblemResult = field(
        "Внести проблему в перечень (п. 15 Правил и акт региона)", _list, MANAGE
    )
    import_problems: CountResult = field(
        "Загрузить проблемы из системы (файл целиком; акт региона)", _import, MANAGE
    )
    load_problem_categories: CountResult = field(
        "Загрузить категории проблем (только из источника акта)", _load, MANAGE
    )
    adopt_problem_categories: CountResult = field(
        "Утвердить категории проблем (с целевыми значениями)", _adopt, MANAGE
    )
    record_sighting: SightingResult = field(
        "Внести конфликт, ошибку, голосование (4 б) Правил)", _record, MANAGE
    )
    analyse_sighting: SightingResult = field(
        "Разобрать конфликт или ошибку (4 б) Правил)", _analyse, MANAGE
    )
