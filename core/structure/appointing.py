"""Appointments: nominated, submitted, appointed, approved, ended, each step by its clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from core.directory.model import Appointment, AppointmentRecord
from core.directory.rules.appointments import AppointmentState
from core.kernel.access import require
from core.kernel.acts.federal import PRACTICE, RU_1844
from core.kernel.codes import Authority, Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.work import Work
from core.shapes.chains.rules import Ground
from core.structure.candidates import Bench, Candidate, drafted, open_bench
from core.structure.deciding import Decision, described, entitled
from core.structure.rules.appointing import PENDING, REACHED, Step, fitting, next_step, path
from core.structure.rules.appointing import AppointmentStep as StepRule
from core.structure.seats import Advice, advice, require_free_seat
from core.structure.stepping import rule_for

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
    bench = await open_bench(work)
    person, position = await bench.judge(candidate)
    rule = rule_for(bench, candidate.role, candidate.blocks, step, decision)
    _require_next(bench, candidate.role, candidate.blocks, AppointmentState.PROPOSED, step)
    row = drafted(candidate, person, position)
    await _take(bench, row, rule, decision)
    return Taken(row, await advice(bench, row))


async def advance(work: Work, appointment_id: int, step: Step, decision: Decision) -> Taken:
    """Take the next step of an appointment that is on its way."""
    bench = await open_bench(work)
    row = await _pending(work, appointment_id)
    blocks = tuple(row.blocks)
    rule = rule_for(bench, row.role, blocks, step, decision)
    _require_next(bench, row.role, blocks, AppointmentState(row.state), step)
    await bench.judge(as_candidate(row))
    await _take(bench, row, rule, decision)
    return Taken(row, await advice(bench, row))


async def approve_composition(
    work: Work, appointment_ids: Sequence[int], decision: Decision
) -> list[Taken]:
    """Approve the composition of the centre: all of these come into force, or none."""
    if not 0 < len(set(appointment_ids)) == len(appointment_ids) <= LARGEST_COMPOSITION:
        raise Refusal(RefusalCode.INVALID, "Состав пуст, слишком велик или повторяется")
    return [await advance(work, number, Step.APPROVE, decision) for number in appointment_ids]


async def refuse(work: Work, appointment_id: int, reason: str) -> Appointment:
    """Strike an appointment that is not in force yet. Needs MANAGE_DIRECTORY and a reason."""
    require(work.actor, Permission.MANAGE_DIRECTORY)
    row = await _pending(work, appointment_id)
    if not reason.strip():
        raise Refusal(RefusalCode.REASON_REQUIRED, "Укажите причину", KEEPING)
    before, row.state = row.state, AppointmentState.REFUSED
    await _record(work, row, before, reason.strip())
    return row


async def end(work: Work, appointment_id: int, until: date, ground: Ground) -> Appointment:
    """End an appointment in force: `until` is the first day it no longer holds."""
    row = await find_appointment(work, appointment_id)
    if row.state != AppointmentState.IN_FORCE:
        raise Refusal(RefusalCode.WRONG_STATE, "Это назначение не действует", KEEPING)
    entitled(work, Decision(Authority.KEEPER, ground), KEEPING, (await open_bench(work)).bodies)
    if until < row.since:
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, "Конец раньше начала", KEEPING)
    await close(work, row, until, described(ground))
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


def _require_next(
    bench: Bench, role: str, blocks: tuple[str, ...], state: AppointmentState, step: Step
) -> None:
    ahead = _path(bench, role, blocks)
    expected = next_step(state, ahead)
    if step is not expected and expected is not None:
        rules = fitting(bench.work.rules.all(StepRule, bench.work.today), role)
        due = next(rule for rule in rules if rule.step is expected)
        text = f"Сначала {expected.label} {due.by.label}"
        raise Refusal(RefusalCode.WRONG_STEP, text, due.clause)


def _path(bench: Bench, role: str, blocks: tuple[str, ...]) -> tuple[Step, ...]:
    rules = bench.work.rules.all(StepRule, bench.work.today)
    return path(rules, role, blocks[0] if blocks else None)


async def _take(bench: Bench, row: Appointment, rule: StepRule, decision: Decision) -> None:
    work, blocks = bench.work, tuple(row.blocks)
    body = entitled(work, decision, rule.clause, bench.bodies, blocks, rule.grounds)
    reached = REACHED[rule.step]
    if next_step(reached, _path(bench, row.role, blocks)) is None:
        reached = AppointmentState.IN_FORCE
    before, row.state = row.state, reached
    if decision.ground is not None:
        row.ground = described(decision.ground)
    if reached is AppointmentState.IN_FORCE:
        row.since = max(row.since, decision.ground.date if decision.ground else work.today)
        await require_free_seat(work, row)
    work.session.add(row)
    await work.session.flush()
    work.session.add(
        AppointmentRecord(
            appointment_id=row.id,
            step=rule.step,
            by=decision.by,
            body_id=body.id if body else None,
            clause=rule.clause.ref,
            ground=described(decision.ground) if decision.ground else None,
            actor=work.actor.subject,
            at=work.now,
        )
    )
    await _record(work, row, before, rule.clause.ref)


async def _record(work: Work, row: Appointment, before: str, cause: str) -> None:
    after = {"state": row.state, "role": row.role, "since": row.since.isoformat()}
    subject, name = f"appointment:{row.id}", f"appointment.{row.state}"
    await work.record(Event(name, subject, cause, {"state": before}, after))
