"""Replacing a holder: two triggers, a proposal in working days, reminders, a breach on its day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from core.directory.model import Appointment
from core.directory.parties import holds_role
from core.directory.rules.appointments import AppointmentState
from core.kernel.access import require
from core.kernel.acts.federal import RU_1844
from core.kernel.codes import Authority, Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.rules.calendar import local_date
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.act import Clause
from core.shapes.deadlines.rules.counting import last_moment
from core.shapes.deadlines.rules.units import Unit
from core.shapes.deadlines.watch import Noted, sweep_terms
from core.structure.blocks import load_blocks
from core.structure.candidates import Candidate, drafted, load_eligibility
from core.structure.model import Replacement
from core.structure.rules.appointments import ReplacementRule, Trigger
from core.structure.second_person import require_second_person

APPOINTS = RU_1844.cite("10.г")


async def open_replacements(
    work: Work, row: Appointment, trigger: Trigger, received_at: datetime
) -> list[Replacement]:
    """Start the term in each block of the appointment; nothing where no law sets one."""
    rule = work.rules.find(ReplacementRule, f"{row.role}/{trigger}", work.today)
    if rule is None:
        return []
    term = (rule.working_days, Unit.WORKING_DAYS)
    due = last_moment(received_at, *term, work.calendar, work.zone)
    opened = [
        Replacement(
            appointment_id=row.id,
            block=block,
            trigger=trigger,
            clause=rule.clause.ref,
            received_at=received_at,
            due_at=due,
        )
        for block in row.blocks
    ]
    work.session.add_all(opened)
    await work.session.flush()
    for item in opened:
        await _record(work, item, "opened", rule.clause)
    return opened


@serves()
async def recommend_replacement(work: Work, appointment_id: int) -> list[Replacement]:
    """The curator recommends another holder; the term starts now, the holder stays meanwhile."""
    row = await work.session.get(Appointment, appointment_id, with_for_update=True)
    if row is None or row.state != AppointmentState.IN_FORCE:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого действующего назначения нет")
    rule = work.rules.find(ReplacementRule, f"{row.role}/{Trigger.RECOMMENDATION}", work.today)
    if rule is None:
        text = "Замены по рекомендации куратора акты региона не предусматривают"
        raise Refusal(RefusalCode.NOT_PROVIDED, text, APPOINTS)
    _require_role(work, Authority.CURATOR, (), rule.clause)
    known = select(Replacement.id).where(
        Replacement.appointment_id == row.id, Replacement.trigger == Trigger.RECOMMENDATION
    )
    if (await work.session.scalars(known)).first() is not None:
        raise Refusal(RefusalCode.WRONG_STATE, "Замена уже рекомендована", rule.clause)
    return await open_replacements(work, row, Trigger.RECOMMENDATION, work.now)


@serves()
async def propose_replacement(work: Work, replacement_id: int, candidate: Candidate) -> Replacement:
    """The block responsible proposes another candidate: the term stops, the chain begins.

    He proposes, he does not appoint: the candidate then goes the way of every appointment (R5).
    A proposal after the deadline is taken and the breach stays.
    """
    query = select(Replacement).where(Replacement.id == replacement_id).with_for_update()
    row = await work.session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такой замены нет")
    replaced = await work.session.get_one(Appointment, row.appointment_id)
    key = f"{replaced.role}/{row.trigger}"
    rule = work.rules.get(ReplacementRule, key, local_date(row.received_at, work.zone))
    block = (await load_blocks(work.session, work.rules)).get(row.block, work.today)
    _require_role(work, block.answerable(rule.proposes), (row.block,), rule.clause)
    if row.proposed_at is not None:
        raise Refusal(RefusalCode.WRONG_STATE, "Кандидатура уже предложена", rule.clause)
    if candidate.role != replaced.role or candidate.blocks != (row.block,):
        raise Refusal(RefusalCode.INVALID, "Предлагают на ту же роль в том же блоке", rule.clause)
    if candidate.person_id == replaced.person_id:
        raise Refusal(RefusalCode.INVALID, "Нужна другая кандидатура", rule.clause)
    require_second_person(work.actor, candidate.person_id)
    person, position = await (await load_eligibility(work)).judge(candidate)
    proposed = drafted(candidate, person, position)
    work.session.add(proposed)
    await work.session.flush()
    row.candidate_id, row.proposed_at = proposed.id, work.now
    if work.now > row.due_at:
        row.breached_at = row.due_at
    await _record(work, row, "proposed", rule.clause)
    return row


@serves()
async def watch_replacements(work: Work) -> int:
    """Remind daily of what waits for a proposal and record each breach on its deadline.

    Idempotent on a day; gives how many were reminded.
    """
    require(work.actor, Permission.OPERATE)
    return await sweep_terms(work, REPLACEMENTS)


async def run_watch(work: Work, _payload: Mapping[str, object]) -> None:
    """Periodic job: reminders and breaches of replacements."""
    await watch_replacements(work)


def _require_role(work: Work, role: str, blocks: tuple[str, ...], clause: Clause) -> None:
    if work.actor.anonymous:
        require(work.actor, Permission.READ_DIRECTORY)
    if not holds_role(work.actor, role, blocks):
        raise Refusal(RefusalCode.FORBIDDEN, "Этот шаг делает лицо в другой роли", clause)


async def _record(work: Work, row: Replacement, what: str, clause: Clause | None = None) -> None:
    after = {"block": row.block, "trigger": row.trigger, "due_at": row.due_at.isoformat()}
    cause = clause.ref if clause else row.clause
    await work.record(Event(f"replacement.{what}", f"replacement:{row.id}", cause, after=after))


REPLACEMENTS = Noted(
    Replacement, Replacement.proposed_at.is_(None), due=Replacement.due_at, note=_record
)
"""What the sweep watches: replacements without another candidate."""
