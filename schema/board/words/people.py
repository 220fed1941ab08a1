"""Officials by their names: the API tells them as the issuer of tokens does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, select

from core.db.statements import DIALECTS, Slot, Statement, compiled
from core.directory.model import Person
from schema.board.lookups import rows_among
from schema.board.saved import PageContext


async def names_of(context: PageContext, subjects: Iterable[str]) -> dict[str, str]:
    """The name of each; whoever is not in the directory is told as the issuer has him."""
    wanted = set(subjects)
    known = dict(await rows_among(context, Person.subject, wanted, Person.name))
    return {one: known.get(one, one) for one in wanted}


async def name_of_reader(context: PageContext) -> str:
    """The reader's own: each page says it, so it is remembered with what he may do.

    No number of the page depends on it: a page that reads nothing else opens no state for it.
    """
    database, subject = context.region.database, context.actor.subject

    async def ask() -> str:
        asked = _named(database.dialect)
        found = await database.fetch(asked.text, asked.values([subject]))
        return str(found[0][0]) if found else subject

    return await context.endpoint.name(subject, ask)


@lru_cache(DIALECTS)
def _named(dialect: Dialect) -> Statement:
    return compiled(select(Person.name).where(Person.subject == Slot(0)), dialect)


async def who(context: PageContext) -> Mapping[str, Any]:
    """The name and the roles of whoever is signed in."""
    found = (await context.ask("Me"))["me"]
    name = await name_of_reader(context)
    roles = dict.fromkeys(one["role"]["name"] for one in found["grants"] if one["role"])
    return {"name": name, "roles": list(roles), **found}
