"""How a term of any kind stands: it began, it is due, it was ended or breached."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from core.law.russian import Code


class Standing(Code):
    """How a deadline stands at a moment."""

    NOT_STARTED = "not_started", "ещё не начался"
    RUNNING = "running", "идёт"
    MET = "met", "соблюдён"
    BREACHED = "breached", "нарушен"
    NOT_ESTABLISHED = "not_established", "не установлено, соблюдён ли"


@dataclass(frozen=True, slots=True)
class Term:
    """From when to when, and when it was done; aware UTC, `due_at` None until it has begun.

    A breach is dated `due_at`, whenever it was noticed. Where the beginning is presumed, what was
    done after `due_at`, but by `doubt_until`, is neither in time nor late; where the end is, no
    verdict stands at all (R54).
    """

    started_at: datetime | None
    due_at: datetime | None
    stopped_at: datetime | None
    doubt_until: datetime | None = field(default=None, kw_only=True)
    presumed_end: bool = field(default=False, kw_only=True)

    def standing(self, now: datetime) -> Standing:
        """Met, breached or running at `now`; the last moment itself is in time."""
        if self.due_at is None:
            return Standing.NOT_STARTED
        if self.presumed_end:
            return Standing.NOT_ESTABLISHED
        moment = self.stopped_at or now
        if moment <= self.due_at:
            return Standing.RUNNING if self.stopped_at is None else Standing.MET
        doubtful = self.doubt_until is not None and moment <= self.doubt_until
        return Standing.NOT_ESTABLISHED if doubtful else Standing.BREACHED

    def breached_at(self, now: datetime) -> datetime | None:
        """The moment of the breach, which is the deadline itself."""
        return self.due_at if self.standing(now) is Standing.BREACHED else None
