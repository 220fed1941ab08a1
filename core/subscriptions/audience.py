"""Who may learn of an event: asked at each one, by the rights of that moment."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.appeals.course import of_the_course, reads_all_cases, tells_of_cases
from core.appeals.model import Appeal
from core.appeals.queries import visible
from core.kernel.access import Actor, Scope
from core.kernel.codes import Permission

APPEAL = "appeal:"
MOST_AT_ONCE = 500


class Audience:
    """What one actor may learn; `session` is where cases are seen as they are now."""

    def __init__(self, session: AsyncSession, actor: Actor) -> None:
        self._session, self._actor = session, actor
        self._whole = Scope() in actor.scopes(Permission.READ_JOURNAL)
        self._cases = reads_all_cases(actor)

    async def numbers(self, subjects: Collection[str]) -> Mapping[str, str]:
        """The numbers of those cases among the subjects of events that the actor sees."""
        ids = sorted({int(one.removeprefix(APPEAL)) for one in subjects if one.startswith(APPEAL)})
        found: dict[str, str] = {}
        for start in range(0, len(ids), MOST_AT_ONCE):
            some = ids[start : start + MOST_AT_ONCE]
            query = select(Appeal.id, Appeal.number).where(Appeal.id.in_(some))
            rows = await self._session.execute(query.where(visible(self._actor)))
            found.update((f"{APPEAL}{number}", shown) for number, shown in rows)
        return found

    def hears(self, name: str, subject: str, numbers: Mapping[str, str]) -> bool:
        """Whether an event may be told: everything to who reads the region's journal and its cases.

        To others the course of cases that they see, which are `numbers`.
        """
        whole = self._whole and (self._cases or not tells_of_cases(subject))
        return whole or (of_the_course(name) and subject in numbers)
