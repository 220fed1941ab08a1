"""What happens to municipal centres."""

from __future__ import annotations

from core.api import EventKind

EVENTS = (EventKind("municipal_centre.recorded", "внесён муниципальный центр", "municipality"),)
"""Events of the municipal layer."""
