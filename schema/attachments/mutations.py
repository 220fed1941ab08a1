"""What is said of attachments; files themselves come and go by HTTP."""

from typing import Annotated

import strawberry

from core.appeals.places import settle_place
from core.attachments import model
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import Permission
from schema.attachments.types import Attachment
from schema.graphql.context import Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field
from schema.graphql.guards import needs, ordered_by
from schema.graphql.ids import decode_id

AttachmentResult = Annotated[
    Attachment | Refusal,
    strawberry.union("AttachmentResult", description="Вложение или отказ без изменений"),
]


@strawberry.input(description="Верно ли, что обращение о месте съёмки")
class SettlePlaceInput:
    """Which attachment, and whether its place is the case's."""

    id: strawberry.ID = field("Номер вложения")
    use: bool = field("Да — место съёмки станет местом обращения; нет — оно забывается")


@ordered_by(PRACTICE.cite("roles.coordinator"))
async def _settle(info: Info, given: Input[SettlePlaceInput]) -> model.Attachment:
    async with info.context.work() as work:
        return await settle_place(work, decode_id(given.id, "Attachment"), use=given.use)


@strawberry.type
class AttachmentMutation:
    """Use cases of `core.appeals.places`."""

    settle_place: AttachmentResult = field(
        "Сказать, место ли обращения там, где снято изображение; предлагается один раз",
        _settle,
        needs(Permission.ROUTE),
    )
