"""The applicant's table, in which nothing can be read without the region's key, and who looked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id


class Applicant(Base):
    """Sealed JSON `{name, contact, address, addressee}` of one appeal; people never merge.

    Marks are keyed hashes by which a person is found, `other_mark` of a second contact;
    `marked_by` tells by which key, and in which way.
    """

    __tablename__ = "applicant"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    sealed: Mapped[bytes]
    sealed_at: Mapped[datetime]
    name_mark: Mapped[str | None] = mapped_column(index=True)
    short_mark: Mapped[str | None] = mapped_column(index=True)
    contact_mark: Mapped[str | None] = mapped_column(index=True)
    other_mark: Mapped[str | None] = mapped_column(index=True)
    address_mark: Mapped[str | None] = mapped_column(index=True)
    marked_by: Mapped[str | None] = mapped_column(index=True)


class PersonLook(Base):
    """Somebody (`actor` as in the journal) has read who wrote this appeal; counted, not shown."""

    __tablename__ = "person_look"
    __table_args__ = (Index("ix_person_look_actor", "actor", "at"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    actor: Mapped[str] = mapped_column(String(255))
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"))
    at: Mapped[datetime]


class LetterLook(Base):
    """The same of a letter that is no appeal yet, and of who has sent it."""

    __tablename__ = "letter_look"
    __table_args__ = (Index("ix_letter_look_actor", "actor", "at"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    actor: Mapped[str] = mapped_column(String(255))
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    at: Mapped[datetime]


class ManyReading(Base):
    """Somebody reads the data of so many people between two moments, and has said why."""

    __tablename__ = "many_reading"
    __table_args__ = (Index("ix_many_reading_actor", "actor", "opened_at"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    actor: Mapped[str] = mapped_column(String(255))
    reason: Mapped[str]
    persons: Mapped[int]
    opened_at: Mapped[datetime]
    until: Mapped[datetime]
