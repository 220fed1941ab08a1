"""What happens to requests of materials."""

from __future__ import annotations

from core.kernel.events import EventKind

EVENTS = (
    EventKind("request.answered", "материалы по запросу представлены", "material_request"),
    EventKind("request.asked", "материалы запрошены", "material_request"),
    EventKind("request.breached", "запрос не исполнен в срок", "material_request"),
    EventKind("request.refused", "в материалах отказано", "material_request"),
    EventKind("request.reminded", "напоминание о запросе", "material_request"),
    EventKind("request.withdrawn", "запрос отозван", "material_request"),
)
"""Events of requests."""
