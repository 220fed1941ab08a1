"""Powers to sign answers, and each time that an answer was handed over for delivery."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id
from core.shapes.registers.model import Dated


class SigningPower(Dated, Base):
    """A person may sign the answers of a body, by this act of its head (59-ФЗ, 10 ч. 3)."""

    __tablename__ = "signing_power"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ground: Mapped[str]
    granted_by: Mapped[str]
    granted_at: Mapped[datetime]
    since: Mapped[date] = mapped_column()


class Dispatch(Base):
    """An answer handed over for delivery to the appeal's address, or to one given since.

    `sealed_address` is that other one, sealed, and `address_ground` where it is known from.
    `number` proves the handing over: of the register, the post or the message. Until the channel
    says that it has sent the notice, `handed_at` is empty. `annulled_at` is when it turned out to
    have gone to a wrong place by the sender's own error.
    """

    __tablename__ = "dispatch"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"))
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"), index=True)
    way: Mapped[str]
    sealed_address: Mapped[bytes | None]
    address_ground: Mapped[str | None]
    number: Mapped[str | None]
    sender: Mapped[str]
    handed_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    return_reason: Mapped[str | None]
    annulled_at: Mapped[datetime | None]
