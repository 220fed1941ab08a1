"""What somebody who has entered lacks to work here, said to himself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.directory.model import Appointment, Person
from core.directory.parties import STANDING
from core.directory.rules.appointments import AppointmentState
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.roles import Role
from core.law.act import Clause
from core.law.days import holds, over
from core.law.rulebook import Rulebook

UNKNOWN = (
    "Вас нет в справочнике: администратор региона вносит Вас в должностные лица "
    "под именем «{subject}» и назначает на роль"
)
DISMISSED = "Вы уволены с {day:%d.%m.%Y}: прежние назначения прав не дают"
NO_APPOINTMENT = "Вы есть в справочнике, но не назначены ни на одну роль: назначает администратор"
NOT_YET = "Назначение на роль «{role}» ещё не действует: {state}"
LATER = "Назначение на роль «{role}» начнёт действовать {day:%d.%m.%Y}"
OVER = "Назначение на роль «{role}» прекращено {day:%d.%m.%Y}"
WITHOUT_ROLE = "Роли Вашего назначения в своде правил больше нет: нужна другая"
ON_THE_WAY = (
    AppointmentState.PROPOSED,
    AppointmentState.NOMINATED,
    AppointmentState.SUBMITTED,
    AppointmentState.APPOINTED,
)


async def missing_of(session: AsyncSession, subject: str, on: date, rules: Rulebook) -> str:
    """What keeps the person behind a subject from having any right on this local day."""
    said, _ = await _lack(session, subject, on, rules)
    return said


async def turned_away(
    session: AsyncSession, subject: str, on: date, rules: Rulebook, clause: Clause | None
) -> Refusal:
    """FORBIDDEN for whoever has no right at all today, with what keeps him from having any.

    The `clause`, if one does, says who may; for the dismissed, that they hold nothing.
    """
    said, standing = await _lack(session, subject, on, rules)
    return Refusal(RefusalCode.FORBIDDEN, said, clause or standing)


async def _lack(
    session: AsyncSession, subject: str, on: date, rules: Rulebook
) -> tuple[str, Clause | None]:
    person = await session.scalar(select(Person).where(Person.subject == subject))
    if person is None:
        return UNKNOWN.format(subject=subject), None
    if person.dismissed is not None and over(person.dismissed, on):
        return DISMISSED.format(day=person.dismissed), STANDING
    query = select(Appointment).where(Appointment.person_id == person.id).order_by(Appointment.id)
    return _of_appointments((await session.scalars(query)).all(), on, rules), None


def _of_appointments(rows: Sequence[Appointment], on: date, rules: Rulebook) -> str:
    """The nearest to being in force first: on its way, yet to begin, over."""
    for row in rows:
        if row.state in ON_THE_WAY:
            state = AppointmentState(row.state).label
            return NOT_YET.format(role=_named(row, on, rules), state=state)
    held = [row for row in rows if row.state != AppointmentState.REFUSED]
    for row in held:
        if not holds(row.since, None, on):
            return LATER.format(role=_named(row, on, rules), day=row.since)
    for row in reversed(held):
        if row.until is not None and over(row.until, on):
            return OVER.format(role=_named(row, on, rules), day=row.until)
    return WITHOUT_ROLE if held else NO_APPOINTMENT


def _named(row: Appointment, on: date, rules: Rulebook) -> str:
    role = rules.find(Role, row.role, on)
    return role.name if role else row.role
