"""Tables of replacements, proposed blocks, people brought in and acts that divide duties."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id
from core.shapes.registers.model import Dated

BLOCK_PROPOSAL = "block_proposal"
"""What an approval calls a proposed block."""


class Replacement(Base):
    """A holder must be replaced: received when, another candidate due when, proposed when.

    `breached_at` is the deadline itself once it has passed without a proposal.
    """

    __tablename__ = "replacement"
    __table_args__ = (UniqueConstraint("appointment_id", "block", "trigger"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"))
    block: Mapped[str]
    trigger: Mapped[str]
    clause: Mapped[str]
    received_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    proposed_at: Mapped[datetime | None]
    candidate_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"))
    reminded_on: Mapped[date | None]
    breached_at: Mapped[datetime | None]


class BlockProposal(Dated, Base):
    """A block on its way into the centre, or an existing one with its themes widened.

    One in force is a record of the register: it holds until the next one of its key.
    """

    __tablename__ = "block_proposal"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    kind: Mapped[str]
    themes: Mapped[list[Any]]
    significant: Mapped[bool]
    widens: Mapped[bool]
    reason: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    proposed_at: Mapped[datetime]
    clause: Mapped[str | None]


class Involved(Dated, Base):
    """A representative whom an official of the centre has brought into its work."""

    __tablename__ = "involved"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    representative: Mapped[str]
    purpose: Mapped[str]
    since: Mapped[date] = mapped_column()
    clause: Mapped[str]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class DutiesRecord(Base):
    """An act that divides the duties of the centre's members, and its agreement."""

    __tablename__ = "duties_record"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    ground: Mapped[str]
    agreed: Mapped[str]
    since: Mapped[date]
    clause: Mapped[str]
