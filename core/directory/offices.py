"""Who signs: the office in which an official acts, and the name, as a letter has them."""

from __future__ import annotations

from core.directory.model import Person
from core.kernel.access import Grant, Placed
from core.kernel.codes import Permission
from core.kernel.rules.roles import Role
from core.kernel.work import Work


async def office_of(work: Work, permission: Permission, case: Placed) -> str:
    """«Куратор, Иванов Иван Иванович»: of several offices that may do this, the highest.

    Whoever is not in the directory is named as the login has it.
    """
    actor = work.actor
    person = await work.session.get(Person, actor.person_id) if actor.person_id else None
    name = person.name if person else actor.subject
    able = [g for g in actor.grants if permission in g.permissions and g.scope.covers(case)]
    role = max(able, key=_rank, default=None)
    rule = work.rules.find(Role, role.role, work.today) if role else None
    return f"{rule.name}, {name}" if rule else name


def _rank(grant: Grant) -> int:
    return grant.rank
