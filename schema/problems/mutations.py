"""Steps of a problem: listed, joined, its cause, measures, drop, road map, closing."""

from datetime import date
from typing import Annotated

import strawberry

from core.kernel.codes import Permission
from core.problems import causes, closing, joining, model, roadmap
from core.problems.ledger import LIFE
from core.problems.queries import problem
from schema.graphql.context import Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs, ordered_by
from schema.graphql.ids import decode_id
from schema.problems.problem import Problem

NUMBER = "Глобальный номер проблемы"
ProblemResult = Annotated[
    Problem | Refusal,
    strawberry.union("ProblemResult", description="Проблема или отказ с нормой"),
]


@strawberry.input(description="Отнести обращения к проблеме")
class JoinProblemCasesInput:
    """Numbers, or one of a group."""

    problem: strawberry.ID = field(NUMBER)
    numbers: list[str] = strawberry.field(
        default_factory=list, description="Номера обращений: каждый на своей строке"
    )
    like: str | None = optional("Номер обращения, вместе с которым берут похожие")


@strawberry.input(description="Первопричина проблемы")
class SetProblemCauseInput:
    """Five whys or a scheme."""

    problem: strawberry.ID = field(NUMBER)
    method: model.Method = field("Как искали")
    reasons: list[str] = field("Ответы на «почему» по порядку или строки «ветвь — причина»")
    root: str | None = optional("Первопричина: для схемы одна из её причин")


@strawberry.input(description="Мероприятие против проблемы")
class PlanProblemMeasureInput:
    """What, by when, by whom."""

    problem: strawberry.ID = field(NUMBER)
    text: str = field("Что делают")
    due: date = field("Последний день")
    person: strawberry.ID = field("Ответственное должностное лицо")


@strawberry.input(description="Заявить снижение до мероприятий")
class DeclareProblemDropInput:
    """By how much."""

    problem: strawberry.ID = field(NUMBER)
    percent: int = field("На сколько процентов обращений станет меньше")


@strawberry.input(description="Подготовить документ дорожной карты")
class DraftProblemRoadmapInput:
    """Which problem."""

    problem: strawberry.ID = field(NUMBER)


@strawberry.input(description="Мероприятие выполнено")
class CarryOutProblemMeasureInput:
    """Which, when, by which proof."""

    problem: strawberry.ID = field(NUMBER)
    number: int = field("Номер мероприятия")
    done_on: date = field("Когда выполнено")
    proof: str = field("Чем подтверждено")


@strawberry.input(description="Закрыть проблему")
class CloseProblemInput:
    """Which problem."""

    problem: strawberry.ID = field(NUMBER)


@strawberry.input(description="Возобновить проблему")
class ReopenProblemInput:
    """Which, why."""

    problem: strawberry.ID = field(NUMBER)
    reason: str = field("Почему")


def number(value: str) -> int:
    """The row's number out of its global id."""
    return decode_id(value, "Problem")


@ordered_by(LIFE)
async def _join(info: Info, given: Input[JoinProblemCasesInput]) -> model.Problem:
    key = number(given.problem)
    async with info.context.work() as work:
        await joining.join_cases(work, key, given.numbers, given.like)
        return await problem(work, key)


@ordered_by(LIFE)
async def _set_cause(info: Info, given: Input[SetProblemCauseInput]) -> model.Problem:
    key = number(given.problem)
    async with info.context.work() as work:
        await causes.set_cause(work, key, given.method, given.reasons, given.root)
        return await problem(work, key)


@ordered_by(LIFE)
async def _plan(info: Info, given: Input[PlanProblemMeasureInput]) -> model.Problem:
    key, person = number(given.problem), decode_id(given.person, "Person")
    async with info.context.work() as work:
        await roadmap.plan_measure(work, key, given.text, given.due, person)
        return await problem(work, key)


@ordered_by(LIFE)
async def _declare(info: Info, given: Input[DeclareProblemDropInput]) -> model.Problem:
    async with info.context.work() as work:
        return await roadmap.declare_drop(work, number(given.problem), given.percent)


@ordered_by(LIFE)
async def _draft(info: Info, given: Input[DraftProblemRoadmapInput]) -> model.Problem:
    key = number(given.problem)
    async with info.context.work() as work:
        await roadmap.draft_roadmap(work, key)
        return await problem(work, key)


@ordered_by(LIFE)
async def _carry_out(info: Info, given: Input[CarryOutProblemMeasureInput]) -> model.Problem:
    key, said = number(given.problem), (given.number, given.done_on, given.proof)
    async with info.context.work() as work:
        return await roadmap.carry_out(work, key, *said)


@ordered_by(LIFE)
async def _close(info: Info, given: Input[CloseProblemInput]) -> model.Problem:
    async with info.context.work() as work:
        return await closing.close_problem(work, number(given.problem))


@ordered_by(LIFE)
async def _reopen(info: Info, given: Input[ReopenProblemInput]) -> model.Problem:
    async with info.context.work() as work:
        return await closing.reopen_problem(work, number(given.problem), given.reason)


MANAGE = needs(Permission.MANAGE_INDICATORS)


@strawberry.type
class ProblemMutation:
    """The life of a problem (практика системы, п. 10.3)."""

    join_problem_cases: ProblemResult = field("Отнести обращения", _join, MANAGE)
    set_problem_cause: ProblemResult = field(
        "Установить первопричину (12 а) Правил)", _set_cause, MANAGE
    )
    plan_problem_measure: ProblemResult = field(
        "Назначить мероприятие (п. 2 Правил: со сроком и ответственным)", _plan, MANAGE
    )
    declare_problem_drop: ProblemResult = field(
        "Заявить снижение (до мероприятий; практика, п. 10.3)", _declare, MANAGE
    )
    draft_problem_roadmap: ProblemResult = field(
        "Подготовить дорожную карту (документ по первопричине и мероприятиям)", _draft, MANAGE
    )
    carry_out_problem_measure: ProblemResult = field(
        "Отметить выполнение (мероприятия, с подтверждением)", _carry_out, MANAGE
    )
    close_problem: ProblemResult = field(
        "Закрыть проблему (только если снижение держится; практика, п. 10.3)", _close, MANAGE
    )
    reopen_problem: ProblemResult = field(
        "Возобновить проблему (с причиной; практика, п. 10.3)", _reopen, MANAGE
    )
