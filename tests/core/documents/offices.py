"""Who is in an office at the moment, by the tables alone."""

from __future__ import annotations

from sqlalchemy import select

from core.directory.model import Appointment, Delegation, Person
from core.kernel.access import system
from core.kernel.codes import Authority
from core.shapes.chains.model import DecisionRecord
from tests.core.documents.people import People


async def holds(people: People, taken: DecisionRecord, by: Authority) -> bool:
    """By the tables alone: the person, or whoever he stands in for, is in the office."""
    async with people.region.reading(system()) as work:
        holder = taken.on_behalf_id or taken.person_id
        both = (taken.person_id, holder)
        gone = select(Person.id).where(Person.id.in_(both), Person.dismissed <= work.today)
        held = select(Appointment.id).where(
            Appointment.person_id == holder, Appointment.role == by.value
        )
        lent = select(Delegation.id).where(
            Delegation.person_id == taken.person_id,
            Delegation.appointment_id.in_(held),
            Delegation.since <= work.today,
            Delegation.until > work.today,
        )
        found = [(await work.session.scalars(query)).first() for query in (gone, held, lent)]
        return (
            found[0] is None
            and found[1] is not None
            and (taken.on_behalf_id is None or found[2] is not None)
        )
