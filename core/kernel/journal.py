"""The journal's table; triggers of the migration refuse UPDATE and DELETE on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id
from core.kernel.sealing.forms import Form
from core.kernel.sealing.rows import seals


class JournalEntry(Base):
    """One change, or one look at personal data. `subject` is as in `appeal:12`."""

    __tablename__ = "journal"
    __table_args__ = (Index("ix_journal_subject", "subject", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    name: Mapped[str]
    subject: Mapped[str]
    cause: Mapped[str | None]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    seal: Mapped[bytes | None]
    salts: Mapped[bytes | None]


JOURNAL_FORM = Form(
    "journal", ("at", "actor", "name", "subject", "cause", "before", "after"), personal=("cause",)
)
seals(JournalEntry, JOURNAL_FORM)
