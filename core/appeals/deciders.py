"""Who decides about a case: the office and the name that stand in a letter, and his rank."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from core.appeals.case import Case
from core.appeals.rules.lifecycle import Fact
from core.directory.model import Person
from core.directory.offices import position_of
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.roles import Role
from core.law.act import Clause


async def decider(case: Case, permission: Permission, clause: Clause) -> str:
    """Office and name of who acts, as a letter says them.

    Refuses FORBIDDEN for one who is no official of the directory: a service decides nothing.
    """
    person = await case.work.session.get(Person, case.work.actor.person_id or 0)
    if person is None:
        text = "Решение принимает должностное лицо, внесённое в справочник"
        raise Refusal(RefusalCode.FORBIDDEN, text, clause)
    return await titled(case.work.session, person) or f"{_role(case, permission)} {person.name}"


async def titled(session: AsyncSession, person: Person) -> str | None:
    """«Министр Пробный А. А.»; None where the directory knows no position of the person."""
    position = await position_of(session, person)
    return None if position is None else f"{position.name} {person.name}"


def check_above_executor(case: Case, permission: Permission, clause: Clause, text: str) -> None:
    """Refuse APPROVER_TOO_LOW, in these words, to the executor and to who is not above him."""
    accepted = [entry for entry in case.rows if entry.fact == Fact.ACCEPTED]
    executor = accepted[-1] if accepted else None
    executor_rank = executor.data.get("executor_rank", 0) if executor else 0
    own = executor is not None and executor.actor == case.work.actor.subject
    if own or case.work.actor.rank(permission, case.appeal) <= executor_rank:
        raise Refusal(RefusalCode.APPROVER_TOO_LOW, text, clause)


def _role(case: Case, permission: Permission) -> str:
    """The highest role by which the actor has the permission for the case."""
    work = case.work
    found = [
        (grant.rank, role.name)
        for grant in work.actor.able(permission, case.appeal)
        if (role := work.rules.find(Role, grant.role, work.today))
    ]
    return max(found)[1] if found else ""
