"""A notice of a case: how far it has come. Its text and recipient are for whoever sends it."""

from datetime import datetime
from typing import Any

import strawberry

from core.appeals.delivery.another_way import NextStep
from core.appeals.delivery.another_way import next_steps as steps_of
from core.appeals.delivery.status import words_of
from core.appeals.notices import model
from core.appeals.notices.model import NoticeKind
from core.appeals.notices.states import NoticeState
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.ids import id_of
from schema.graphql.resolvers import derived


@derived(model.Notice.status)
def _reason(root: model.Notice, info: Info) -> str | None:
    fine = root.status is None or root.status.startswith("2")
    return None if fine else words_of(root.status)


@derived(model.Notice.state, model.Notice.replaced_by_id)
def _next_steps(root: model.Notice, info: Info) -> list[NextStep]:
    return steps_of(root)


@derived(model.Notice.replaced_by_id)
def _replaced(root: model.Notice, info: Info) -> bool:
    return root.replaced_by_id is not None


@strawberry.type(description="Уведомление заявителю в деле: как далеко оно дошло")
class CaseNotice:
    """Resolved from rows of notices."""

    id: strawberry.ID = field("Номер", id_of)
    kind: NoticeKind = field("О чём")
    channel: str = field("Ключ канала, которым оно отправляется")
    subject: str = field("Тема письма")
    state: NoticeState = field("Где оно; «доставлено» — только когда это подтверждено")
    state_at: datetime | None = field("С какого момента оно в этом состоянии")
    reason: str | None = field("Почему не дошло или ждёт, по коду почтового сервера", _reason)
    attempts: int = field("Сколько раз сервер отказал его принять")
    number: str | None = field("Номер реестра или отправления, если ушло на бумаге")
    written_at: datetime = field("Когда написано")
    send_at: datetime | None = field("Раньше какого момента не уйдёт; до него ответ можно отозвать")
    sent_at: datetime | None = field("Когда передано для доставки")
    next_steps: list[NextStep] = field("Что с ним можно сделать, если оно не дошло", _next_steps)
    replaced: bool = field("Направлено ли вместо него другое", _replaced)

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of notices are this type."""
        return isinstance(value, model.Notice)
