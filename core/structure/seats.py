"""One seat, one holder at a time; and how many of a body the acts advise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from core.directory.model import Appointment, Person
from core.directory.rules.appointments import AppointmentState
from core.directory.service import ONCE_IN_FORCE
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.work import Work
from core.law.act import Clause
from core.shapes.registers.model import meeting
from core.structure.candidates import Eligibility
from core.structure.rules.appointments import PENDING
from core.structure.rules.ranks import Headcount, Per, Seat


@dataclass(frozen=True, slots=True)
class Advice:
    """What an act advises against: a warning, no refusal (R9)."""

    text: str
    clause: Clause


async def require_free_seat(work: Work, row: Appointment) -> None:
    """Refuse SEAT_TAKEN when another holds the seat on a day of this appointment."""
    seat = work.rules.find(Seat, row.role, work.today)
    if seat is None:
        return
    for other, person in await _overlapping(work, row):
        if _same_seat(seat.per, row, other):
            text = f"Роль уже занята: {person.name}, с {other.since:%d.%m.%Y}"
            raise Refusal(RefusalCode.SEAT_TAKEN, text, seat.clause)


async def advice(eligibility: Eligibility, row: Appointment) -> tuple[Advice, ...]:
    """What the acts advise against in this appointment."""
    rules = eligibility.work.rules.all(Headcount, eligibility.work.today)
    warnings: list[Advice] = []
    for rule in rules:
        if rule.role != row.role or rule.block not in row.blocks or row.body_id is None:
            continue
        if eligibility.bodies.by_id[row.body_id].key == rule.body:
            number = await _count(eligibility.work, rule, row.body_id)
            if number > rule.number:
                text = f"Рекомендовано не больше {rule.number}, а с этим — {number}"
                warnings.append(Advice(text, rule.clause))
    return tuple(warnings)


async def _overlapping(work: Work, row: Appointment) -> Iterable[tuple[Appointment, Person]]:
    query = (
        select(Appointment, Person)
        .join(Person, Person.id == Appointment.person_id)
        .where(
            Appointment.role == row.role,
            Appointment.id != (row.id or 0),
            Appointment.state.in_(ONCE_IN_FORCE),
            meeting(Appointment, row.since, row.until),
        )
        .order_by(Appointment.id)
    )
    return [(other, person) for other, person in await work.session.execute(query)]


def _same_seat(per: Per, row: Appointment, other: Appointment) -> bool:
    if per is Per.REGION:
        return True
    shared = bool(set(row.blocks) & set(other.blocks))
    return shared and (per is Per.BLOCK or row.body_id == other.body_id)


async def _count(work: Work, rule: Headcount, body_id: int) -> int:
    """Those of the body in the block who are on the way or in force today."""
    query = select(Appointment.blocks).where(
        Appointment.role == rule.role,
        Appointment.body_id == body_id,
        Appointment.state.in_((*PENDING, AppointmentState.IN_FORCE)),
        meeting(Appointment, work.today, None),
    )
    return sum(rule.block in blocks for blocks in await work.session.scalars(query))
