"""Attachments as tables: what is known of each, and the sealed files that it consists of."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.attachments.kinds import CopyState, ScanState
from core.db.database import Base, Id


class Attachment(Base):
    """A file of its owner: `owner_kind` and `owner_id` name the row (`appeal`, 12).

    `name` is cleaned, `given_name` as it was given, what cannot be seen in it spelt out. `sealed`
    holds SHA-256 of the original and, of an archive, what lies in it; `sealed_place` where a
    picture was taken, until somebody has said whether that is the place of the case. The antivirus
    is asked again at `scan_at`. Of an erased one no name and no file is left.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        Index("ix_attachment_owner", "owner_kind", "owner_id", "id"),
        Index("ix_attachment_scan_at", "scan_at", "id"),
        Index("ix_attachment_copy_state", "copy_state", "id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    owner_kind: Mapped[str]
    owner_id: Mapped[int] = mapped_column(Id)
    origin: Mapped[str]
    name: Mapped[str]
    given_name: Mapped[str]
    kind: Mapped[str]
    size: Mapped[int] = mapped_column(Id)
    hold: Mapped[str | None]
    state: Mapped[str] = mapped_column(default=ScanState.WAITING)
    unchecked: Mapped[str | None]
    scanned_at: Mapped[datetime | None]
    scan_at: Mapped[datetime | None]
    scans: Mapped[int] = mapped_column(default=0)
    copy_state: Mapped[str] = mapped_column(default=CopyState.NONE)
    added_at: Mapped[datetime]
    added_by: Mapped[str]
    erased_at: Mapped[datetime | None]
    sealed: Mapped[bytes | None]
    sealed_place: Mapped[bytes | None]


class AttachmentFile(Base):
    """One form of an attachment: `file` is its name in the store, `sealed` holds its key."""

    __tablename__ = "attachment_file"
    __table_args__ = (UniqueConstraint("attachment_id", "form"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    form: Mapped[str]
    file: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    size: Mapped[int] = mapped_column(Id)
    sealed: Mapped[bytes]
