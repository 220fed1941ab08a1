"""The card of a reception, which names the citizen: every look at it is journalled."""

from typing import Annotated

import strawberry

from core.appeals.model import Appeal
from core.appeals.reception.service import card_text
from schema.graphql.context import Info
from schema.graphql.resolvers import journalled


@journalled
async def card_of(
    root: strawberry.Parent[Appeal],
    info: Info,
    purpose: Annotated[
        str, strawberry.argument(description="Зачем нужна карточка; остаётся в журнале")
    ],
) -> str | None:
    """Resolver of an appeal's `receptionCard`."""
    async with info.context.region.work(info.context.actor) as work:
        return await card_text(work, root, purpose)
