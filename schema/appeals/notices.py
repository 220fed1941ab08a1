"""Notices to applicants: a channel takes them away and reports what it has sent."""

from datetime import datetime
from typing import Annotated, Any

import strawberry

from core.appeals.delivery.reports import PROVEN, Report, confirm, tell
from core.appeals.delivery.status import checked_status
from core.appeals.notices import model, service
from core.appeals.notices.links.service import letter
from core.appeals.notices.model import NoticeKind
from core.appeals.notices.recipients import Addressee, release_recipient
from core.appeals.notices.states import NoticeState
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal as CoreRefusal
from core.kernel.texts import seconds
from schema.appeals.loaders import CODES, LINKS, NOTICED
from schema.graphql.context import Info
from schema.graphql.documents.limits import USUAL_PAGE
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs, ordered_by
from schema.graphql.ids import decode_id, global_id, id_of
from schema.graphql.paging import First, Window
from schema.graphql.resolvers import derived, journalled, related


@strawberry.type(description="Обращение, по которому написано уведомление")
class NoticedAppeal:
    """Resolved from rows of appeals: what a channel has to know of one."""

    id: strawberry.ID = field("Глобальный номер", id_of)
    number: str = field("Регистрационный номер")
    external_id: str = field("Номер в системе, из которой пришло")


@strawberry.type(description="Кому написано уведомление")
class NoticeRecipient:
    """Resolved from `core.appeals.notices.recipients.Addressee`."""

    name: str | None = field("Как зовут")
    address: str | None = field("Куда: как адрес назвал заявитель")


@journalled
async def _recipient(root: strawberry.Parent[model.Notice], info: Info) -> Addressee:
    async with info.context.region.work(info.context.actor) as work:
        return await release_recipient(work, root)


@derived(model.Notice.attachments)
def _attachments(root: model.Notice, info: Info) -> list[str]:
    return [global_id("Attachment", one) for one in root.attachments]


async def _text(root: strawberry.Parent[model.Notice], info: Info) -> str:
    """Whoever may not send it has the text without what only its reader may know."""
    region = info.context.region
    if not info.context.actor.may(Permission.SEND_NOTICES):
        return root.text
    kind = CODES if root.kind == NoticeKind.CODE else LINKS
    carried = await info.context.loaders.load(kind, root.id)
    address = f"{region.settings.public_url}/{region.code}"
    return letter(root, next(iter(carried), None), region.keys, address)


@strawberry.type(description="Уведомление заявителю")
class Notice:
    """Resolved from rows."""

    id: strawberry.ID = field("Номер", id_of)
    kind: NoticeKind = field("О чём")
    channel: str = field("Ключ канала, которым его отправить")
    appeal: NoticedAppeal = field("По какому обращению", related(NOTICED, model.Notice.appeal_id))
    recipient: NoticeRecipient = field(
        "Кому; каждое чтение остаётся в журнале", _recipient, needs(Permission.SEND_NOTICES)
    )
    subject: str = field("Тема письма")
    text: str = field("Текст письма целиком, со ссылкой или кодом, без адресата", _text)
    attachments: list[str] = field("Номера вложений, которые уходят с уведомлением", _attachments)
    due_at: datetime | None = field("Последний момент срока, который этим письмом заканчивается")
    state: NoticeState = field("Как далеко оно дошло")
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


@strawberry.input(description="Что стало с уведомлением")
class NoticeReportInput:
    """What whoever delivers says of one."""

    id: strawberry.ID = field("Номер уведомления")
    state: NoticeState = field(
        "Передано или нет, задержалось, вернулось; CONFIRMED — только по подтверждению"
    )
    at: datetime | None = optional("Когда это случилось; без него сейчас")
    status: str | None = optional("Код по RFC 3463, например 5.1.1")


@strawberry.input(description="Что стало с уведомлениями")
class ReportNoticesInput:
    """What is told of them."""

    reports: list[NoticeReportInput] = field("О каждом уведомлении один раз")


async def _pending(
    info: Info,
    channel: Annotated[str, strawberry.argument(description="Ключ канала")],
    first: First = USUAL_PAGE,
) -> list[model.Notice]:
    size = Window(first=first).size(info.context.region.settings.max_page)
    async with info.context.reading() as work:
        return await service.pending_notices(work, channel, size)


def _require_few(info: Info, number: int) -> None:
    most = info.context.region.settings.max_page
    if number > most:
        text = f"За один раз отмечается не больше {most} уведомлений"
        raise CoreRefusal(RefusalCode.TOO_MUCH, text)


@ordered_by(PROVEN)
async def _report(info: Info, given: Input[ReportNoticesInput]) -> ConfirmedNotices:
    _require_few(info, len(given.reports))
    told = {
        decode_id(one.id, "Notice"): Report(
            one.state, seconds(one.at) or info.context.now, checked_status(one.status)
        )
        for one in given.reports
    }
    async with info.context.work() as work:
        rows: list[Any] = await tell(work, told)
    return ConfirmedNotices(notices=rows)


@ordered_by(PROVEN)
async def _confirm(info: Info, given: Input[ConfirmNoticesInput]) -> ConfirmedNotices:
    _require_few(info, len(given.ids))
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
    report_notices: ConfirmResult = field(
        "Сообщить, что стало с уведомлениями: ответ среди них этим отправлен, вручён или вернулся;"
        " что не новость, ничего не меняет",
        _report,
        needs(Permission.SEND_NOTICES),
    )
