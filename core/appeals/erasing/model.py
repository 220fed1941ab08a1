"""Orders to erase, and what holds them up."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id


class Erasure(Base):
    """An order to erase these appeals' persons; carried out at `done_at`, else to be gone on with.

    `extract` counts the destroyed values by table and column, `plain_until` is the last day on
    which a backup still has them. Rows are kept for good: the law wants three years.
    """

    __tablename__ = "erasure"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    appeals: Mapped[list[Any]]
    ground: Mapped[str]
    actor: Mapped[str]
    ordered_at: Mapped[datetime]
    plain_until: Mapped[date]
    done_at: Mapped[datetime | None]
    extract: Mapped[dict[str, Any]]


class ErasureHold(Base):
    """While it is not lifted, nothing of the appeal is erased: a dispute, a court, an audit."""

    __tablename__ = "erasure_hold"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    ground: Mapped[str]
    placed_by: Mapped[str]
    placed_at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
