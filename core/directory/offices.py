"""Who signs: the office in which an official acts, and the name, as a letter has them."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from core.directory.model import Person, Position
from core.kernel.access import Concerning
from core.kernel.codes import Permission
from core.kernel.rules.roles import Role
from core.kernel.work import Work


async def office_of(work: Work, permission: Permission, case: Concerning) -> str:
    """«Куратор, Иванов Иван Иванович»: of several offices that may do this, the highest.

    Whoever is not in the directory is named as the login has it.
    """
    actor = work.actor
    person = await work.session.get(Person, actor.person_id) if actor.person_id else None
    name = person.name if person else actor.subject
    able = actor.able(permission, case)
    rule = work.rules.find(Role, able[0].role, work.today) if able else None
    return f"{rule.name}, {name}" if rule else name


async def position_of(session: AsyncSession, person: Person) -> Position | None:
    """The position that the person holds; None where the directory knows none."""
    return await session.get(Position, person.position_id or 0)
