"""A desk whose region sends its letters through a relay of the test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import select

from core.appeals.delivery.dispatches import send
from core.appeals.mail.sender import run_mail
from core.appeals.notices.model import Notice
from core.kernel.incidents.model import Incident
from core.kernel.journal import JournalEntry
from tests.core.appeals.conftest import Desk
from tests.core.appeals.dispatch_steps import ELECTRONIC, QUALIFIED, done, signed
from tests.fixtures.relays import FakeRelay, listening

BY_MAIL: dict[str, Any] = {"channel": "e-mail"}
"""How an appeal comes that is answered by e-mail."""


@dataclass(frozen=True)
class Post:
    """The desk, its relay, and short words for what the job does."""

    desk: Desk
    relay: FakeRelay

    async def answered(self, **changes: object) -> int:
        """A signed answer that waits to leave; the id of its appeal."""
        appeal_id = await signed(self.desk, QUALIFIED, **{**BY_MAIL, **changes})
        await done(self.desk, self.desk.official, lambda w, i: send(w, i, ELECTRONIC), appeal_id)
        return appeal_id

    async def run(self, *, minutes: int = 6) -> None:
        """The job, some minutes later."""
        self.desk.clock.forward(minutes=minutes)
        await run_mail(self.desk.region, {})

    async def notices(self) -> list[Notice]:
        async with self.desk.region.database.reading() as session:
            return list(await session.scalars(select(Notice).order_by(Notice.id)))

    async def notice(self) -> Notice:
        """The only one."""
        (notice,) = await self.notices()
        return notice

    async def alarms(self) -> list[tuple[str, int, bool]]:
        """Key, times and whether it stands still."""
        async with self.desk.region.database.reading() as session:
            rows = await session.scalars(select(Incident).order_by(Incident.id))
            return [(row.key, row.times, row.resolved_at is None) for row in rows]

    async def told(self) -> list[str]:
        """What the journal says of notices."""
        async with self.desk.region.database.reading() as session:
            query = select(JournalEntry.name).where(JournalEntry.name.startswith("notice."))
            return list(await session.scalars(query.order_by(JournalEntry.id)))


@pytest.fixture
async def post(desk: Desk) -> AsyncIterator[Post]:
    async with listening(FakeRelay()) as relay:
        own = relay.settings(desk.region.own)
        yield Post(replace(desk, region=replace(desk.region, own=own)), relay)
