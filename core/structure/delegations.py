"""Acting for someone: another official holds an appointment's rights between two days."""

from __future__ import annotations

from datetime import date

from core.directory.model import Delegation, Person
from core.directory.rules.appointments import AppointmentState
from core.kernel.access import require
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.work import Work
from core.law.days import over
from core.structure.appointments import find_appointment
from core.structure.second_person import require_second_person

LAW = PRACTICE.cite("delegation")


async def delegate(
    work: Work, appointment_id: int, person_id: int, since: date, until: date, reason: str
) -> Delegation:
    """Lend the rights of an appointment: its holder does, or whoever keeps the directory.

    `until` is the first day it no longer holds. Who only stands in cannot lend further, and the
    answer for what the law lays on the holder stays with him.
    """
    row = await find_appointment(work, appointment_id)
    if work.actor.person_id is None or work.actor.person_id != row.person_id:
        require(work.actor, Permission.MANAGE_DIRECTORY)
    if row.state != AppointmentState.IN_FORCE:
        raise Refusal(RefusalCode.WRONG_STATE, "Это назначение не действует", LAW)
    if not reason.strip():
        raise Refusal(RefusalCode.REASON_REQUIRED, "Укажите причину", LAW)
    last = row.until or date.max
    if not max(row.since, work.today) <= since < until <= last:
        text = "Полномочия передают не задним числом и в пределах срока назначения"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, LAW)
    person = await work.session.get(Person, person_id)
    if person is None or person_id == row.person_id:
        raise Refusal(RefusalCode.INVALID, "Полномочия передают другому сотруднику", LAW)
    require_second_person(work.actor, person_id)
    if person.dismissed is not None and person.dismissed < until:
        raise Refusal(RefusalCode.PERSON_DISMISSED, "Этот сотрудник уволен", LAW)
    lent = Delegation(
        appointment_id=row.id, person_id=person_id, since=since, until=until, reason=reason.strip()
    )
    work.session.add(lent)
    await work.session.flush()
    days = {"since": since.isoformat(), "until": until.isoformat()}
    await work.record(Event("appointment.delegated", f"appointment:{row.id}", LAW.ref, after=days))
    return lent


async def recall(work: Work, delegation_id: int) -> Delegation:
    """End a delegation today, by the holder or whoever keeps the directory."""
    lent = await work.session.get(Delegation, delegation_id, with_for_update=True)
    if lent is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такой передачи полномочий нет")
    row = await find_appointment(work, lent.appointment_id)
    if work.actor.person_id is None or work.actor.person_id != row.person_id:
        require(work.actor, Permission.MANAGE_DIRECTORY)
    if over(lent.until, work.today):
        raise Refusal(RefusalCode.WRONG_STATE, "Эта передача полномочий уже окончена", LAW)
    lent.until = max(work.today, lent.since)
    event = Event("appointment.recalled", f"appointment:{row.id}", LAW.ref)
    await work.record(event)
    return lent
