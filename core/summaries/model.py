"""Tables of summaries: what was told of a period, and the cases behind it as they then were."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id
from core.kernel.sealing.forms import Form
from core.kernel.sealing.rows import seals
from core.law.russian import Code


class Stretch(Code):
    """Of which days a case is: of the period itself, or of those it is compared with."""

    PERIOD = "period", "за период"
    BEFORE = "before", "предыдущий период"
    WEEK = "week", "неделю назад"


class Summary(Base):
    """The figures of a closed period, local days from `start` to before `end`, at one moment.

    `figures` are what was counted, each with what its cases have in common.
    """

    __tablename__ = "summary"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(index=True)
    block: Mapped[str | None]
    start: Mapped[date]
    end: Mapped[date]
    figures: Mapped[list[Any]]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    actor: Mapped[str]
    taken_at: Mapped[datetime]
    seal: Mapped[bytes | None]
    salts: Mapped[bytes | None]


SUMMARY_FORM = Form(
    "summary",
    ("kind", "block", "start", "end", "figures", "document_id", "actor", "taken_at"),
)
seals(Summary, SUMMARY_FORM)


class SummaryCase(Base):
    """A case as it was counted: it is never changed, whatever becomes of the case."""

    __tablename__ = "summary_case"
    __table_args__ = (Index("ix_summary_case_summary_id", "summary_id", "stretch"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    summary_id: Mapped[int] = mapped_column(ForeignKey("summary.id"))
    stretch: Mapped[str]
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"))
    channel: Mapped[str | None]
    theme: Mapped[str | None]
    block: Mapped[str | None]
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    charge: Mapped[str]
    state: Mapped[str]
    answered: Mapped[bool]
    late: Mapped[bool]
    solved: Mapped[bool]
