"""Codes of webhooks as GraphQL enums."""

from __future__ import annotations

from core.law.russian import Code
from core.subscriptions.model import MessageState, WebhookState
from schema.graphql.enums import described

ENUMS: tuple[type[Code], ...] = (
    described(WebhookState, "Включён ли вебхук"),
    described(MessageState, "Что с сообщением вебхука", name="WebhookMessageState"),
)
