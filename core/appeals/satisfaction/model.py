"""Surveys, one a closing, and disputes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id


class Survey(Base):
    """The question after one closing; any link of the appeal leads to the newest."""

    __tablename__ = "survey"
    __table_args__ = (UniqueConstraint("appeal_id", "closing"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"))
    closing: Mapped[int]
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    mark: Mapped[int | None]
    comment: Mapped[str | None]


class Dispute(Base):
    """An applicant does not accept the result; judged outside the executor's line.

    Where the appeal stood then: the body that answered, block, theme and municipality.
    `by_appeal_id` is the new case by which it was filed, None by the survey's link (R46); `due_at`
    the last moment to judge it, of a new appeal that of its own answer, None of an old one that
    nobody has dated yet; `withdrawn_at` when the applicant took the disputed appeal back, so that
    nobody has to judge.
    """

    __tablename__ = "dispute"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    survey_id: Mapped[int | None] = mapped_column(ForeignKey("survey.id"))
    by_appeal_id: Mapped[int | None] = mapped_column(ForeignKey("appeal.id"))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    block: Mapped[str | None]
    theme: Mapped[str | None]
    municipality: Mapped[str | None]
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    reason: Mapped[str]
    judged_at: Mapped[datetime | None]
    judge: Mapped[str | None]
    upheld: Mapped[bool | None]
    verdict: Mapped[str | None]
