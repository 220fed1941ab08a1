"""What operators do: register receivers, change their keys, switch them off and on, send again."""

from typing import Annotated

import strawberry

from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import Permission
from core.subscriptions import model, service
from core.subscriptions.service import Keyed
from schema.graphql.context import Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs, ordered_by
from schema.graphql.ids import decode_id
from schema.subscriptions.types import Webhook, WebhookKey, WebhookMessage

WebhookKeyResult = Annotated[
    WebhookKey | Refusal,
    strawberry.union("WebhookKeyResult", description="Вебхук с ключом или отказ"),
]
WebhookResult = Annotated[
    Webhook | Refusal, strawberry.union("WebhookResult", description="Вебхук или отказ")
]
WebhookMessageResult = Annotated[
    WebhookMessage | Refusal,
    strawberry.union("WebhookMessageResult", description="Сообщение или отказ"),
]


@strawberry.input(description="Новый вебхук")
class RegisterWebhookInput:
    """A receiver."""

    url: str = field("Адрес приёмника, https; http только в сеть из настроек")
    subject: str = field("По чьим правам составлять сообщения: имя в системе входа")
    events: list[str] | None = optional("О каких событиях; без них обо всех, что ему видны")


@strawberry.input(description="Какому вебхуку сменить ключ")
class RotateWebhookKeyInput:
    """Its id."""

    webhook: strawberry.ID = field("Номер вебхука")


@strawberry.input(description="Какой вебхук отключить")
class DisableWebhookInput:
    """Its id and why."""

    webhook: strawberry.ID = field("Номер вебхука")
    reason: str = field("Причина")


@strawberry.input(description="Какой вебхук включить снова")
class EnableWebhookInput:
    """Its id."""

    webhook: strawberry.ID = field("Номер вебхука")


@strawberry.input(description="Какое сообщение отправить ещё раз")
class ReplayWebhookMessageInput:
    """Its id."""

    message: strawberry.ID = field("Номер сообщения")


@ordered_by(PRACTICE.cite("roles.administrator"))
async def _register(info: Info, given: Input[RegisterWebhookInput]) -> Keyed:
    async with info.context.work() as work:
        return await service.register(work, given.url, given.subject, given.events or ())


@ordered_by(PRACTICE.cite("roles.administrator"))
async def _rotate(info: Info, given: Input[RotateWebhookKeyInput]) -> Keyed:
    number = decode_id(given.webhook, "Webhook")
    async with info.context.work() as work:
        return await service.rotate_key(work, number)


@ordered_by(PRACTICE.cite("roles.administrator"))
async def _disable(info: Info, given: Input[DisableWebhookInput]) -> model.Webhook:
    number = decode_id(given.webhook, "Webhook")
    async with info.context.work() as work:
        return await service.disable(work, number, given.reason)


@ordered_by(PRACTICE.cite("roles.administrator"))
async def _enable(info: Info, given: Input[EnableWebhookInput]) -> model.Webhook:
    number = decode_id(given.webhook, "Webhook")
    async with info.context.work() as work:
        return await service.enable(work, number)


@ordered_by(PRACTICE.cite("roles.administrator"))
async def _replay(info: Info, given: Input[ReplayWebhookMessageInput]) -> model.WebhookMessage:
    number = decode_id(given.message, "WebhookMessage")
    async with info.context.work() as work:
        return await service.replay(work, number)


@strawberry.type
class WebhookMutation:
    """For operators."""

    register_webhook: WebhookKeyResult = field(
        "Зарегистрировать вебхук и узнать ключ его подписи",
        _register,
        needs(Permission.OPERATE),
    )
    rotate_webhook_key: WebhookKeyResult = field(
        "Сменить ключ подписи; сутки подписывают оба", _rotate, needs(Permission.OPERATE)
    )
    disable_webhook: WebhookResult = field("Отключить вебхук", _disable, needs(Permission.OPERATE))
    enable_webhook: WebhookResult = field(
        "Включить вебхук снова: сначала уйдёт то, что ждёт", _enable, needs(Permission.OPERATE)
    )
    replay_webhook_message: WebhookMessageResult = field(
        "Отправить сообщение ещё раз под тем же номером", _replay, needs(Permission.OPERATE)
    )
