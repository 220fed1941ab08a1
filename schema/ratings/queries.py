"""Ratings that the reader may see, the cases behind an entry, the calendar."""

from typing import Annotated

import strawberry

from core.db.keyset import Order
from core.kernel.codes import Permission
from core.ratings import model, releases, sight
from core.ratings.quarter import quarter_of
from core.ratings.signals.reading import signals
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs
from schema.graphql.paging import After, Before, Connection, First, Last, Page, Window, load_page
from schema.ratings.cases import RatingCase
from schema.ratings.releases import RatingRelease
from schema.ratings.signals import Named, RatingSignal
from schema.ratings.types import MANAGE, SEE, Rating
from schema.ratings.words import METHOD, PERIOD, SUBJECT, THEME

BY_CASE = Order((model.RatingCase.id,))
READ = needs(Permission.READ_DIRECTORY)
Method = Annotated[str, strawberry.argument(description=METHOD)]
Quarter = Annotated[str, strawberry.argument(description=PERIOD)]


async def _ratings(info: Info) -> list[model.Rating]:
    async with info.context.reading() as work:
        return await sight.ratings(work)


async def _rating(info: Info, method: Method, period: Quarter) -> model.Rating:
    async with info.context.reading() as work:
        return await sight.find(work, method, quarter_of(period))


async def _calendar(info: Info) -> list[releases.Release]:
    async with info.context.reading() as work:
        return await releases.releases(work)


async def _release(info: Info, method: Method, period: Quarter) -> releases.Release:
    async with info.context.reading() as work:
        return await releases.release_called(work, method, quarter_of(period))


async def _signals(info: Info, period: Quarter) -> list[Named]:
    async with info.context.reading() as work:
        found = await signals(work, quarter_of(period))
    return [Named(one, found.names.get(one.body, one.body)) for one in found.told]


async def _cases(
    info: Info,
    method: Method,
    period: Quarter,
    version: Annotated[int, strawberry.argument(description="Номер версии")],
    subject: Annotated[str, strawberry.argument(description=SUBJECT)],
    theme: Annotated[str | None, strawberry.argument(description=THEME)] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Page[model.RatingCase]:
    async with info.context.reading() as work:
        row = await sight.find(work, method, quarter_of(period))
        query = await sight.cases_of(work, row, version, subject, theme)
    return await load_page(info.context, query, BY_CASE, Window(first, after, last, before))


@strawberry.type
class RatingQuery:
    """Ratings."""

    ratings: list[Rating] = field(
        "Рейтинги: опубликованные всем, проекты тем, кто вправе видеть", _ratings, READ
    )
    rating: Rating = field("Рейтинг за квартал по методике", _rating, READ)
    rating_calendar: list[RatingRelease] = field(
        "Когда выходят рейтинги: на двенадцать месяцев вперёд", _calendar, READ
    )
    rating_release: RatingRelease = field(
        "Дни и шаги рейтинга за квартал по методике, начат он или нет", _release, READ
    )
    rating_cases: Connection[RatingCase] = field(
        "Обращения, которые рейтинг учёл за объектом", _cases, SEE
    )
    rating_signals: list[RatingSignal] = field(
        "Признаки игры с рейтингом за квартал, наименее случайные первыми; тому, кто ведёт рейтинги"
        " всего региона",
        _signals,
        MANAGE,
    )
