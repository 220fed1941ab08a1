"""The journal's table, and looking through it; triggers refuse UPDATE and DELETE on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Select, select
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id
from core.db.keyset import Order
from core.kernel.access import Actor, require_everywhere
from core.kernel.codes import Permission
from core.kernel.sealing.forms import Form
from core.kernel.sealing.rows import seals


class JournalEntry(Base):
    """One change, or one look at personal data. `subject` is as in `appeal:12`."""

    __tablename__ = "journal"
    __table_args__ = (Index("ix_journal_subject", "subject", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    name: Mapped[str]
    subject: Mapped[str]
    cause: Mapped[str | None]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    seal: Mapped[bytes | None]
    salts: Mapped[bytes | None]


JOURNAL_FORM = Form(
    "journal", ("at", "actor", "name", "subject", "cause", "before", "after"), personal=("cause",)
)
seals(JournalEntry, JOURNAL_FORM)

LATEST = Order((JournalEntry.id,), descending=True)


def entries(
    actor: Actor, name: str | None = None, by: str | None = None, subject: str | None = None
) -> Select[JournalEntry]:
    """Entries of an event, `by` somebody, of a `subject` as in `appeal:12`, or all.

    Needs READ_JOURNAL for the whole region, else FORBIDDEN.
    """
    text = "Журнал региона открыт тому, кто отвечает за весь регион"
    require_everywhere(actor, Permission.READ_JOURNAL, text)
    wanted = ((JournalEntry.name, name), (JournalEntry.actor, by), (JournalEntry.subject, subject))
    return select(JournalEntry).where(*(column == value for column, value in wanted if value))
