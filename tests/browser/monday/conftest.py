"""The office in which Monday happens: a served region, its people, their browsers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from core.appeals.handover import accept
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.model import Appeal
from core.directory.service import actor_in
from core.kernel.access import system
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from tests.browser.conftest import served
from tests.browser.hands import Browser, Hands, Tab, hands_in, opened
from tests.conftest import OpenRegion
from tests.fixtures.clock import FrozenClock
from tests.fixtures.office import CLERK, staffed
from tests.schema.conftest import LETTER

CURATOR, COORDINATOR = "curator", "coordinator"
__all__ = ["CLERK", "COORDINATOR", "CURATOR", "Office"]


@dataclass
class Office:
    """The region at its address, and whoever sits at it."""

    region: Region
    clock: FrozenClock
    address: str
    hands: Hands

    async def sit(
        self, role: str, *, person: str = "", tab: str = "", scripts: bool = True, width: int = 1280
    ) -> Tab:
        """A tab in which the official of this role has come in."""
        made = await self.seat(person or role, tab=tab, scripts=scripts, width=width)
        await made.go(f"login/demo/{role}")
        return made

    async def seat(
        self, person: str, *, tab: str = "", scripts: bool = True, width: int = 1280
    ) -> Tab:
        """A tab in which nobody has come in yet."""
        name, root = tab or person, f"{self.address}/{self.region.code}/"
        return await opened(self.hands, name, root, person=person, scripts=scripts, width=width)

    async def arrives(self, number: int = 1, **changes: str) -> Appeal:
        """A case that the ministry is to answer."""
        async with self.region.work(system()) as work:
            new = NewAppeal(**{**LETTER, "external_id": f"п-{number}", **changes})
            taken = await take_in(work, new)
            return await work.session.get_one(Appeal, taken.appeal_id)

    async def accepted(self, number: int = 1) -> Appeal:
        """A case that the clerk of the ministry has accepted."""
        appeal = await self.arrives(number)
        async with self.region.work(system()) as work:
            actor = await actor_in(work, f"demo-{CLERK}")
        async with self.region.work(actor) as work:
            await accept(work, appeal.id)
        return appeal


async def recorded(region: Region, name: str) -> int:
    """How many lines of this name the journal has."""
    query = select(func.count()).where(JournalEntry.name == name)
    async with region.database.reading() as session:
        return await session.scalar(query) or 0


@pytest.fixture
async def office(
    browser: Browser, open_test_region: OpenRegion, clock: FrozenClock
) -> AsyncIterator[Office]:
    region = await open_test_region("tests.grounds.polygon", staffed)
    async with served(region) as address, hands_in(browser) as hands:
        yield Office(region, clock, address, hands)
