"""What was escalated to whom, and incidents that an operator must see."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id


class Escalation(Base):
    """One rung reached by one appeal for one person; `round` counts repeats from 0.

    `due_at` is the end of the term that had reached it: another term begins the ladder again.
    `term` is the key of its rule where it is not the term that governs the answer.
    `day_off` marks a term that ends on a day off: departments count it otherwise (R67).
    """

    __tablename__ = "escalation"
    __table_args__ = (
        UniqueConstraint("appeal_id", "step", "person_id", "round"),
        Index("ix_escalation_person_id", "person_id", "digest_on"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    step: Mapped[str]
    term: Mapped[str | None]
    clause: Mapped[str]
    round: Mapped[int]
    due_at: Mapped[datetime]
    raised_at: Mapped[datetime]
    digest_on: Mapped[date]
    day_off: Mapped[bool] = mapped_column(default=False)
