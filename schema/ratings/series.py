"""Ratings that somebody else has made, as he gave them, each value with its mark."""

from datetime import datetime
from typing import Annotated

import strawberry

from core.kernel.codes import Permission
from core.ratings.series import Given, Series, period_named, series
from core.shapes.figures.marks import CellMark
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs

PERIOD = "Период, как 2026-Q1, 2026-03 или 2026"


@strawberry.type(description="Значение чужого рейтинга, как его дали")
class RatingSeriesValue:
    """Resolved from `Given`."""

    subject: str = field("О ком или о чём", lambda root: root.row.subject)
    indicator: str = field("Показатель: номер или ключ", lambda root: root.row.indicator)
    title: str = field("Как показатель назван", lambda root: root.row.title)
    value: str | None = field(
        "Значение теми же знаками; null — его нет", lambda root: root.row.value
    )
    place: str | None = field("Место, если его дали", lambda root: root.row.place)
    mark: CellMark = field("Как читать значение")
    loaded_at: datetime = field("Когда внесено", lambda root: root.row.at)


def _values(root: strawberry.Parent[Series]) -> list[Given]:
    return root.values


@strawberry.type(description="Рейтинг, сделанный не здесь: хранится как дан и не пересчитывается")
class RatingSeries:
    """Resolved from `Series`."""

    name: str = field("Как он называется", lambda root: root.first.series)
    source: str = field("Кто его составил", lambda root: root.first.source)
    method: str = field("По какой методике", lambda root: root.first.method)
    edition: str = field("Редакция методики", lambda root: root.first.edition)
    period: str = field(PERIOD, lambda root: root.first.period)
    values: list[RatingSeriesValue] = field("Значения в порядке файла", _values)


async def _series(
    info: Info,
    period: Annotated[str | None, strawberry.argument(description=PERIOD)] = None,
) -> list[Series]:
    async with info.context.reading() as work:
        return await series(work, None if period is None else period_named(period))


@strawberry.type
class SeriesQuery:
    """Series."""

    rating_series: list[RatingSeries] = field(
        "Рейтинги, сделанные не здесь, рядом с нашими: свежие первыми",
        _series,
        needs(Permission.READ_DIRECTORY),
    )
