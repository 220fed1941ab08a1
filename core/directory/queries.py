"""Selects of the directory: bodies and officials."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.db.keyset import Order
from core.directory.model import Appointment, Body, Person
from core.directory.rules.bodies import BodyKind
from core.directory.service import holding
from core.kernel.search import folded
from core.shapes.registers.model import standing

BY_NUMBER = Order((Body.id,))
PERSONS_BY_NUMBER = Order((Person.id,))


@dataclass(frozen=True, slots=True)
class BodyFilter:
    """What bodies to look for; None looks for all."""

    kind: BodyKind | None = None
    municipality: str | None = None
    working: bool | None = None
    words: Sequence[str] = ()


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
    return query.where(*(_named(word) for word in wanted.words))


def names_of(keys: Collection[str | None]) -> Select[str, str]:
    """The key and the name of each body of these keys, whether or not it still works."""
    return select(Body.key, Body.name).where(Body.key.in_(keys))


def _named(word: str) -> ColumnElement[bool]:
    """In the name, or the beginning of the key; SQLite knows no Russian case, so all are tried."""
    spelt = (word, word.lower(), word.capitalize(), word.upper())
    return or_(
        Body.key.startswith(word, autoescape=True),
        *(Body.name.contains(one, autoescape=True) for one in dict.fromkeys(spelt)),
    )


def persons(role: str | None, body: int | str | None, on: date) -> Select[Person]:
    """Officials not dismissed, of a role or a body (its id or key) on that day if one is named."""
    query = select(Person).where(standing(None, Person.dismissed, on))
    held = select(Appointment.person_id).where(holding(on))
    if role is not None:
        query = query.where(Person.id.in_(held.where(Appointment.role == role)))
    if isinstance(body, str):
        keyed = select(Body.id).where(Body.key == body)
        query = query.where(Person.id.in_(held.where(Appointment.body_id.in_(keyed))))
    elif body is not None:
        query = query.where(Person.id.in_(held.where(Appointment.body_id == body)))
    return query


async def officials_named(session: AsyncSession, said: str, on: date, most: int) -> list[Person]:
    """Officials of the day each word of whose names begins as it is said, by their names.

    Names are folded here: SQLite knows no Russian case.
    """
    rows = await session.execute(select(Person.id, Person.name).where(_works(on)))
    wanted = [f" {word}" for word in folded(said).split()]
    named = sorted((f" {folded(row.name)}", row.id) for row in rows)
    ids = [number for name, number in named if wanted and all(word in name for word in wanted)]
    found = await session.scalars(select(Person).where(Person.id.in_(ids[:most])))
    return sorted(found, key=lambda person: ids.index(person.id))


def _works(on: date) -> ColumnElement[bool]:
    return standing(None, Person.dismissed, on)
