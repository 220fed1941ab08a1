"""What happens in dealings with partners."""

from __future__ import annotations

from core.kernel.events import EventKind

EVENTS = (
    EventKind("partner.dealt", "взаимодействие с партнёром внесено", "partner_dealing"),
    EventKind("partner.group_dissolved", "совместная группа прекращена", "partner_dealing"),
)
"""Events of dealings."""
