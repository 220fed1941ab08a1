"""A session of the board: the cookie has a random name for it, and nothing else."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id


class Session(Base):
    """Somebody signed in: `digest` is the hash of the cookie, `subject` whose rights it has.

    It ends at `ends_at` at the latest, or when nobody has used it for a while, or at `closed_at`.
    """

    __tablename__ = "session"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    subject: Mapped[str] = mapped_column(String(255), index=True)
    opened_at: Mapped[datetime]
    used_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    closed_at: Mapped[datetime | None]
