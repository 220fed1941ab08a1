"""The region's classifier: what may be chosen while a person types."""

from datetime import date
from typing import Annotated

import strawberry

from core.appeals.classifier import choice, model
from schema.appeals.categories import Category
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import public


async def _classifier(
    info: Info,
    on: Annotated[
        date | None, strawberry.argument(description="На какой день; без него сегодня")
    ] = None,
    text: Annotated[
        str | None,
        strawberry.argument(description="Начала слов объекта, категории, причины; все сразу"),
    ] = None,
    municipality: Annotated[
        str | None, strawberry.argument(description="Ключ: только то, что принимается там")
    ] = None,
    most: Annotated[
        int, strawberry.argument(description="Сколько показать, не больше пятидесяти")
    ] = 20,
) -> list[model.Category]:
    async with info.context.reading() as work:
        return await choice.offered(work.session, on or work.today, text, municipality, most)


@strawberry.type
class ClassifierQuery:
    """What an appeal may be about, by the region's own annex."""

    classifier: list[Category] = field(
        "Категории, которые действуют в этот день и в сезоне: для выбора при вводе",
        _classifier,
        public(),
    )
