"""Notices to applicants: a channel takes them away and reports what it has sent."""

from datetime import datetime
from typing import Annotated, Any

import strawberry

from core.appeals.delivery.reports import confirm
from core.appeals.notices import model, service
from core.appeals.notices.model import NoticeKind
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal as CoreRefusal
from schema.graphql.context import Info
from schema.graphql.documents.limits import USUAL_PAGE
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field
from schema.graphql.guards import needs
from schema.graphql.ids import decode_id, id_of
from schema.graphql.paging import First, Window


@strawberry.type(description="Уведомление заявителю")
class Notice:
    """Resolved from rows."""

    id: strawberry.ID = field("Номер", id_of)
    kind: NoticeKind = field("О чём")
    channel: str = field("Ключ канала, которым его отправить")
    text: str = field("Текст письма целиком, без адресата")
    written_at: datetime = field("Когда написано")
    sent_at: datetime | None = field("Когда отправлено")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of notices are this type."""
        return isinstance(value, model.Notice)


@strawberry.type(description="Отправленные уведомления")
class ConfirmedNotices:
    """What was confirmed."""

    notices: list[Notice] = field("Уведомления")


ConfirmResult = Annotated[
    ConfirmedNotices | Refusal,
    strawberry.union("ConfirmNoticesResult", description="Отмеченные уведомления или отказ"),
]


@strawberry.input(description="Какие уведомления отправлены")
class ConfirmNoticesInput:
    """Their ids."""

    ids: list[strawberry.ID] = field("Номера уведомлений")


async def _pending(
    info: Info,
    channel: Annotated[str, strawberry.argument(description="Ключ канала")],
    first: First = USUAL_PAGE,
) -> list[model.Notice]:
    size = Window(first=first).size(info.context.region.settings.max_page)
    async with info.context.reading() as work:
        return await service.pending_notices(work, channel, size)


async def _confirm(info: Info, given: Input[ConfirmNoticesInput]) -> ConfirmedNotices:
    most = info.context.region.settings.max_page
    if len(given.ids) > most:
        text = f"За один раз отмечается не больше {most} уведомлений"
        raise CoreRefusal(RefusalCode.TOO_MUCH, text)
    numbers = [decode_id(one, "Notice") for one in given.ids]
    async with info.context.work() as work:
        rows: list[Any] = await confirm(work, numbers)
    return ConfirmedNotices(notices=rows)


@strawberry.type
class NoticeQuery:
    """For the service that sends."""

    pending_notices: list[Notice] = field(
        "Старейшие неотправленные уведомления канала", _pending, needs(Permission.SEND_NOTICES)
    )


@strawberry.type
class NoticeMutation:
    """For the service that sends."""

    confirm_notices: ConfirmResult = field(
        "Отметить отправленные; ответ среди них этим отправлен, отмеченные раньше не меняются",
        _confirm,
        needs(Permission.SEND_NOTICES),
    )
