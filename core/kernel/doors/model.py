"""How a database came to be where it is, as a table."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id
from core.law.russian import Code


class Way(Code):
    """How its rows came here."""

    RESTORED = "restored", "восстановлена из копии"
    MOVED = "moved", "перенесена"


class Verdict(Code):
    """What a person has said of all that would leave a restored database."""

    SEND = "send", "отправить"
    GONE = "gone", "уже ушло"


class Arrival(Base):
    """The rows came from elsewhere. Before `completed_at` they are not all here: nobody is served.

    `made_at` is the moment that they show; `released_at` is when the doors were opened, which a
    moved database, being the only one, never had closed.
    """

    __tablename__ = "arrival"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    way: Mapped[str]
    source: Mapped[str]
    made_at: Mapped[datetime]
    began_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    verdict: Mapped[str | None]
