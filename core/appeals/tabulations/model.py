"""The table of ordered tables of figures: who ordered what, how far it is, until when it stands."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id
from core.law.russian import Code


class TabulationState(Code):
    """Where an order stands."""

    WAITING = "waiting", "ждёт своей очереди"
    RUNNING = "running", "считается"
    READY = "ready", "готов"
    REFUSED = "refused", "отказано"
    GONE = "gone", "срок хранения истёк"


class Tabulation(Base):
    """A table of figures that somebody (`actor`: a token's subject) has ordered as a file.

    `sealed` is what was asked, and by which grants: a filter may name people. `fingerprint` tells
    the same order while it stands. Of `total` parts `done` are reckoned. Refused it has the code,
    the words and the clause (its reference) of the refusal.
    """

    __tablename__ = "tabulation"
    __table_args__ = (
        UniqueConstraint("actor", "fingerprint"),
        Index("ix_tabulation_expires_at", "state", "expires_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    actor: Mapped[str] = mapped_column(String(255))
    state: Mapped[str]
    kind: Mapped[str]
    fingerprint: Mapped[str | None]
    done: Mapped[int]
    total: Mapped[int]
    code: Mapped[str | None]
    text: Mapped[str | None]
    clause: Mapped[str | None]
    ordered_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]
    sealed: Mapped[bytes | None]


KIND = Tabulation.__tablename__
"""The owner of a file, as attachments have it."""
