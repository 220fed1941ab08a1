"""Who may act today: appointments of the directory become the actor's grants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Dialect, Select, and_, or_, select

from core.db.database import Database
from core.db.statements import Slot, Statement, compiled
from core.directory.model import Admission, Appointment, Delegation, Person
from core.directory.rules.appointments import AppointmentState
from core.kernel.access import Actor, Grant, Scope
from core.kernel.codes import Permission
from core.kernel.rules.roles import Reach, Role
from core.kernel.work import Work
from core.law.rulebook import Rulebook
from core.shapes.registers.model import standing

GRANTING = (
    Appointment.role,
    Appointment.body_id,
    Appointment.person_id,
    Appointment.blocks,
    Appointment.municipalities,
)
"""What grants are made of."""

DIALECTS = 64
"""Of so many databases the statements are kept."""

ADMITTED = frozenset({Permission.READ_APPEALS, Permission.READ_CONTENT})
"""What an admission gives, for the cases that it names alone (R52)."""

ONCE_IN_FORCE = (AppointmentState.IN_FORCE, AppointmentState.ENDED)


def holding(on: date | Slot) -> ColumnElement[bool]:
    """The condition that an appointment holds on a local day."""
    return and_(
        Appointment.state.in_(ONCE_IN_FORCE),
        Appointment.holds(on),
    )


def standing_in(person_id: int | Slot, on: date | Slot) -> ColumnElement[bool]:
    """The condition that the person acts on a local day within someone else's appointment.

    Who is dismissed leaves nobody behind to act for him.
    """
    lent = select(Delegation.appointment_id).where(
        Delegation.person_id == person_id, Delegation.holds(on)
    )
    gone = select(Person.id).where(~standing(None, Person.dismissed, on))
    return and_(Appointment.id.in_(lent), Appointment.person_id.not_in(gone))


async def actor_of(database: Database, subject: str, today: date, rules: Rulebook) -> Actor:
    """The actor behind a token's subject, with the grants that hold today.

    Whoever is unknown, dismissed or without an appointment may do nothing but what everyone may.
    Asked again after every commit, so the statements are kept as texts of the driver.
    """
    reader, (person, appointments, admissions) = database.reader, _statements(database.dialect)
    found = await reader.fetch(person.text, person.values([subject, today]))
    if not found:
        return Actor(subject)
    ((person_id,),) = found
    rows = await reader.fetch(appointments.text, appointments.values([person_id, today]))
    held = [_appointment(*row) for row in rows]
    named = await reader.fetch(admissions.text, admissions.values([person_id, today]))
    grants = grants_of(held, rules, today, person_id)
    return Actor(subject, person_id, (*grants, *_admitted(named)))


async def actor_in(work: Work, subject: str) -> Actor:
    """The same as this unit of work sees it: for jobs that act in somebody's name."""
    session, today = work.session, work.today
    person_id = await session.scalar(_person(subject, today))
    if person_id is None:
        return Actor(subject)
    held = (await session.scalars(_held(select(Appointment), person_id, today))).all()
    admitted = (await session.execute(_named(person_id, today))).all()
    grants = grants_of(held, work.rules, today, person_id)
    return Actor(subject, person_id, (*grants, *_admitted(admitted)))


def grants_of(
    appointments: Sequence[Appointment], rules: Rulebook, on: date, to: int | None = None
) -> tuple[Grant, ...]:
    """The grants of these appointments; a role that the rulebook no longer has grants nothing.

    `to` is the person who acts: what another one holds is lent to him.
    """
    found = ((a, rules.find(Role, a.role, on)) for a in appointments)
    return tuple(_grant(role, held, to) for held, role in found if role is not None)


def _grant(role: Role, held: Appointment, to: int | None) -> Grant:
    lender = None if to in (None, held.person_id) else held.person_id
    return Grant(role.key, role.rank, role.permissions, _scope(role, held), lender)


def _scope(role: Role, appointment: Appointment) -> Scope:
    """The reach of the role decides which of the appointment's limits must be there."""
    blocks = frozenset(appointment.blocks) if role.reach is Reach.BLOCKS else None
    places = frozenset(appointment.municipalities)
    municipalities = places if places or role.reach is Reach.MUNICIPALITY else None
    body_ids = [] if appointment.body_id is None else [appointment.body_id]
    bodies = frozenset(body_ids) if role.reach is Reach.BODY else None
    return Scope(blocks, municipalities, bodies)


def _admitted(rows: Sequence[Sequence[int]]) -> Iterator[Grant]:
    """One grant for all the cases to which a person is admitted."""
    if rows:
        cases = frozenset(appeal_id for (appeal_id,) in rows)
        yield Grant("admission", 0, ADMITTED, Scope(appeals=cases))


@lru_cache(DIALECTS)
def _statements(dialect: Dialect) -> tuple[Statement, Statement, Statement]:
    """Who has a subject and is not dismissed, what he holds, what he is admitted to: on a day."""
    who, on = Slot(0), Slot(1)
    asked = (_person(who, on), _held(select(*GRANTING), who, on), _named(who, on))
    person, held, admitted = (compiled(one, dialect) for one in asked)
    return person, held, admitted


def _person(subject: str | Slot, on: date | Slot) -> Select[Any]:
    stays = standing(None, Person.dismissed, on)
    return select(Person.id).where(Person.subject == subject, stays)


def _held(appointments: Select[Any], person_id: int | Slot, on: date | Slot) -> Select[Any]:
    own = or_(Appointment.person_id == person_id, standing_in(person_id, on))
    return appointments.where(own, holding(on)).order_by(Appointment.id)


def _named(person_id: int | Slot, on: date | Slot) -> Select[Any]:
    named = Admission.person_id == person_id
    return select(Admission.appeal_id).where(named, Admission.holds(on))


def _appointment(
    role: str, body_id: int | None, person_id: int, *lists: list[str] | str
) -> Appointment:
    """The columns of GRANTING as a driver has them: lists are text on SQLite."""
    blocks, places = (orjson.loads(one) if isinstance(one, str) else one for one in lists)
    return Appointment(
        role=role, body_id=body_id, person_id=person_id, blocks=blocks, municipalities=places
    )
