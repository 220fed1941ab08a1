"""What happens to webhooks."""

from __future__ import annotations

from core.kernel.events import EventKind

EVENTS = (
    EventKind("webhook.registered", "вебхук зарегистрирован", "webhook"),
    EventKind("webhook.key_rotated", "ключ подписи вебхука сменён", "webhook"),
    EventKind("webhook.disabled", "вебхук отключён", "webhook"),
    EventKind("webhook.enabled", "вебхук включён снова", "webhook"),
    EventKind("webhook.replayed", "сообщение вебхука отправляется ещё раз", "webhook"),
)
"""Events of webhooks."""
