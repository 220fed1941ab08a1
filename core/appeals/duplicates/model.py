"""Clusters and the proposals to join them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id


class Cluster(Base):
    """Cases about the same problem; membership is the appeal's `cluster_id`."""

    __tablename__ = "cluster"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    opened_at: Mapped[datetime]
    theme: Mapped[str | None]
    municipality: Mapped[str | None]


class DuplicateProposal(Base):
    """Two cases look like one problem; `score` is in thousandths, `reasons` Russian."""

    __tablename__ = "duplicate_proposal"
    __table_args__ = (UniqueConstraint("appeal_id", "other_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    score: Mapped[int]
    reasons: Mapped[str]
    proposed_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    joined: Mapped[bool | None]
