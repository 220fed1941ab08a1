"""The table of notes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id


class Note(Base):
    """What an official noted, for officials; triggers refuse UPDATE and DELETE.

    `corrects_id` is the note in whose place this one stands.
    """

    __tablename__ = "note"
    __table_args__ = (Index("ix_note_appeal_id", "appeal_id", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("note.id"))
    actor: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]
