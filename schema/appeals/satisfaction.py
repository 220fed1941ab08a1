"""Surveys and disputes: what the applicant thinks of the result, and who was right."""

from datetime import datetime
from typing import Any

import strawberry

from core.appeals.satisfaction import model
from core.appeals.satisfaction.terms import is_late
from schema.appeals.content import DISPUTE, SURVEY, content_of
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.ids import id_of
from schema.graphql.resolvers import derived


@strawberry.type(description="Опрос после закрытия")
class Survey:
    """Resolved from rows."""

    closing: int = field("После какого по счёту закрытия")
    issued_at: datetime = field("Когда отправлен")
    expires_at: datetime = field("До какого момента можно ответить")
    answered_at: datetime | None = field("Когда заявитель ответил")
    mark: int | None = field("Оценка от 1 до 5")
    comment: str | None = content_of("Слова заявителя", SURVEY, model.Survey.comment)

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of surveys are this type."""
        return isinstance(value, model.Survey)


@derived(model.Dispute.due_at, model.Dispute.judged_at, model.Dispute.withdrawn_at)
def _overdue(root: model.Dispute, info: Info) -> bool:
    return is_late(root, info.context.now)


@strawberry.type(description="Спор: заявитель не согласен с результатом")
class Dispute:
    """Resolved from rows."""

    id: strawberry.ID = field("Номер", id_of)
    opened_at: datetime = field("Когда открыт")
    due_at: datetime | None = field(
        "Последний момент для решения: у возражения новым обращением — срок ответа на обращение"
    )
    overdue: bool = field("Рассмотрен с опозданием или уже просрочен", _overdue)
    withdrawn_at: datetime | None = field("Когда заявитель отозвал оспоренное обращение")
    reason: str | None = content_of("Почему заявитель не согласен", DISPUTE, model.Dispute.reason)
    judged_at: datetime | None = field("Когда рассмотрен")
    judge: str | None = field("Кто рассмотрел: имя в системе входа")
    upheld: bool | None = field("Прав ли заявитель; тогда обращение вернулось в работу")
    verdict: str | None = content_of("Решение", DISPUTE, model.Dispute.verdict)

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of disputes are this type."""
        return isinstance(value, model.Dispute)
