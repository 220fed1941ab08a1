"""What was done by what an appeal showed, and who was held responsible."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id


class Measure(Base):
    """The measure behind the entry `seq` of the ledger; `taken_on` is a local day.

    `responsible` is office and name of who was held responsible, with the act that says so.
    """

    __tablename__ = "measure"
    __table_args__ = (UniqueConstraint("appeal_id", "seq"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"))
    seq: Mapped[int]
    kind: Mapped[str]
    done: Mapped[str]
    responsible: Mapped[str | None]
    act_number: Mapped[str | None]
    act_date: Mapped[date | None]
    taken_on: Mapped[date] = mapped_column(index=True)
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    actor: Mapped[str]
    recorded_at: Mapped[datetime]
