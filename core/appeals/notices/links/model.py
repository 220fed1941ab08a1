"""What a letter carries beside its text, and nobody but its reader may know."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.appeals.notices.model import Notice
from core.db.database import Base, Id


class Link(Base):
    """The link of one letter: it opens the page of the appeal until `expires_at`.

    `digest` is the hash by which its token is known, `sealed` the token for the letter alone.
    """

    __tablename__ = "link"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    notice: Mapped[Notice] = relationship()


class LinkCode(Base):
    """A code that was sent to the appeal's own channel, for whoever asked by the link.

    `digest` is keyed by the link's token, which nothing keeps; `attempts` counts wrong ones.
    """

    __tablename__ = "link_code"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("link.id"))
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]

    notice: Mapped[Notice] = relationship()
