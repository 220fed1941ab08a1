"""The first administrator of a region: entered once, from outside, on the ground of a document."""

from __future__ import annotations

from sqlalchemy import select, text

from core.directory.model import Appointment, Person
from core.directory.rules.appointments import AppointmentState
from core.directory.service import ONCE_IN_FORCE
from core.kernel.access import require
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.rules.roles import Role
from core.kernel.serves import serves
from core.kernel.texts import filled
from core.kernel.work import Work
from core.law.days import over
from core.shapes.registers.model import meeting, standing
from core.structure.people import enter_person

ROLE = "administrator"
FIRST = PRACTICE.cite("first-administrator")
LONGEST_GROUND = 500
ALONE = "LOCK TABLE appointment IN SHARE ROW EXCLUSIVE MODE"
"""Two at once would both be the first. SQLite has one writer at a time anyway."""


@serves(FIRST)
async def grant_first(work: Work, subject: str, name: str, ground: str) -> Appointment:
    """Appoint the region's first administrator from today on.

    `subject` is the name that the token issuer gives. Needs MANAGE_DIRECTORY. Refuses SEAT_TAKEN
    where there is an administrator, REASON_REQUIRED, PERSON_DISMISSED, INVALID, UNKNOWN_ROLE.
    """
    require(work.actor, Permission.MANAGE_DIRECTORY)
    if work.rules.find(Role, ROLE, work.today) is None:
        raise Refusal(RefusalCode.UNKNOWN_ROLE, "Роли администратора в своде правил нет", FIRST)
    document = ground.strip()
    if not filled(document, LONGEST_GROUND):
        text_ = "Укажите документ, на основании которого назначен администратор"
        raise Refusal(RefusalCode.REASON_REQUIRED, text_, FIRST)
    if work.dialect == "postgresql":
        await work.session.execute(text(ALONE))
    await _require_none(work)
    known = await work.session.scalar(select(Person).where(Person.subject == subject.strip()))
    if known is not None and over(known.dismissed, work.today):
        raise Refusal(RefusalCode.PERSON_DISMISSED, "Этот сотрудник уволен", FIRST)
    person = await enter_person(work, subject, name, known.position_id if known else None)
    row = Appointment(
        person_id=person.id,
        role=ROLE,
        blocks=[],
        municipalities=[],
        ground=document,
        since=work.today,
        position_id=person.position_id,
    )
    work.session.add(row)
    await work.session.flush()
    after = {"state": row.state, "role": ROLE, "since": row.since.isoformat()}
    await work.record(Event("appointment.in_force", f"appointment:{row.id}", FIRST.ref, {}, after))
    return row


async def _require_none(work: Work) -> None:
    """Refuse where somebody holds the role, or will: appointments are theirs to enter."""
    held = (
        select(Person.name, Appointment.since)
        .join(Person, Person.id == Appointment.person_id)
        .where(
            Appointment.role == ROLE,
            Appointment.state.in_((*ONCE_IN_FORCE, AppointmentState.APPOINTED)),
            meeting(Appointment, work.today, None),
            standing(None, Person.dismissed, work.today),
        )
        .order_by(Appointment.id)
    )
    first = (await work.session.execute(held)).first()
    if first is not None:
        text_ = f"Администратор уже есть: {first.name}, с {first.since:%d.%m.%Y}"
        raise Refusal(RefusalCode.SEAT_TAKEN, text_, FIRST)
