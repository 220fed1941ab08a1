"""Dealings with partners: what was exchanged, when the two met, which groups they formed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id
from core.law.russian import Code
from core.shapes.registers.model import Dated


class Direction(Code):
    """Which way information went."""

    GIVEN = "given", "передано партнёру"
    RECEIVED = "received", "получено от партнёра"


class Dealing(Dated, Base):
    """A dealing: an exchange, a meeting or a document of one day, a group from a day on.

    `document_id` is the joint document of it: minutes of a meeting, an agreement, a plan.
    """

    __tablename__ = "partner_dealing"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    partner: Mapped[str] = mapped_column(index=True)
    form: Mapped[str]
    direction: Mapped[str | None]
    title: Mapped[str]
    text: Mapped[str]
    since: Mapped[date] = mapped_column()
    participants: Mapped[list[Any]]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    clause: Mapped[str]
    actor: Mapped[str]
    at: Mapped[datetime]
