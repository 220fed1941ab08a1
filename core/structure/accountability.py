"""Who answers for what, and who held what, on any day: by the rules of that day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.directory.model import Appointment, Delegation, Person
from core.directory.service import holding
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.roles import Reach, Role
from core.law.rulebook import Rulebook
from core.structure.rules.charges import Charge, Responsibility


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in a role on a day, by an appointment; `delegate` acts for him that day."""

    person: Person
    appointment: Appointment
    delegate: Person | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A rule that lays an object on a role, and whoever held the role that day."""

    rule: Responsibility
    holders: tuple[Holder, ...]


async def role_holders(
    session: AsyncSession, role: str, on: date, block: str | None = None
) -> list[Holder]:
    """Who held the role on a local day, in the block if one is named, the earliest first."""
    query = (
        select(Appointment, Person)
        .join(Person, Person.id == Appointment.person_id)
        .where(Appointment.role == role, holding(on))
        .order_by(Appointment.since, Appointment.id)
    )
    held = [(row, person) for row, person in await session.execute(query)]
    if block is not None:
        held = [(row, person) for row, person in held if not row.blocks or block in row.blocks]
    lent = await _delegates(session, [row.id for row, _ in held], on)
    return [Holder(person, row, lent.get(row.id)) for row, person in held]


async def responsible_for(
    session: AsyncSession,
    rules: Rulebook,
    charge: Charge,
    on: date,
    *,
    block: str | None = None,
    role: str | None = None,
) -> list[Answer]:
    """Who answered for an object on a local day, the heaviest answer first.

    A delegate acts, he does not answer: the holder of the role does. A role that the law does
    not charge with the object is NOT_PROVIDED, with the clause of whom it does charge.
    """
    laid = [rule for rule in rules.all(Responsibility, on) if rule.charge is charge]
    if role is not None:
        laid = [require_answerable(rules, charge, role, on)]
    answers = []
    for rule in sorted(laid, key=lambda r: -r.degree.weight):
        held = rules.find(Role, rule.role, on)
        of_blocks = held is not None and held.reach is Reach.BLOCKS
        holders = await role_holders(session, rule.role, on, block if of_blocks else None)
        answers.append(Answer(rule, tuple(holders)))
    return answers


def require_answerable(rules: Rulebook, charge: Charge, role: str, on: date) -> Responsibility:
    """The rule that lays the object on this role; NOT_PROVIDED with the clause of whose it is."""
    laid = [rule for rule in rules.all(Responsibility, on) if rule.charge is charge]
    for rule in laid:
        if rule.role == role:
            return rule
    heaviest = min(laid, key=lambda r: (-r.degree.weight, r.key), default=None)
    clause = heaviest.clause if heaviest else None
    raise Refusal(RefusalCode.NOT_PROVIDED, "Эта роль за такой предмет не отвечает", clause)


async def _delegates(
    session: AsyncSession, appointment_ids: Sequence[int], on: date
) -> dict[int, Person]:
    query = (
        select(Delegation.appointment_id, Person)
        .join(Person, Person.id == Delegation.person_id)
        .where(
            Delegation.appointment_id.in_(appointment_ids),
            Delegation.holds(on),
        )
        .order_by(Delegation.id)
    )
    return dict((await session.execute(query)).all())
