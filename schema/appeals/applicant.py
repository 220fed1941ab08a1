"""Who wrote: readable with a permission and a purpose, and every look is journalled."""

from typing import Annotated

import strawberry

from core.appeals.applicants.contact import Contact
from core.appeals.applicants.service import read_contact
from core.appeals.model import Appeal
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.resolvers import journalled


@strawberry.type(description="Заявитель; хранится зашифрованным")
class Applicant:
    """Resolved from `core.appeals.applicants.contact.Contact`."""

    name: str | None = field("Как зовут")
    contact: str | None = field("Куда ответить")
    address: str | None = field("Где живёт")
    answer_to: str | None = field("Кому ответить: названному из подписавших или первому из них")


@journalled
async def applicant_of(
    root: strawberry.Parent[Appeal],
    info: Info,
    purpose: Annotated[
        str, strawberry.argument(description="Зачем нужны данные; остаётся в журнале")
    ],
) -> Contact | None:
    """Resolver of an appeal's `applicant`; the journal is written before the answer leaves."""
    async with info.context.region.work(info.context.actor) as work:
        return await read_contact(work, root, purpose)
