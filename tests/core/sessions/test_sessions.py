"""Sessions of the board: opened, idle, past their end, closed; nothing of the cookie is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.kernel.access import system
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.sessions.model import Session
from core.sessions.service import close_session, open_session, whose
from tests.conftest import OpenRegion
from tests.fixtures.clock import FrozenClock

TWELVE_HOURS = timedelta(hours=12)


@pytest.fixture
async def region(open_test_region: OpenRegion, clock: FrozenClock) -> Region:
    return await open_test_region("tests.grounds.polygon")


async def signed(region: Region) -> str:
    async with region.work(system()) as work:
        return await open_session(work, "demo-curator", TWELVE_HOURS)


async def subject(region: Region, name: str, later: timedelta = timedelta()) -> str | None:
    found = await whose(region, name, region.now() + later)
    return None if found is None else found.subject


async def row(region: Region) -> Session:
    async with region.database.reading() as session:
        return (await session.scalars(select(Session))).one()


async def test_a_session_is_known_by_its_name_alone(region: Region) -> None:
    name = await signed(region)
    assert await subject(region, name) == "demo-curator"
    for other in ("", "x", name[:-1], name + "a", "x" * 10_000):
        assert await subject(region, other) is None
    kept = await row(region)
    assert name not in (kept.digest, kept.subject)
    assert kept.ends_at - kept.opened_at == TWELVE_HOURS


async def test_it_ends_when_nobody_uses_it(region: Region) -> None:
    name, minute = await signed(region), timedelta(minutes=1)
    assert await subject(region, name, 30 * minute) is None
    assert await subject(region, name, 29 * minute) == "demo-curator"
    assert await subject(region, name, 58 * minute) == "demo-curator"
    assert await subject(region, name, 88 * minute) is None


async def test_it_ends_in_any_case(region: Region) -> None:
    name = await signed(region)
    for step in range(1, 30):
        assert await subject(region, name, timedelta(minutes=25) * step) == (
            "demo-curator" if step < 29 else None
        )


async def test_who_goes_out_is_out_and_both_are_in_the_journal(region: Region) -> None:
    name = await signed(region)
    async with region.work(system()) as work:
        assert await close_session(work, name)
        assert not await close_session(work, "x")
    assert await subject(region, name) is None
    async with region.work(system()) as work:
        assert not await close_session(work, name)
    async with region.database.reading() as session:
        names = [one.name for one in await session.scalars(select(JournalEntry))]
    assert [one for one in names if one.startswith("session.")] == [
        "session.opened",
        "session.closed",
    ]
