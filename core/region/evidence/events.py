"""What happens to packages of evidence."""

from __future__ import annotations

from core.kernel.events import EventKind

EVENTS = (
    EventKind(
        "evidence.handed_out",
        "пакет доказательств выдан",
        "evidence_package",
        "кому и на каком основании выдан",
    ),
)
"""Events of packages of evidence."""
