"""Letters as tables: where each came from, its bytes and what it says, both sealed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id
from core.mailbox.kinds import Kind, LetterState


class Letter(Base):
    """A letter as it was fetched; `digest` is SHA-256 of its bytes.

    `whole` is false where only the headers were kept, for it is too large; `marked` once the
    mailbox knows that it is here. `received_at` is when the mailbox got it. From `read_at` on
    `kind` says what it is; `message_mark` and `likeness` are SHA-256 of its Message-ID and of what
    it says, `refrain` a keyed hash of sender and text without digits. `appeal_id` is the case that
    it belongs to, `opened_id` the one that it opened. Until `due_at` a person says what it is.
    """

    __tablename__ = "letter"
    __table_args__ = (UniqueConstraint("mailbox", "validity", "uid"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    mailbox: Mapped[str]
    validity: Mapped[int] = mapped_column(Id)
    uid: Mapped[int] = mapped_column(Id)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    whole: Mapped[bool] = mapped_column(default=True)
    marked: Mapped[bool] = mapped_column(default=False)
    received_at: Mapped[datetime]
    fetched_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    kind: Mapped[str | None]
    message_mark: Mapped[str | None] = mapped_column(String(64), index=True)
    likeness: Mapped[str | None] = mapped_column(String(64))
    refrain: Mapped[str | None] = mapped_column(String(64), index=True)
    attachments: Mapped[int] = mapped_column(default=0)
    unreadable: Mapped[int] = mapped_column(default=0)
    copy_of_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))
    appeal_id: Mapped[int | None] = mapped_column(ForeignKey("appeal.id"), index=True)
    found_by: Mapped[str | None]
    due_at: Mapped[datetime | None]
    said: Mapped[str | None]
    said_at: Mapped[datetime | None]
    said_by: Mapped[str | None]
    opened_id: Mapped[int | None] = mapped_column(ForeignKey("appeal.id"))

    @property
    def state(self) -> LetterState:
        """Where it stands."""
        if self.read_at is None:
            return LetterState.UNREAD
        if self.said is not None:
            return LetterState.DECIDED
        return LetterState.WAITING if self.kind == Kind.WRITTEN else LetterState.MACHINE


UNREAD = Letter.read_at.is_(None)
WAITING = and_(Letter.kind == Kind.WRITTEN, Letter.said.is_(None), Letter.due_at.is_not(None))
DECIDED = and_(Letter.read_at.is_not(None), Letter.said.is_not(None))
MACHINE = and_(Letter.kind != Kind.WRITTEN, Letter.said.is_(None))
STATES = {
    LetterState.UNREAD: UNREAD,
    LetterState.WAITING: WAITING,
    LetterState.DECIDED: DECIDED,
    LetterState.MACHINE: MACHINE,
}
"""The same in queries."""

Index("ix_letter_due_at", Letter.due_at, Letter.id)
Index("ix_letter_received_at", Letter.received_at, Letter.id)


class LetterPiece(Base):
    """A piece of a letter's bytes, packed and sealed; together, by `seq`, they are the letter."""

    __tablename__ = "letter_piece"
    __table_args__ = (UniqueConstraint("letter_id", "seq"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    seq: Mapped[int]
    sealed: Mapped[bytes]


class LetterText(Base):
    """What a letter says: sealed JSON of `core.mailbox.letter.reader.Read`."""

    __tablename__ = "letter_text"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), unique=True)
    sealed: Mapped[bytes]
