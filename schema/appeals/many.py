"""Reading many people's data with a reason, and what the head is shown of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import strawberry

from core.appeals.applicants import many
from core.kernel.codes import Permission
from schema.graphql.context import Info
from schema.graphql.documents.limits import USUAL_PAGE
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field
from schema.graphql.guards import needs, ordered_by
from schema.graphql.paging import First, Window


@strawberry.type(description="Чтение персональных данных многих людей, о котором названа причина")
class ManyReading:
    """Resolved from `core.appeals.applicants.many.ManyRead`."""

    actor: str = field("Кто читает: имя в системе входа")
    reason: str = field("Зачем")
    persons: int = field("О скольких людях сказано")
    read: int = field("Данные скольких прочитаны")
    opened_at: datetime = field("С какого мгновения")
    until: datetime = field("До какого мгновения")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Readings of core are this type."""
        return isinstance(value, many.ManyRead)


ManyReadingResult = Annotated[
    ManyReading | Refusal,
    strawberry.union("ManyReadingResult", description="Открытое чтение или отказ"),
]


@strawberry.input(description="Чтение данных многих людей")
class ManyReadingInput:
    """What is said beforehand."""

    reason: str = field("Зачем; остаётся в журнале, и о ней узнаёт руководитель")
    persons: int = field("Данные скольких людей нужны: от 21 до 1000")


@ordered_by(many.SECRECY)
async def _open(info: Info, given: Input[ManyReadingInput]) -> many.ManyRead:
    async with info.context.work() as work:
        return await many.open_reading(work, given.reason, given.persons)


async def _shown(info: Info, first: First = USUAL_PAGE) -> Sequence[many.ManyRead]:
    size = Window(first=first).size(info.context.region.settings.max_page)
    async with info.context.reading() as work:
        return await many.readings_of_many(work, size)


@strawberry.type
class ManyQuery:
    """For the head."""

    many_readings: list[ManyReading] = field(
        "Кто, зачем и скольких людей данные читает сразу; сначала недавние",
        _shown,
        needs(Permission.READ_JOURNAL),
    )


@strawberry.type
class ManyMutation:
    """For those who read."""

    read_many_applicants: ManyReadingResult = field(
        "Открыть себе на восемь часов чтение данных больше чем двадцати заявителей",
        _open,
        needs(Permission.READ_PERSONAL_DATA),
    )
