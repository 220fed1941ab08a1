"""What happens around workload."""

from __future__ import annotations

from core.kernel.events import EventKind

EVENTS = (EventKind("staffing.proposed", "внесено предложение по кадрам", "staffing_proposal"),)
"""Events of workload."""
