"""The directory's tables. Dates are local days; `until` is the first day it no longer holds."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id
from core.directory.rules.appointments import AppointmentState
from core.shapes.registers.model import Dated

APPOINTMENT = "appointment"
"""What an approval calls an appointment."""


class Body(Base):
    """A body or organisation; `key` is stable, `parent_id` whom it is subordinate to."""

    __tablename__ = "body"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    municipality: Mapped[str | None] = mapped_column(index=True)
    opened: Mapped[date | None]
    closed: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))


class BodyTheme(Dated, Base):
    """A body answers for a theme where no act says who does (data, not law)."""

    __tablename__ = "body_theme"
    __table_args__ = (UniqueConstraint("body_id", "theme", "since"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    theme: Mapped[str] = mapped_column(index=True)
    default: Mapped[bool] = mapped_column(default=True)


class Position(Base):
    """A position in a body, or above all of them; `rank` is the key of a rank of the rulebook."""

    __tablename__ = "position"
    __table_args__ = (UniqueConstraint("body_id", "name"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    name: Mapped[str]
    rank: Mapped[str]


class Person(Base):
    """An official; `subject` is the name that the token issuer gives."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    subject: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    dismissed: Mapped[date | None]
    position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"))


class Appointment(Dated, Base):
    """A person holds a role from a day on, by an act. Empty lists reach the whole region.

    Only what is in force or has ended ever gave rights; `position_id` is the person's position
    when he was proposed, `powers` the act that gives what the role asks for besides.
    """

    __tablename__ = "appointment"
    __table_args__ = (Index("ix_appointment_person_id", "person_id", "since"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(index=True)
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    blocks: Mapped[list[Any]]
    municipalities: Mapped[list[Any]]
    ground: Mapped[str]
    since: Mapped[date] = mapped_column()
    state: Mapped[str] = mapped_column(
        default=AppointmentState.IN_FORCE, server_default=AppointmentState.IN_FORCE.value
    )
    position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"))
    direction: Mapped[str | None]
    powers: Mapped[str | None]


class Admission(Dated, Base):
    """A person reads one case by this document, until the day before `until` (59-ФЗ, 6 ч. 2).

    `kind` says by what right; the appeal is told by its id alone.
    """

    __tablename__ = "admission"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    kind: Mapped[str]
    document: Mapped[str]
    dated: Mapped[date]
    granted_by: Mapped[str]
    granted_at: Mapped[datetime]
    since: Mapped[date] = mapped_column()
    until: Mapped[date] = mapped_column()


class Delegation(Dated, Base):
    """Another official acts within an appointment, from `since` until the day before `until`."""

    __tablename__ = "delegation"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    since: Mapped[date] = mapped_column()
    until: Mapped[date] = mapped_column()
    reason: Mapped[str]
