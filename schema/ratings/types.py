"""A rating as the API shows it: its versions, objections, looks, moves, cases, differences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

import strawberry

from core.kernel.codes import Permission
from core.law import act as law
from core.ratings import model, releases
from core.ratings.differences import Change
from core.ratings.model import Stage
from core.ratings.reading import changes
from core.ratings.sight import Shown, look, looks, moved, noted, objections, shown
from core.ratings.versions import known_today, quarter_of_row
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs
from schema.graphql.steps import OfferedStep
from schema.law.types import CLAUSE, NAME
from schema.ratings.changes import RatingChange
from schema.ratings.steps import offered_of
from schema.ratings.tables import RatingTable, Table
from schema.ratings.words import CRITERION, HITS, METHOD, PERIOD, SOURCE, SUBJECT, THEME, TOTAL

SEE = needs(Permission.READ_APPEALS)
MANAGE = needs(Permission.MANAGE_INDICATORS)


@dataclass(frozen=True, slots=True)
class Moved:
    """Whose standing is another than in the version before, as the version keeps it."""

    told: Mapping[str, Any]


@strawberry.type(description="Чьё место стало другим по сравнению с прежней версией")
class RatingMovedPlace:
    """Resolved from `Moved`."""

    subject: str = field(SUBJECT, lambda root: root.told["subject"])
    theme: str | None = field(THEME, lambda root: root.told["theme"])
    name: str = field(NAME, lambda root: root.told["name"])
    before: str | None = field("Место прежде, словами", lambda root: root.told["before"])
    after: str | None = field("Место теперь, словами", lambda root: root.told["after"])


def _moved(root: strawberry.Parent[Shown]) -> list[Moved]:
    return [Moved(one) for one in moved(root)]


def _table(root: strawberry.Parent[Shown]) -> Table:
    return Table(root.told, root.full)


def _stage(root: strawberry.Parent[Shown]) -> Stage:
    return Stage(root.version.stage)


@strawberry.type(description="Рейтинг, каким он был посчитан; не меняется никогда")
class RatingVersion:
    """Resolved from `Shown`."""

    number: int = field("Номер версии по порядку", lambda root: root.version.number)
    stage: Stage = field("Чем была версия", _stage)
    taken_at: datetime = field("Когда посчитана", lambda root: root.version.taken_at)
    edition: str = field("Редакция методики", lambda root: root.version.edition)
    digest: str = field(
        "Хэш версии и всех её сведений: он же в журнале", lambda root: root.version.digest
    )
    reason: str | None = field("Почему исправлено", lambda root: root.version.reason)
    moved: list[RatingMovedPlace] = field("Чьё место стало другим", _moved)
    table: RatingTable = field("Что она говорит", _table)


@strawberry.type(description="Возражение к проекту и ответ на него")
class RatingObjection:
    """Resolved from rows."""

    number: int = field("Номер в этом рейтинге")
    subject: str = field(SUBJECT, lambda root: root.body)
    theme: str | None = field(THEME, lambda root: root.scope)
    text: str = field("Возражение")
    appeals: list[str] = field("Номера обращений, о которых оно")
    filed_at: datetime = field("Когда заявлено")
    upheld: bool | None = field("Удовлетворено ли; null — ещё не отвечено")
    answer: str | None = field("Ответ с обоснованием")
    answered_at: datetime | None = field("Когда отвечено")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of objections are this type."""
        return isinstance(value, model.RatingObjection)


@strawberry.type(description="Кто и когда видел проект рейтинга")
class RatingLook:
    """Resolved from rows."""

    actor: str = field("Кто: учётная запись")
    day: date = field("Местный день")
    whole: bool = field("Весь ли проект; иначе только свой орган")
    at: datetime = field("Когда впервые в этот день")


@strawberry.type(description="Решение о переносе дней рейтинга")
class RatingMove:
    """Resolved from rows."""

    draft_on: date = field("День проекта")
    final_on: date = field("День итога")
    reason: str = field("Почему перенесено")
    ground: str = field("Основание")
    at: datetime = field("Когда решено")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of decisions are this type."""
        return isinstance(value, model.RatingRelease)


@strawberry.type(description="Сведение об органе, которого обращения не дают")
class RatingFigure:
    """Resolved from rows."""

    criterion: str = field(CRITERION)
    subject: str = field(SUBJECT, lambda root: root.body)
    hits: int = field(HITS)
    total: int = field(TOTAL)
    source: str = field(SOURCE)
    ground: str = field("Основание")
    actor: str = field("Кто внёс")
    at: datetime = field("Когда внесено")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of figures are this type."""
        return isinstance(value, model.RatingFigure)


def _clause(root: strawberry.Parent[model.Rating], info: Info) -> law.Clause | None:
    return info.context.rules.clause(root.clause)


async def _versions(root: strawberry.Parent[model.Rating], info: Info) -> list[Shown]:
    return await seen(info, root)


async def _objections(
    root: strawberry.Parent[model.Rating], info: Info
) -> list[model.RatingObjection]:
    async with info.context.reading() as work:
        return await objections(work, root)


async def _looks(root: strawberry.Parent[model.Rating], info: Info) -> list[model.RatingLook]:
    async with info.context.reading() as work:
        return await looks(work, root)


async def _moves(root: strawberry.Parent[model.Rating], info: Info) -> list[model.RatingRelease]:
    async with info.context.reading() as work:
        return list(await releases.moves(work, root.method, quarter_of_row(root)))


async def _changes(
    root: strawberry.Parent[model.Rating],
    info: Info,
    since: Annotated[
        int | None, strawberry.argument(description="Номер прежней версии; проект")
    ] = None,
    until: Annotated[
        int | None, strawberry.argument(description="Номер более поздней версии; последняя")
    ] = None,
) -> list[Change]:
    async with info.context.reading() as work:
        return await changes(work, root, since, until)


async def _today(root: strawberry.Parent[model.Rating], info: Info) -> Table:
    async with info.context.reading() as work:
        return Table(await known_today(work, root), full=True)


@strawberry.type(description="Рейтинг за квартал: от пробного до итога и его исправлений")
class Rating:
    """Resolved from rows."""

    method: str = field(METHOD)
    name: str = field(NAME)
    period: str = field(PERIOD)
    stage: Stage = field("Как далеко он продвинулся")
    clause: Clause | None = field(CLAUSE, _clause)
    approval: str | None = field("Кто и каким актом утвердил методику, если акт этого требует")
    drafted_at: datetime | None = field("Когда показан проект")
    objections_until: datetime | None = field("До какого момента принимают возражения")
    published_at: datetime | None = field("Когда опубликован итог")
    versions: list[RatingVersion] = field("Версии, которые вам видны, по порядку", _versions)
    objections: list[RatingObjection] = field("Возражения: все или вашего органа", _objections)
    looks: list[RatingLook] = field("Кто видел проект", _looks)
    moves: list[RatingMove] = field("Решения, которыми переносили его дни", _moves)
    changes: list[RatingChange] = field(
        "Каждое сведение, которое стало другим между проектом и итогом, и почему", _changes, SEE
    )
    today: RatingTable = field("Каким он был бы по известному сегодня", _today, SEE)
    offered: list[OfferedStep] = field("Шаги: какие Вам открыты сейчас", offered_of)

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of ratings are this type."""
        return isinstance(value, model.Rating)


async def seen(info: Info, rating: model.Rating) -> list[Shown]:
    """The versions that the reader may see; that he has seen what is told him is written down."""
    async with info.context.reading() as work:
        found = await shown(work, rating)
    if any(map(noted, found)):
        async with info.context.work() as work:
            await look(work, found)
    return found
