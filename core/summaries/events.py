"""What happens to summaries."""

from __future__ import annotations

from core.kernel.events import EventKind

EVENTS = (EventKind("summary.taken", "показатели периода зафиксированы", "summary"),)
"""Events of summaries."""
