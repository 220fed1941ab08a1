"""How a term of any kind stands: it began, it is due, it was ended or breached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.law.russian import Code


class Standing(Code):
    """How a deadline stands at a moment."""

    NOT_STARTED = "not_started", "ещё не начался"
    RUNNING = "running", "идёт"
    MET = "met", "соблюдён"
    BREACHED = "breached", "нарушен"


@dataclass(frozen=True, slots=True)
class Term:
    """From when to when, and when it was done; aware UTC, `due_at` None until it has begun.

    A breach is dated `due_at`, whenever it was noticed.
    """

    started_at: datetime | None
    due_at: datetime | None
    stopped_at: datetime | None

    def standing(self, now: datetime) -> Standing:
        """Met, breached or running at `now`; the last moment itself is in time."""
        if self.due_at is None:
            return Standing.NOT_STARTED
        if self.stopped_at is not None:
            return Standing.MET if self.stopped_at <= self.due_at else Standing.BREACHED
        return Standing.RUNNING if now <= self.due_at else Standing.BREACHED

    def breached_at(self, now: datetime) -> datetime | None:
        """The moment of the breach, which is the deadline itself."""
        return self.due_at if self.standing(now) is Standing.BREACHED else None
