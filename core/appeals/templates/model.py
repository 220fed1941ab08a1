"""Templates of answers; a retired one stays, so that what was answered by it can be told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id


class AnswerTemplate(Base):
    """A text with gaps for the answers of a theme, of every theme where `theme` is None."""

    __tablename__ = "answer_template"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    theme: Mapped[str | None] = mapped_column(index=True)
    title: Mapped[str]
    text: Mapped[str]
    author: Mapped[str]
    written_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
