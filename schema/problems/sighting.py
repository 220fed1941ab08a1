"""Conflicts, errors, votes, categories, the picture and questions for polls, in the API."""

from datetime import date, datetime
from typing import Any

import strawberry

from core.appeals import model as appeals
from core.directory import model as directory
from core.directory.rules import bodies
from core.kernel.errors import Refusal as CoreRefusal
from core.kernel.rules import passport
from core.kernel.rules.territories import named
from core.problems import model, picture
from core.problems.heat import HeatCell
from core.problems.ledger import require_keeper
from core.problems.sightings import OF_COMMUNICATION, seen_by
from schema.directory.loaders import BODIES, BODIES_BY_KEY
from schema.directory.types import Body
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.ids import Node
from schema.graphql.loaders import Rows
from schema.graphql.steps import Judged, OfferedStep
from schema.law.types import Municipality, Theme
from schema.problems.problem import Problem
from schema.problems.types import HeatPlace
from schema.summaries.schema import CASES

SIGHTINGS = Rows(model.Sighting.id, visible=seen_by)


def _theme(root: strawberry.Parent[model.Sighting], info: Info) -> bodies.Theme | None:
    rules = info.context.rules
    return rules.find(bodies.Theme, root.theme, info.context.today) if root.theme else None


def _place(root: strawberry.Parent[model.Sighting], info: Info) -> passport.Municipality | None:
    key, context = root.municipality, info.context
    return named(context.rules, key, context.today) if key else None


async def _body(root: strawberry.Parent[model.Sighting], info: Info) -> directory.Body | None:
    found: directory.Body | None = await info.context.loaders.load(BODIES, root.body_id)
    return found


async def _appeal(root: strawberry.Parent[model.Sighting], info: Info) -> str | None:
    case: appeals.Appeal | None = await info.context.loaders.load(CASES, root.appeal_id)
    return case.number if case else None


async def _offered(root: strawberry.Parent[model.Sighting], info: Info) -> list[Judged]:
    if root.kind not in OF_COMMUNICATION or root.analysed_at is not None:
        return []
    async with info.context.reading() as work:
        try:
            require_keeper(work)
        except CoreRefusal as refusal:
            return [Judged("analyseSighting", refusal)]
    return [Judged("analyseSighting", None)]


@strawberry.type(description="Конфликт или ошибка при коммуникации, голосование, обсуждение")
class Sighting(Node):
    """Resolved from rows."""

    kind: model.SightingKind = field("Что это")
    on: date = field("Когда было")
    theme: Theme | None = field("Тематика", _theme)
    municipality: Municipality | None = field("Где", _place)
    body: Body | None = field("Чья коммуникация", _body)
    appeal: str | None = field("Номер обращения; null, если его нет или оно Вам не видно", _appeal)
    text: str = field("Что было")
    cause: str | None = field("Почему так вышло")
    conclusion: str | None = field("Какой вывод сделан")
    analysed_at: datetime | None = field("Когда разобрано")
    offered: list[OfferedStep] = field("Шаги: какие Вам открыты сейчас", _offered)

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of sightings are this type."""
        return isinstance(value, model.Sighting)


@strawberry.type(description="Категория региональных проблем")
class ProblemCategory:
    """Resolved from rows."""

    key: str = field("Ключ")
    theme: str = field("Ключ тематики")
    name: str = field("Название")
    label: str = field("Источник под названием региона")
    adopted_at: datetime | None = field("Когда утверждена; null — ещё не действует")


async def _of_duty(root: strawberry.Parent[picture.Duty], info: Info) -> directory.Body | None:
    found: directory.Body | None = await info.context.loaders.load(BODIES_BY_KEY, root.body)
    return found


def _cells(root: strawberry.Parent[picture.Duty]) -> list[HeatCell]:
    return [*root.cells]


@strawberry.type(description="Что выделяется по тематикам, которые отнесены к органу")
class PictureDuty:
    """Resolved from `Duty`."""

    body: Body | None = field("Орган; null, если тематика ни к кому не отнесена", _of_duty)
    cells: list[HeatPlace] = field("Где и о чём неожиданно много", _cells)


async def _at_work(root: strawberry.Parent[picture.BodyWork], info: Info) -> directory.Body | None:
    found: directory.Body | None = await info.context.loaders.load(BODIES_BY_KEY, root.body)
    return found


@strawberry.type(description="Как орган работал с тем, что получил за период")
class PictureWork:
    """Resolved from `BodyWork`."""

    body: Body | None = field("Орган; null — ещё ни у кого", _at_work)
    cases: int = field("Сколько обращений")
    overdue: int = field("Сколько из них с опозданием")


def _listed(name: str) -> Any:
    def resolve(root: strawberry.Parent[picture.Picture]) -> Any:
        return [*getattr(root, name)]

    return resolve


@strawberry.type(description="Комплексная картина проблем периода")
class ProblemPicture:
    """Resolved from `Picture`."""

    duties: list[PictureDuty] = field("Обращения: что выделяется", _listed("duties"))
    votes: list[Sighting] = field("Голосования и обсуждения", _listed("votes"))
    work: list[PictureWork] = field("Работа органов: сначала опаздывающие", _listed("work"))
    communication: list[Sighting] = field("Конфликты и ошибки", _listed("communication"))
    open_problems: list[Problem] = field("Незакрытые проблемы", _listed("open_problems"))


@strawberry.type(description="Вопрос, который предлагают вынести на опрос")
class PollPriority:
    """Resolved from `Question`."""

    cell: HeatPlace = field("Где и о чём неожиданно много")
    problem: Problem | None = field("Проблема перечня об этом, если есть")
