"""Taking back the links by which the page of an appeal is opened without a login."""

from typing import Annotated

import strawberry

from core.appeals.notices.links import service
from core.kernel.codes import Permission
from schema.appeals.allowed import takes
from schema.graphql.context import Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field
from schema.graphql.guards import needs
from schema.graphql.ids import decode_id


@strawberry.input(description="Чьи ссылки отозвать: письмо попало не к тому или потеряно")
class RevokeLinksInput:
    """The appeal, and why."""

    id: strawberry.ID = field("Номер обращения")
    reason: str = field("Почему ссылки отзываются")


@strawberry.type(description="Отозванные ссылки; следующее письмо придёт с новой")
class RevokedLinks:
    """How many there were."""

    count: int = field("Сколько действующих ссылок отозвано")


RevokeLinksResult = Annotated[
    RevokedLinks | Refusal,
    strawberry.union("RevokeLinksResult", description="Отозванные ссылки или отказ"),
]


@takes(service.REVOKE)
async def _revoke(info: Info, given: Input[RevokeLinksInput]) -> RevokedLinks:
    async with info.context.work() as work:
        number = decode_id(given.id, "Appeal")
        return RevokedLinks(count=await service.revoke_links(work, number, given.reason))


@strawberry.type
class LinkMutation:
    """For whoever acts at the applicant's word and hears that a letter was lost."""

    revoke_links: RevokeLinksResult = field(
        "Отозвать все ссылки на страницу обращения", _revoke, needs(Permission.WITHDRAW)
    )
