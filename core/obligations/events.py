"""What happens to obligations."""

from __future__ import annotations

from core.kernel.events import EventKind

WHO = "служебные номера лиц"

EVENTS = (
    EventKind("feed.issued", "адрес календаря обязанностей выдан", "feed", WHO),
    EventKind("feed.revoked", "адрес календаря обязанностей отозван", "feed", WHO),
    EventKind("obligation.breached", "обязанность не исполнена в срок", "obligation", WHO),
    EventKind("obligation.decided", "обязанность или её срок установлены", "obligation_decision"),
    EventKind("obligation.dropped", "обязанность отпала до срока", "obligation"),
    EventKind("obligation.done", "обязанность исполнена", "obligation"),
    EventKind("obligation.reminded", "напоминание об обязанности", "obligation"),
    EventKind("obligation.undone", "исполнение обязанности отозвано", "obligation"),
)
"""Events of obligations."""
