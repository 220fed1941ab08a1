"""Notices to applicants, taken away by the channel they came through."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id
from core.law.russian import Code


class NoticeKind(Code):
    """Why the applicant is written to."""

    FORWARDED = "forwarded", "о передаче"
    PROLONGED = "prolonged", "о продлении срока"
    ANSWERED = "answered", "об ответе"
    SURVEY = "survey", "ссылка на опрос"
    OBJECTION_UPHELD = "objection_upheld", "о признании возражения обоснованным"
    OBJECTION_DECLINED = "objection_declined", "об отклонении возражения"
    WITHDRAWN = "withdrawn", "о прекращении рассмотрения по заявлению"
    ANSWERED_WITH = "answered_with", "об ответе на повторное обращение"


class Notice(Base):
    """One notice of one appeal; `text` is Russian and carries no personal data."""

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    channel: Mapped[str]
    kind: Mapped[str]
    text: Mapped[str]
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
