"""On what ground and by which proof an appeal was left without an answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id


class Conclusion(Base):
    """The decision behind the entry `seq` of the ledger.

    `proof` is what `Proof` holds, without what was not asked for; its passage may quote the
    appeal. `decided_by` is the office and the name of who decided, `actor` his name at login.
    """

    __tablename__ = "conclusion"
    __table_args__ = (UniqueConstraint("appeal_id", "seq"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"))
    seq: Mapped[int]
    outcome: Mapped[str]
    clause: Mapped[str]
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    decided_by: Mapped[str]
    actor: Mapped[str]
    decided_at: Mapped[datetime]
    proof: Mapped[dict[str, Any]]
