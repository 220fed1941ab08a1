"""What is broken in the system itself, as a table."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id


class Incident(Base):
    """Something of the system's own is broken, such as a route; repeated ones are counted."""

    __tablename__ = "incident"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    text: Mapped[str]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    times: Mapped[int]
    resolved_at: Mapped[datetime | None]
