"""How far an import of a file has come, so that it can go on after a crash."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id


class ImportRun(Base):
    """One file under one mapping; `position` is the number of rows done, counts add up to it."""

    __tablename__ = "import_run"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    position: Mapped[int]
    added: Mapped[int]
    known: Mapped[int]
    differing: Mapped[int]
    rejected: Mapped[int]
    routed: Mapped[int]
    appeals: Mapped[int] = mapped_column(default=0)
    messages: Mapped[int] = mapped_column(default=0)
    no_deadline: Mapped[int] = mapped_column(default=0)
    no_theme: Mapped[int] = mapped_column(default=0)
    registered_late: Mapped[int] = mapped_column(default=0)
    warned: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
