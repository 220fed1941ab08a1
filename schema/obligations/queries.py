"""Obligations: of a year, and one's own."""

from typing import Annotated

import strawberry

from core.kernel.codes import Permission
from core.obligations.calendar import Listed, calendar, own_obligations
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs
from schema.obligations.types import Obligation

Year = Annotated[
    int | None, strawberry.argument(description="Календарный год; нынешний, если не указан")
]
READ = needs(Permission.READ_DOCUMENTS)


async def _obligations(info: Info, year: Year = None) -> list[Listed]:
    async with info.context.reading() as work:
        return await calendar(work, year or work.today.year)


async def _own(info: Info) -> list[Listed]:
    async with info.context.reading() as work:
        return await own_obligations(work)


@strawberry.type
class ObligationQuery:
    """What is owed."""

    obligations: list[Obligation] = field("Обязанности года по сроку", _obligations, READ)
    my_obligations: list[Obligation] = field("Мои обязанности по сроку", _own, READ)
