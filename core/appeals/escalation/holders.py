"""Whom a rung tells of a case: the holders of its role within whose reach the case lies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from core.appeals.rules.terms import EscalationStep
from core.directory.model import Appointment, Person
from core.directory.service import grants_of, holding
from core.kernel.access import Actor, Placed
from core.kernel.codes import Permission
from core.kernel.work import Work
from core.structure.blocks import load_blocks
from core.structure.rules.blocks import Block

FALLBACK = "coordinator"
Place = tuple[str, str | None, str | None, int | None]


class Holders:
    """Who holds which role today. A place is judged once, however many cases lie there."""

    def __init__(self, blocks: Mapping[str, Block], by_role: Mapping[str, Sequence[Actor]]) -> None:
        self._blocks, self._by_role = blocks, by_role
        self._told: dict[Place, Sequence[Actor]] = {}

    def told(self, step: EscalationStep, case: Placed) -> Sequence[Actor]:
        """Whom the rung tells of this case; where nobody holds the role, the coordinator."""
        place = (step.key, case.block, case.municipality, case.body_id)
        if place not in self._told:
            roles = (self._answerable(step, case.block), FALLBACK)
            found = (self._reaching(role, case) for role in roles)
            self._told[place] = next((told for told in found if told), ())
        return self._told[place]

    def _answerable(self, step: EscalationStep, key: str | None) -> str:
        block = self._blocks.get(key) if key is not None else None
        return block.answerable(step.to_role) if block else step.to_role

    def _reaching(self, role: str, case: Placed) -> Sequence[Actor]:
        holders = self._by_role.get(role, ())
        return [holder for holder in holders if holder.may(Permission.READ_APPEALS, case)]


async def load_holders(work: Work, steps: Iterable[EscalationStep]) -> Holders:
    """Everyone whom these rungs may tell today, each with the grants of that role alone."""
    known = await load_blocks(work.session, work.rules)
    blocks = {block.key: block for block in known.all(work.today)}
    asked = {step.to_role for step in steps}
    roles = asked | {block.answerable(role) for block in blocks.values() for role in asked}
    query = (
        select(Person, Appointment)
        .join(Appointment, Appointment.person_id == Person.id)
        .where(Appointment.role.in_(sorted(roles | {FALLBACK})), holding(work.today))
        .order_by(Person.id, Appointment.id)
    )
    held: dict[str, dict[Person, list[Appointment]]] = {}
    for person, appointment in await work.session.execute(query):
        held.setdefault(appointment.role, {}).setdefault(person, []).append(appointment)
    by_role = {
        role: [
            Actor(person.subject, person.id, grants_of(appointments, work.rules, work.today))
            for person, appointments in people.items()
        ]
        for role, people in held.items()
    }
    return Holders(blocks, by_role)
