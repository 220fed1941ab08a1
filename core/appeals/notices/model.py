"""Notices to applicants, taken away by the channel they came through."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id
from core.law.russian import Code


class NoticeKind(Code):
    """Why the applicant is written to."""

    FORWARDED = "forwarded", "о переадресации"
    COPIED = "copied", "о направлении копий"
    SENT_BACK = "sent_back", "о возврате жалобы"
    COURT_DECISION = "court_decision", "о порядке обжалования судебного решения"
    PROLONGED = "prolonged", "о продлении срока"
    CONCLUDED = "concluded", "о том, что ответ по существу не даётся"
    INFORMED = "informed", "о ходе рассмотрения"
    ANSWERED = "answered", "об ответе"
    PLANNED = "planned", "о дне исполнения запланированного"
    SURVEY = "survey", "ссылка на опрос"
    OBJECTION_UPHELD = "objection_upheld", "о признании возражения обоснованным"
    OBJECTION_DECLINED = "objection_declined", "об отклонении возражения"
    WITHDRAWN = "withdrawn", "о прекращении рассмотрения по заявлению"
    ANSWERED_WITH = "answered_with", "об ответе на повторное обращение"
    CODE = "code", "код для страницы обращения"


WITHOUT_LINK = frozenset({NoticeKind.CODE})
"""A code goes apart from the link that it proves."""


class Notice(Base):
    """One notice of one appeal; `text` is the whole letter in Russian, without the addressee.

    What it carries for its reader alone, a link or a code, is added as it leaves: `letters_of`.
    """

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    channel: Mapped[str]
    kind: Mapped[str]
    text: Mapped[str]
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
