"""What happens to attachments."""

from __future__ import annotations

from core.kernel.events import EventKind

REASON = "причина, названная должностным лицом"

EVENTS = (
    EventKind("attachment.added", "приложен файл", "attachment"),
    EventKind("attachment.scanned", "файл проверен антивирусом", "attachment"),
    EventKind("attachment.opened", "файл открыт", "attachment", REASON),
    EventKind("attachment.placed", "сказано, верно ли место съёмки", "attachment"),
    EventKind("attachment.erased", "файлы стёрты", "attachment", REASON),
)
"""Events of attachments."""
