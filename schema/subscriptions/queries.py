"""What operators look at: receivers, and what was or was not delivered to them."""

from typing import Annotated

import strawberry

from core.db.keyset import Order
from core.kernel.codes import Permission
from core.subscriptions import model, service
from core.subscriptions.model import MessageState
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs
from schema.graphql.ids import decode_id
from schema.graphql.paging import After, Before, Connection, First, Last, Page, Window, load_page
from schema.subscriptions.types import Webhook, WebhookMessage

LATEST = Order((model.WebhookMessage.id,), descending=True)


async def _webhooks(info: Info) -> list[model.Webhook]:
    async with info.context.reading() as work:
        query = service.webhooks(work.actor).order_by(model.Webhook.id)
        return list(await work.session.scalars(query))


async def _messages(
    info: Info,
    webhook: Annotated[
        strawberry.ID | None, strawberry.argument(description="Кому: номер вебхука")
    ] = None,
    state: Annotated[
        MessageState | None, strawberry.argument(description="В каком состоянии")
    ] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Page[model.WebhookMessage]:
    number = None if webhook is None else decode_id(webhook, "Webhook")
    query = service.messages(info.context.actor, number, state)
    return await load_page(info.context, query, LATEST, Window(first, after, last, before))


@strawberry.type
class WebhookQuery:
    """For operators."""

    webhooks: list[Webhook] = field(
        "Вебхуки в порядке регистрации", _webhooks, needs(Permission.OPERATE)
    )
    webhook_messages: Connection[WebhookMessage] = field(
        "Журнал доставки вебхуков за тридцать дней, новое первым",
        _messages,
        needs(Permission.OPERATE),
    )
