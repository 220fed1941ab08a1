"""Webhooks, their messages and each sending, as the API shows them; a key is shown once."""

from datetime import datetime
from typing import Any

import strawberry

from core.subscriptions import model
from core.subscriptions.model import MessageState, WebhookState
from core.subscriptions.service import Keyed
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.ids import id_of
from schema.graphql.loaders import Rows

ATTEMPTS = Rows(model.WebhookAttempt.message_id, model.WebhookAttempt.id)
WEBHOOKS = Rows(model.Webhook.id)


def _events(root: strawberry.Parent[model.Webhook]) -> list[str]:
    return [str(one) for one in root.events]


@strawberry.type(description="Вебхук: куда и по чьим правам уходят сообщения о событиях")
class Webhook:
    """Resolved from rows."""

    id: strawberry.ID = field("Номер", id_of)
    url: str = field("Адрес приёмника")
    subject: str = field("По чьим правам: имя в системе входа")
    events: list[str] = field("О каких событиях; пусто означает все, что ему видны", _events)
    state: WebhookState = field("Включён ли")
    reason: str | None = field("Почему отключён")
    registered_at: datetime = field("Когда зарегистрирован")
    disabled_at: datetime | None = field("Когда отключён")
    failing_since: datetime | None = field("С какого момента приёмник не отвечает")
    next_at: datetime | None = field("Раньше этого момента ему ничего не шлют")
    former_until: datetime | None = field("До какого момента подписывает и прежний ключ")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of webhooks are this type."""
        return isinstance(value, model.Webhook)


@strawberry.type(description="Одна отправка сообщения")
class WebhookAttempt:
    """Resolved from rows."""

    at: datetime = field("Когда")
    status: int | None = field("Код ответа HTTP; null, если ответа не было")
    fault: str | None = field("Почему ответа не было")
    milliseconds: int = field("Сколько миллисекунд длилась")


async def _webhook(root: strawberry.Parent[model.WebhookMessage], info: Info) -> model.Webhook:
    found: model.Webhook = await info.context.loaders.load(WEBHOOKS, root.webhook_id)
    return found


async def _sent(
    root: strawberry.Parent[model.WebhookMessage], info: Info
) -> list[model.WebhookAttempt]:
    found: list[model.WebhookAttempt] = await info.context.loaders.load(ATTEMPTS, root.id)
    return found


@strawberry.type(description="Сообщение приёмнику, составленное в миг события")
class WebhookMessage:
    """Resolved from rows; the payload is the receiver's, and is not shown to others."""

    id: strawberry.ID = field("Номер", id_of)
    number: str = field("Номер у приёмника (webhook-id): один у всех отправок")
    webhook: Webhook = field("Кому", _webhook)
    name: str = field("Что произошло")
    subject: str = field("С чем")
    state: MessageState = field("Что с сообщением")
    at: datetime = field("Когда произошло событие")
    next_at: datetime = field("Когда отправлять, если ждёт")
    done_at: datetime | None = field("Когда доставлено или оставлено")
    attempts: list[WebhookAttempt] = field("Все отправки, сначала первая", _sent)

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of messages are this type."""
        return isinstance(value, model.WebhookMessage)


@strawberry.type(description="Вебхук и ключ его подписи: больше ключ нигде не показывается")
class WebhookKey:
    """Resolved from `Keyed`."""

    webhook: Webhook = field("Вебхук")
    key: str = field("Ключ, как его берут библиотеки Standard Webhooks")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """A receiver with its key is this type."""
        return isinstance(value, Keyed)
