"""What happens to letters."""

from __future__ import annotations

from core.kernel.events import EventKind

EVENTS = (
    EventKind("letter.kept", "письмо получено и сохранено целиком", "letter"),
    EventKind("letter.told", "письмо разобрано: что это и к какому обращению", "letter"),
    EventKind("letter.reported", "получен отчёт о доставке или прочтении", "letter"),
    EventKind("letter.said", "сказано, чем является письмо", "letter"),
    EventKind("letter.opened", "прочитано содержание письма", "letter", "цель чтения"),
)
"""Events of incoming letters."""
