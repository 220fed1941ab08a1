"""What changed while somebody was writing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from core.directory.model import Person
from core.kernel.access import ANONYMOUS
from schema.board.saved import Desk
from schema.board.words import moment


async def changed_since(desk: Desk, case_id: str, since: datetime) -> list[dict[str, Any]]:
    """What was written of the case after the reader saw it, and by whom; the reader's names."""
    rows = (await desk.ask("Since", id=case_id))["appeal"]["ledger"]
    later = [one for one in rows if moment(one["recordedAt"]) > since]
    async with desk.region.reading(ANONYMOUS) as work:
        subjects = {one["actor"] for one in later}
        query = select(Person.subject, Person.name).where(Person.subject.in_(subjects))
        names = {one.subject: one.name for one in await work.session.execute(query)}
    return [{**one, "who": names.get(one["actor"], one["actor"])} for one in later]
