"""A table of the region's own, so that its branch of migrations has something to do."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.api import Base, Id


class Trial(Base):
    """One trial held on the testing ground by a body."""

    __tablename__ = "polygon_trial"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    held_at: Mapped[datetime]
