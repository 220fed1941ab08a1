"""Who is in an office, and what is in force by whose decisions, by the tables alone."""

from __future__ import annotations

from sqlalchemy import and_, select

from core.directory.model import Appointment, Delegation, Person
from core.documents.model import VERSION, Document, DocumentVersion
from core.kernel.access import system
from core.kernel.codes import Authority
from core.shapes.chains.model import ChainRecord, DecisionRecord
from core.shapes.chains.rules import Chain
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


async def approved_rightly(people: People, number: int) -> bool:
    """Whether the document is in force; by its whole chain on its hash, by persons who may."""
    own = (ChainRecord.subject == VERSION, ChainRecord.subject_id == DocumentVersion.id)
    query = (
        select(DocumentVersion.digest, DocumentVersion.wrote, ChainRecord.id, ChainRecord.steps)
        .join(Document, Document.in_force_id == DocumentVersion.id)
        .outerjoin(ChainRecord, and_(*own))
        .where(Document.id == number)
    )
    async with people.region.reading(system()) as work:
        version = (await work.session.execute(query)).one_or_none()
        if version is None:
            return False
        decisions = select(DecisionRecord).where(DecisionRecord.chain_id == version.id)
        taken = (await work.session.scalars(decisions)).all()
    assert Chain.thawed(version.steps or []).finished(taken)
    assert {one.version for one in taken} == {version.digest}
    persons = [one.person_id for one in taken]
    assert len(set(persons)) == len(persons), "один человек решил дважды"
    wrote = {one for hand in version.wrote for one in hand[:2] if one is not None}
    voices = {one for row in taken for one in (row.person_id, row.on_behalf_id) if one}
    assert not voices & wrote, "решил тот, кто писал, или его замещающий"
    return True
