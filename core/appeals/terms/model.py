"""A term of an appeal that does not govern its answer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id


class AppealTerm(Base):
    """The `ordinal`-th term that the rule has begun for the appeal, from 1; moments are aware UTC.

    `name` and `clause` are the rule's. What began and ended in time by one step has no row.
    `breached_at` is the deadline itself, whenever the breach was noticed.
    """

    __tablename__ = "appeal_term"
    __table_args__ = (UniqueConstraint("appeal_id", "rule", "ordinal"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"))
    rule: Mapped[str]
    ordinal: Mapped[int]
    name: Mapped[str]
    clause: Mapped[str]
    due_at: Mapped[datetime]
    running: Mapped[bool]
    breached_at: Mapped[datetime | None]


RUNS: ColumnElement[bool] = AppealTerm.running == true()
Index(
    "ix_appeal_term_running",
    AppealTerm.due_at,
    AppealTerm.id,
    sqlite_where=RUNS,
    postgresql_where=RUNS,
)
