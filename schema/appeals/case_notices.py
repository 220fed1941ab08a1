"""Notices as whoever handles a case sees them: how far each has come, without its recipient."""

from typing import Annotated, Any

import strawberry

from core.appeals.delivery import another_way, disclosures, recalls
from core.appeals.delivery.departures import PROVEN
from core.appeals.delivery.disclosures import Disclosed
from core.appeals.model import Appeal as AppealRow
from core.appeals.notices import model
from core.kernel.codes import Permission
from schema.appeals.allowed import takes
from schema.appeals.case_notice import CaseNotice
from schema.appeals.loaders import APPEALS
from schema.appeals.steps import AppealResult, DispatchInput, ReasonedInput
from schema.appeals.types import Appeal
from schema.graphql.context import Info
from schema.graphql.documents.limits import USUAL_PAGE
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field
from schema.graphql.guards import needs, ordered_by
from schema.graphql.ids import GlobalId, decode_id
from schema.graphql.paging import First, Window
from schema.graphql.resolvers import related


def _itself(root: strawberry.Parent[Any]) -> Any:
    return root


@strawberry.type(description="Уведомление, которое не дошло, и обращение, по которому оно написано")
class TroubledNotice:
    """Resolved from rows of notices."""

    notice: CaseNotice = field("Уведомление и что с ним можно сделать", _itself)
    appeal: Appeal | None = field(
        "Обращение; null, если вам оно не видно", related(APPEALS, model.Notice.appeal_id)
    )


@strawberry.type(description="Сведение о другом человеке в тексте ответа")
class Disclosure:
    """Resolved from `core.appeals.delivery.disclosures.Disclosure`."""

    kind: Disclosed = field("Что это")
    start: int = field("С какого знака текста, считая с нуля")
    end: int = field("До какого знака, не включая его")
    text: str = field("Как написано")


AnotherWayResult = Annotated[
    CaseNotice | Refusal,
    strawberry.union("AnotherWayResult", description="Новое уведомление или отказ"),
]


@strawberry.input(description="Каким способом направить то, что не дошло")
class AnotherWayInput:
    """Which notice, and how it goes now."""

    notice: strawberry.ID = field("Номер уведомления, которое не дошло")
    dispatch: DispatchInput = field("Способ: другой адрес с основанием или бумага с номером")


async def _troubled(info: Info, first: First = USUAL_PAGE) -> list[model.Notice]:
    size = Window(first=first).size(info.context.region.settings.max_page)
    async with info.context.reading() as work:
        query = another_way.troubled(work.actor).order_by(model.Notice.id).limit(size)
        return list(await work.session.scalars(query))


async def _disclosures(info: Info, number: GlobalId) -> list[disclosures.Disclosure]:
    async with info.context.work() as work:
        return await disclosures.answer_disclosures(work, decode_id(number, "Appeal"))


@ordered_by(PROVEN)
async def _another_way(info: Info, given: Input[AnotherWayInput]) -> model.Notice:
    number = decode_id(given.notice, "Notice")
    async with info.context.work() as work:
        return await another_way.send_another_way(work, number, given.dispatch.content())


@takes(recalls.RECALL)
async def _recall(info: Info, given: Input[ReasonedInput]) -> AppealRow:
    async with info.context.work() as work:
        return await recalls.recall(
            work, given.number, given.reason, expected_version=given.expected_version
        )


@strawberry.type
class CaseNoticeQuery:
    """What whoever answers has to look at."""

    troubled_notices: list[TroubledNotice] = field(
        "Уведомления, которые не дошли и ещё не направлены иначе, сначала давние",
        _troubled,
        needs(Permission.ANSWER),
    )
    answer_disclosures: list[Disclosure] = field(
        "Имена, телефоны, адреса и номера других людей в последнем ответе: посмотрите до отправки;"
        " чтение остаётся в журнале",
        _disclosures,
        needs(Permission.READ_CONTENT),
    )


@strawberry.type
class CaseNoticeMutation:
    """Before a letter leaves, and after it did not arrive."""

    recall_answer: AppealResult = field(
        "Отозвать подписанный ответ, пока он не ушёл: он снова проект, срок не останавливался",
        _recall,
        needs(Permission.ANSWER),
    )
    send_notice_another_way: AnotherWayResult = field(
        "Направить то, что не дошло, по другому адресу, на бумаге или ещё раз",
        _another_way,
        needs(Permission.ANSWER),
    )
