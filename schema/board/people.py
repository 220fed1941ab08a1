"""Officials by their names: the API tells them as the issuer of tokens does."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from core.directory.model import Person
from schema.board.saved import Desk


async def names_of(desk: Desk, subjects: Iterable[str]) -> dict[str, str]:
    """The name of each; whoever is not in the directory is told as the issuer has him."""
    wanted = set(subjects)
    async with desk.reading() as work:
        query = select(Person.subject, Person.name).where(Person.subject.in_(wanted))
        known = {one.subject: one.name for one in await work.session.execute(query)}
    return {one: known.get(one, one) for one in wanted}
