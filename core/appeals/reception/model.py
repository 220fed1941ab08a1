"""The card of a reception, beside the appeal that it opened."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id


class Reception(Base):
    """What was told and shown at a reception; the content is the text of the appeal.

    `official` is the office and name of who received on that day, `document` what kind of
    identity document was shown; nothing else of it is kept. `oral_answer` is there where the
    facts were obvious and the citizen consented, `explained` where the questions were another
    body's, `earlier_number` with its day where they had been answered; `written` says that the
    appeal was handed in on paper.
    """

    __tablename__ = "reception"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), unique=True)
    official_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    official: Mapped[str]
    document: Mapped[str]
    obvious: Mapped[bool]
    consent: Mapped[bool]
    oral_answer: Mapped[str | None]
    written: Mapped[bool] = mapped_column(default=False, server_default=false())
    explained: Mapped[str | None]
    earlier_number: Mapped[str | None]
    earlier_on: Mapped[date | None]
    actor: Mapped[str]
    recorded_at: Mapped[datetime]
