"""Who may act today: appointments of the directory become the actor's grants."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.access import Actor, Grant, Scope
from core.directory.model import Appointment, Delegation, Person
from core.errors import Refusal, RefusalCode
from core.rules.appointing import AppointmentState
from core.rules.roles import Reach, Role
from core.rules.rulebook import Rulebook

ONCE_IN_FORCE = (AppointmentState.IN_FORCE, AppointmentState.ENDED)


def holding(on: date) -> ColumnElement[bool]:
    """The condition that an appointment holds on a local day."""
    return and_(
        Appointment.state.in_(ONCE_IN_FORCE),
        Appointment.since <= on,
        or_(Appointment.until.is_(None), Appointment.until > on),
    )


def standing_in(person_id: int, on: date) -> ColumnElement[bool]:
    """The condition that the person acts on a local day within someone else's appointment.

    Who is dismissed leaves nobody behind to act for him.
    """
    lent = select(Delegation.appointment_id).where(
        Delegation.person_id == person_id, Delegation.since <= on, Delegation.until > on
    )
    gone = select(Person.id).where(Person.dismissed <= on)
    return and_(Appointment.id.in_(lent), Appointment.person_id.not_in(gone))


async def actor_of(session: AsyncSession, subject: str, today: date, rules: Rulebook) -> Actor:
    """The actor behind a token's subject, with the grants that hold today.

    A person without an appointment may do nothing; an unknown subject is UNAUTHENTICATED.
    """
    person = await session.scalar(select(Person).where(Person.subject == subject))
    if person is None or (person.dismissed is not None and person.dismissed <= today):
        raise Refusal(RefusalCode.UNAUTHENTICATED, "Такого должностного лица в справочнике нет")
    own = or_(Appointment.person_id == person.id, standing_in(person.id, today))
    query = select(Appointment).where(own, holding(today)).order_by(Appointment.id)
    appointments = (await session.scalars(query)).all()
    return Actor(subject, person.id, grants_of(appointments, rules, today))


def grants_of(appointments: Sequence[Appointment], rules: Rulebook, on: date) -> tuple[Grant, ...]:
    """The grants of these appointments; a role that the rulebook no longer has grants nothing."""
    found = ((a, rules.find(Role, a.role, on)) for a in appointments)
    return tuple(
        Grant(role.key, role.rank, role.permissions, _scope(role, appointment))
        for appointment, role in found
        if role is not None
    )


def _scope(role: Role, appointment: Appointment) -> Scope:
    """The reach of the role decides which of the appointment's limits must be there."""
    blocks = frozenset(appointment.blocks) if role.reach is Reach.BLOCKS else None
    places = frozenset(appointment.municipalities)
    municipalities = places if places or role.reach is Reach.MUNICIPALITY else None
    body_ids = [] if appointment.body_id is None else [appointment.body_id]
    bodies = frozenset(body_ids) if role.reach is Reach.BODY else None
    return Scope(blocks, municipalities, bodies)
