"""Counters of registration numbers."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base


class Counter(Base):
    """The last number given under a key such as `appeal/2026`."""

    __tablename__ = "counter"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]
