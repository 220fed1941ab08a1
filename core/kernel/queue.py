"""The queue's table: the same rows whether a broker or the serving process works them off."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id
from core.law.russian import Code


class JobState(Code):
    """WAITING is due at `run_at`, RUNNING leased until `leased_until`, PARKED needs an operator."""

    WAITING = "waiting", "ждёт своего времени"
    RUNNING = "running", "выполняется"
    DONE = "done", "выполнено"
    PARKED = "parked", "отложено до решения оператора"


class QueuedJob(Base):
    """One run of a job. `ticket` is unique: a periodic job is queued once a period."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state_run_at", "state", "run_at"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str]
    payload: Mapped[dict[str, Any]]
    ticket: Mapped[str | None] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default=JobState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[datetime]
    run_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    holder: Mapped[str | None]
    """Which process has it in hand: `core/worker/holders.py`."""

    finished_at: Mapped[datetime | None]
    error: Mapped[str | None]
