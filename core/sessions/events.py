"""What happens to sessions of the board."""

from __future__ import annotations

from core.kernel.events import EventKind

EVENTS = (
    EventKind("session.opened", "сотрудник вошёл на доску", "session"),
    EventKind("session.closed", "сотрудник вышел с доски", "session"),
)
"""Events of sessions; the subject is the session, never its name."""
