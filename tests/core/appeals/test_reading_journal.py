from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from core.appeals.reading_journal import ReadingJournal
from core.kernel.access import Actor, system
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from tests.core.appeals.conftest import Desk


async def journalled(desk: Desk) -> list[tuple[str, str]]:
    async with desk.region.database.reading() as session:
        query = select(JournalEntry.actor, JournalEntry.subject)
        query = query.where(JournalEntry.name == "content.read").order_by(JournalEntry.id)
        return [(actor, subject) for actor, subject in await session.execute(query)]


@pytest.mark.clause("fz59/6.2")
async def test_readings_at_once_are_each_written_down(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    units: list[Actor] = []
    work = type(desk.region).work

    def counted(region: Region, actor: Actor) -> Any:
        units.append(actor)
        return work(region, actor)

    monkeypatch.setattr(type(desk.region), "work", counted)
    journal, one, other = ReadingJournal(desk.region), desk.curator, desk.official

    asked = [(one, {1}), (other, {2, 1}), (one, {1}), (one, {3})]
    await asyncio.gather(*(journal.record(actor, ids) for actor, ids in asked))

    lines = [(one.subject, f"appeal:{n}") for n in (1, 1, 3)]
    lines += [(other.subject, f"appeal:{n}") for n in (1, 2)]
    assert sorted(await journalled(desk)) == sorted(lines)
    assert units == [system()]


async def test_nobody_is_told_of_lines_that_do_not_stand(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise OSError("нет места")

    journal = ReadingJournal(desk.region)
    with monkeypatch.context() as patched:
        patched.setattr("core.appeals.reading_journal.record_reading", full)
        asked = (journal.record(desk.curator, {number}) for number in (1, 2))
        told = await asyncio.gather(*asked, return_exceptions=True)
    assert [str(error) for error in told] == ["нет места"] * 2
    assert await journalled(desk) == []

    await journal.record(desk.curator, {1})
    assert await journalled(desk) == [(desk.curator.subject, "appeal:1")]


async def test_who_has_gone_stops_nobody(desk: Desk) -> None:
    journal = ReadingJournal(desk.region)
    gone = asyncio.create_task(journal.record(desk.curator, {1}))
    stays = asyncio.create_task(journal.record(desk.official, {2}))
    await asyncio.sleep(0)
    gone.cancel()
    await stays
    assert [subject for _, subject in await journalled(desk)] == ["appeal:1", "appeal:2"]
