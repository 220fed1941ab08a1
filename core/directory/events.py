"""What happens in the directory."""

from __future__ import annotations

from core.kernel.events import EventKind

EVENTS = (EventKind("body.entered", "орган внесён в справочник или изменён", "body"),)
"""Events of the directory."""
