"""Appointments: nominated, submitted, appointed, approved, ended, each step by its clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from core.directory.model import APPOINTMENT, Appointment
from core.directory.parties import Entry
from core.directory.rules.appointments import AppointmentState
from core.kernel.access import require
from core.kernel.acts.federal import PRACTICE, RU_1844
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.work import Work
from core.shapes.chains.rules import Decision, Ground, check_ground
from core.shapes.chains.service import Approval, resume, stop
from core.shapes.chains.service import begin as begin_chain
from core.structure.candidates import Candidate, Eligibility, drafted, load_eligibility
from core.structure.claims import claim_of, respect_limit, subject_of
from core.structure.rules.appointments import PENDING, REACHED, Step
from core.structure.seats import Advice, advice, require_free_seat
from core.structure.second_person import require_second_person

KEEPING = PRACTICE.cite("appointments")
LARGEST_COMPOSITION = 500


@dataclass(frozen=True, slots=True)
class Taken:
    """The appointment after a step; `warnings` are what the acts advise against (R9)."""

    appointment: Appointment
    warnings: tuple[Advice, ...] = ()


@serves(RU_1844.cite("10.г"))
async def begin(work: Work, candidate: Candidate, step: Step, decision: Decision) -> Taken:
    """Put a person on the way to a role by the first step that the region's law has for it.

    Refuses whoever may not hold the role, and a step that is not the first or not his who takes
    it; the refusal names the clause.
    """
    require_second_person(work.actor, candidate.person_id)
    eligibility = await load_eligibility(work)
    person, position = await eligibility.judge(candidate)
    row = drafted(candidate, person, position)
    work.session.add(row)
    await work.session.flush()
    approval = await begin_chain(work, subject_of(eligibility, row))
    await _take(eligibility, row, approval, step, decision)
    return Taken(row, await advice(eligibility, row))


async def advance(work: Work, appointment_id: int, step: Step, decision: Decision) -> Taken:
    """Take the next step of an appointment that is on its way."""
    eligibility = await load_eligibility(work)
    row = await _pending(work, appointment_id)
    require_second_person(work.actor, row.person_id)
    approval = await resume(work, subject_of(eligibility, row))
    await _take(eligibility, row, approval, step, decision, again=True)
    return Taken(row, await advice(eligibility, row))


async def approve_composition(
    work: Work, appointment_ids: Sequence[int], decision: Decision
) -> list[Taken]:
    """Approve the composition of the centre: all of these come into force, or none."""
    if not 0 < len(set(appointment_ids)) == len(appointment_ids) <= LARGEST_COMPOSITION:
        raise Refusal(RefusalCode.INVALID, "Состав пуст, слишком велик или содержит повторы")
    # In one order, so that two compositions at once wait for each other and do not deadlock.
    taken = {n: await advance(work, n, Step.APPROVE, decision) for n in sorted(appointment_ids)}
    return [taken[number] for number in appointment_ids]


async def refuse(work: Work, appointment_id: int, reason: str) -> Appointment:
    """Strike an appointment that is not in force yet. Needs MANAGE_DIRECTORY and a reason."""
    require(work.actor, Permission.MANAGE_DIRECTORY)
    row = await _pending(work, appointment_id)
    if not reason.strip():
        raise Refusal(RefusalCode.REASON_REQUIRED, "Укажите причину", KEEPING)
    before = row.state
    await strike(work, row)
    await _record(work, row, before, reason.strip())
    return row


async def strike(work: Work, row: Appointment) -> None:
    """An appointment on its way is over: no party of its chain decides about it any more."""
    row.state = AppointmentState.REFUSED
    await stop(work, APPOINTMENT, row.id)


async def end(work: Work, appointment_id: int, until: date, ground: Ground) -> Appointment:
    """End an appointment in force: `until` is the first day it no longer holds."""
    row = await find_appointment(work, appointment_id)
    if row.state != AppointmentState.IN_FORCE:
        raise Refusal(RefusalCode.WRONG_STATE, "Это назначение не действует", KEEPING)
    require(work.actor, Permission.MANAGE_DIRECTORY)
    check_ground(ground, frozenset(), work.today, KEEPING)
    if until < row.since:
        raise Refusal(
            RefusalCode.DATE_OUT_OF_RANGE, "Последний день указан раньше первого", KEEPING
        )
    await close(work, row, until, ground.text)
    return row


async def close(work: Work, row: Appointment, until: date, cause: str) -> None:
    """Write the end of an appointment; what it was stays readable on every past day."""
    before, row.state = row.state, AppointmentState.ENDED
    row.until = until if row.until is None else min(row.until, until)
    await _record(work, row, before, cause)


async def find_appointment(work: Work, appointment_id: int) -> Appointment:
    """The appointment, locked until the end of the work; NOT_FOUND where there is none."""
    query = select(Appointment).where(Appointment.id == appointment_id).with_for_update()
    row = await work.session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого назначения нет")
    return row


def as_candidate(row: Appointment) -> Candidate:
    """The candidate behind an appointment, to be judged again."""
    return Candidate(
        row.person_id,
        row.role,
        row.since,
        tuple(row.blocks),
        tuple(row.municipalities),
        row.direction,
        row.powers,
    )


async def _pending(work: Work, appointment_id: int) -> Appointment:
    row = await find_appointment(work, appointment_id)
    if row.state not in PENDING:
        text = f"Назначение уже в состоянии «{AppointmentState(row.state).label}»"
        raise Refusal(RefusalCode.WRONG_STATE, text, KEEPING)
    return row


async def _take(
    eligibility: Eligibility,
    row: Appointment,
    approval: Approval,
    step: Step,
    decision: Decision,
    *,
    again: bool = False,
) -> None:
    """The step, once its turn is known; the candidate is judged `again` at each later one."""
    work = eligibility.work
    respect_limit(work, row.role, step, decision)
    seat = approval.seat(claim_of(eligibility, row, decision), step)
    if again:
        await eligibility.judge(as_candidate(row))
    entry = Entry(work, Permission.MANAGE_DIRECTORY, eligibility.bodies, tuple(row.blocks))
    approval = await approval.decide(seat, decision, entry.acting)
    before, row.state = row.state, REACHED[step]
    if decision.ground is not None:
        row.ground = decision.ground.text
    if approval.finished:
        row.state = AppointmentState.IN_FORCE
        row.since = max(row.since, decision.ground.date if decision.ground else work.today)
        await require_free_seat(work, row)
    await _record(work, row, before, seat.party.clause)


async def _record(work: Work, row: Appointment, before: str, cause: str) -> None:
    after = {"state": row.state, "role": row.role, "since": row.since.isoformat()}
    subject, name = f"appointment:{row.id}", f"appointment.{row.state}"
    await work.record(Event(name, subject, cause, {"state": before}, after))
