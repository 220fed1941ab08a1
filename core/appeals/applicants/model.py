"""The applicant's table: nothing in it can be read without the region's key."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id


class Applicant(Base):
    """Sealed JSON `{name, contact, address, addressee}` of one appeal; people never merge.

    Marks are keyed hashes by which a person is found; `marked_by` tells by which key.
    """

    __tablename__ = "applicant"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    sealed: Mapped[bytes]
    sealed_at: Mapped[datetime]
    name_mark: Mapped[str | None] = mapped_column(index=True)
    short_mark: Mapped[str | None] = mapped_column(index=True)
    contact_mark: Mapped[str | None] = mapped_column(index=True)
    marked_by: Mapped[str | None] = mapped_column(index=True)
