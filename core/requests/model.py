"""Requests of materials, whoever asked: what was asked by which right, and what came of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id
from core.law.russian import Code

KIND = "material_request"
"""What attachments call their owner."""


class RequestState(Code):
    """Where a request stands."""

    ASKED = "asked", "ждёт ответа"
    ANSWERED = "answered", "материалы представлены"
    REFUSED = "refused", "в материалах отказано"
    WITHDRAWN = "withdrawn", "отозван"


class MaterialRequest(Base):
    """One side asked another: `asker` and `addressee` are sides, `body_id` who of them if a body.

    `due_at` is empty where nobody has set a term; what is `advised` never breaches one (R42). Asked
    because of a case it is also an inquiry in the ledger of the case, by its number there. `norm`
    is the ground of a refusal, `letter` what came or went with the request.
    """

    __tablename__ = KIND

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    asker: Mapped[str]
    addressee: Mapped[str]
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    text: Mapped[str]
    clause: Mapped[str]
    letter: Mapped[str | None]
    advised: Mapped[bool]
    appeal_id: Mapped[int | None] = mapped_column(ForeignKey("appeal.id"), index=True)
    inquiry: Mapped[int | None]
    state: Mapped[str] = mapped_column(index=True)
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    reply: Mapped[str | None]
    norm: Mapped[str | None]
    replied_by: Mapped[str | None]
    replied_at: Mapped[datetime | None]
    reminded_on: Mapped[date | None]
    breached_at: Mapped[datetime | None]
