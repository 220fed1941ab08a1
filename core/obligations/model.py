"""Tables of obligations: rows by period, decisions that set them, the feed of each person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id
from core.shapes.registers.model import Dated


class ObligationRow(Base):
    """An obligation of one period: by the law of its time, whatever the law says later.

    `block` is empty where it is of the whole centre. Due with the last moment of `due`, missed for
    good with that of `closes`. `answering` are the ids of those who held the office on the due day,
    `done_at` when it was done, `breached_at` the deadline itself.
    """

    __tablename__ = "obligation"
    __table_args__ = (UniqueConstraint("key", "block", "start"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str]
    block: Mapped[str]
    start: Mapped[date]
    end: Mapped[date]
    period: Mapped[str | None]
    name: Mapped[str]
    owner: Mapped[str]
    clause: Mapped[str]
    ground: Mapped[str | None]
    document: Mapped[str | None] = mapped_column(index=True)
    advised: Mapped[bool]
    due: Mapped[date]
    closes: Mapped[date]
    due_at: Mapped[datetime] = mapped_column(index=True)
    closes_at: Mapped[datetime]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    proof: Mapped[str | None]
    done_at: Mapped[datetime | None]
    reminded_on: Mapped[date | None]
    breached_at: Mapped[datetime | None]
    answering: Mapped[list[Any]]
    dropped_at: Mapped[datetime | None]
    noted_at: Mapped[datetime]


class ObligationDecision(Dated, Base):
    """A decision that sets an obligation of its own, or the due day of one that an act sets.

    `within` are calendar days after the period's last one; the rest is empty where the key is one
    of the law.
    """

    __tablename__ = "obligation_decision"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(index=True)
    name: Mapped[str | None]
    owner: Mapped[str | None]
    period: Mapped[str | None]
    document: Mapped[str | None]
    within: Mapped[int | None]
    clause: Mapped[str]
    ground: Mapped[str]
    since: Mapped[date] = mapped_column()
    actor: Mapped[str]
    at: Mapped[datetime]


class FeedToken(Base):
    """The one address of a person's calendar: known by the hash of its token alone."""

    __tablename__ = "feed_token"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    issued_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class FeedEntry(Base):
    """What a person's calendar has said of an obligation, and how often it has changed."""

    __tablename__ = "feed_entry"
    __table_args__ = (UniqueConstraint("person_id", "obligation_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"))
    sequence: Mapped[int]
    said: Mapped[str]
    cancelled: Mapped[bool]
    changed_at: Mapped[datetime]
