"""Selects of the directory: bodies and officials."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from core.db.keyset import Order
from core.directory.model import Appointment, Body, Person
from core.directory.rules.bodies import BodyKind
from core.directory.service import holding
from core.shapes.registers.model import standing

BY_NUMBER = Order((Body.id,))
PERSONS_BY_NUMBER = Order((Person.id,))


@dataclass(frozen=True, slots=True)
class BodyFilter:
    """What bodies to look for; None looks for all."""

    kind: BodyKind | None = None
    municipality: str | None = None
    working: bool | None = None


def bodies(wanted: BodyFilter, on: date) -> Select[Body]:
    """Bodies that fit on a local day."""
    query = select(Body)
    if wanted.kind is not None:
        query = query.where(Body.kind == wanted.kind)
    if wanted.municipality is not None:
        query = query.where(Body.municipality == wanted.municipality)
    if wanted.working is not None:
        works = standing(Body.opened, Body.closed, on)
        query = query.where(works if wanted.working else ~works)
    return query


def persons(role: str | None, body_id: int | None, on: date) -> Select[Person]:
    """Officials not dismissed, of a role or a body on that local day if one is named."""
    query = select(Person).where(standing(None, Person.dismissed, on))
    held = select(Appointment.person_id).where(holding(on))
    if role is not None:
        query = query.where(Person.id.in_(held.where(Appointment.role == role)))
    if body_id is not None:
        query = query.where(Person.id.in_(held.where(Appointment.body_id == body_id)))
    return query
