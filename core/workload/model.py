"""Proposals to strengthen the staff, with the figures that they stand on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id


class StaffingProposal(Base):
    """A proposal to `addressee` (a role) as information: it is read, not decided (R25).

    `figures` are the block's load over the days from `period_from` to before `period_to`.
    """

    __tablename__ = "staffing_proposal"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    block: Mapped[str | None] = mapped_column(index=True)
    addressee: Mapped[str]
    text: Mapped[str]
    positions: Mapped[int]
    period_from: Mapped[date]
    period_to: Mapped[date]
    figures: Mapped[dict[str, Any]]
    author: Mapped[str]
    clause: Mapped[str]
    made_at: Mapped[datetime]
