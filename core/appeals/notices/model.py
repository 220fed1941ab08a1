"""Notices to applicants: by e-mail, or taken away by the channel they came through."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.appeals.notices.states import NoticeState
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
    It leaves at `send_at` at the earliest, `due_at` is the last moment of the term that it ends,
    `sent_at` when whoever delivers it took it. `state_at` is when it came into its state, `status`
    what a mail server last said of it (an enhanced code, RFC 3463), `attempts` how often it was
    tried. Whoever has it in hand holds it until `leased_until`. `token` is in its return address,
    `number` proves a handing over on paper, `replaced_by_id` is the notice that went another way
    in its place. `attachments` are ids of what goes with it.
    """

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_state", "state", "send_at", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    channel: Mapped[str]
    kind: Mapped[str]
    subject: Mapped[str] = mapped_column(server_default="")
    text: Mapped[str]
    attachments: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    written_at: Mapped[datetime]
    send_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(
        default=NoticeState.WRITTEN, server_default=NoticeState.WRITTEN.value
    )
    state_at: Mapped[datetime | None]
    status: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    leased_until: Mapped[datetime | None]
    token: Mapped[str | None] = mapped_column(unique=True, index=True)
    message_id: Mapped[str | None] = mapped_column(unique=True, index=True)
    number: Mapped[str | None]
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"))


class Recipient(Base):
    """Sealed JSON `{name, address}`: to whom a notice goes where that is not the appeal's own.

    Of a letter by e-mail it is kept to whom it went, whatever the appeal says later.
    """

    __tablename__ = "recipient"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), unique=True)
    sealed: Mapped[bytes]
    sealed_at: Mapped[datetime]
