"""A session of the board: the cookie has a random name for it, and nothing else."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id


class Session(Base):
    """Somebody signed in: `digest` is the hash of the cookie, `subject` whose rights it has.

    It ends at `ends_at` at the latest, or when nobody has used it for a while, or at `closed_at`.
    `login` is what the issuer calls the login, `rights` the hash of what the person could do when
    the name was given: with other rights it gets another name.
    """

    __tablename__ = "session"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    subject: Mapped[str] = mapped_column(String(255), index=True)
    opened_at: Mapped[datetime]
    used_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    closed_at: Mapped[datetime | None]
    login: Mapped[str | None] = mapped_column(String(255), index=True)
    rights: Mapped[str | None] = mapped_column(String(64))


class Draft(Base):
    """What somebody has typed and not sent: sealed, for this person alone, until `ends_at`.

    `place` is the address of the form behind the region; `seen_at` the moment of the page that it
    was typed on, so that what has changed since can be shown.
    """

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("subject", "place"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    subject: Mapped[str] = mapped_column(String(255))
    place: Mapped[str] = mapped_column(String(255))
    sealed: Mapped[bytes]
    saved_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    seen_at: Mapped[datetime | None]


class SavedView(Base):
    """An address that somebody wants to come back to: a list with its filter, order and columns.

    For this person alone; `sealed` holds its name and the address, for both may speak of people.
    """

    __tablename__ = "saved_view"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), index=True)
    sealed: Mapped[bytes]
    saved_at: Mapped[datetime]
