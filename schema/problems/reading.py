"""The list of problems, their cases, the picture, the register, questions for polls."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated

import strawberry

from core.db.keyset import Order
from core.directory import model as directory
from core.kernel.codes import Permission
from core.problems import categories, model, picture, queries
from core.problems.period import period_as
from core.problems.roadmap import officials
from core.problems.sightings import sightings
from schema.directory.types import Person
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs
from schema.graphql.paging import After, Before, Connection, First, Last, Page, Window, load_page
from schema.problems.mutations import NUMBER, number
from schema.problems.problem import Problem, ProblemCase
from schema.problems.queries import WRITTEN
from schema.problems.sighting import PollPriority, ProblemCategory, ProblemPicture, Sighting

BY_CASE = Order((model.ProblemCase.id,))
READ, DIRECTORY = needs(Permission.READ_APPEALS), needs(Permission.READ_DIRECTORY)
PeriodName = Annotated[str, strawberry.argument(description=f"Период: {WRITTEN}")]


async def _problems(
    info: Info,
    state: Annotated[
        model.ProblemState | None, strawberry.argument(description="Состояние")
    ] = None,
    theme: Annotated[str | None, strawberry.argument(description="Ключ тематики")] = None,
) -> list[model.Problem]:
    async with info.context.reading() as work:
        return await queries.problems(work, state, theme)


async def _cases(
    info: Info,
    problem: Annotated[strawberry.ID, strawberry.argument(description=NUMBER)],
    added_after: Annotated[
        datetime | None, strawberry.argument(description="Отнесено позже этого момента")
    ] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Page[model.ProblemCase]:
    async with info.context.reading() as work:
        query = queries.cases(work, await queries.problem(work, number(problem)))
    if added_after is not None:
        query = query.where(model.ProblemCase.added_at > added_after)
    return await load_page(info.context, query, BY_CASE, Window(first, after, last, before))


async def _picture(info: Info, period: PeriodName) -> picture.Picture:
    async with info.context.reading() as work:
        return await picture.picture(work, period_as(period))


async def _polls(info: Info, period: PeriodName) -> list[picture.Question]:
    async with info.context.reading() as work:
        return await picture.poll_priorities(work, period_as(period))


async def _sightings(
    info: Info,
    since: Annotated[date | None, strawberry.argument(description="С какого дня")] = None,
    until: Annotated[date | None, strawberry.argument(description="До какого дня")] = None,
) -> list[model.Sighting]:
    async with info.context.reading() as work:
        return await sightings(work, since, until)


async def _officials(info: Info) -> Sequence[directory.Person]:
    async with info.context.reading() as work:
        return await officials(work)


async def _categories(info: Info) -> list[model.ProblemCategory]:
    async with info.context.reading() as work:
        return await categories.categories(work)


@strawberry.type
class ProblemQuery:
    """Problems and what they are known from."""

    problems: list[Problem] = field(
        "Перечень региональных проблем: внесённые последними первыми", _problems, READ
    )
    problem_cases: Connection[ProblemCase] = field(
        "Обращения о проблеме, которые Вам видны", _cases, READ
    )
    problem_picture: ProblemPicture = field(
        "Комплексная картина проблем периода (4 б) Правил)", _picture, READ
    )
    poll_priorities: list[PollPriority] = field(
        "Что предлагают вынести на опрос: самое неожиданное первым", _polls, READ
    )
    sightings: list[Sighting] = field(
        "Конфликты и ошибки при коммуникации, голосования, обсуждения", _sightings, READ
    )
    problem_officials: list[Person] = field(
        "Должностные лица, которые могут отвечать за мероприятие", _officials, DIRECTORY
    )
    problem_categories: list[ProblemCategory] = field(
        "Категории региональных проблем, не утверждённые тоже", _categories, READ
    )
