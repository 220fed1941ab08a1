"""One state of a database: both roads of reading see it, whatever others commit meanwhile."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest
from sqlalchemy import func, select, text

from core.db.snapshot import Reads
from core.directory.model import Person
from core.kernel.region import Region

COUNT = "SELECT count(*) FROM person WHERE id > {}"


def counting(region: Region) -> str:
    return COUNT.format("?" if region.database.is_sqlite else "$1")


async def both(region: Region, of: Reads) -> tuple[int, int]:
    """How many persons a session counts, and how many the planner's road does."""
    async with of.reading() as session:
        counted = await session.scalar(select(func.count()).select_from(Person))
    ((rows,),) = await of.fetch(counting(region), [0])
    return counted or 0, rows


async def appear(region: Region, subject: str) -> None:
    async with region.database.writing() as session:
        session.add(Person(subject=subject, name="Иванова А. Б."))


@pytest.mark.parametrize("text_first", [True, False])
async def test_what_others_commit_is_not_seen(polygon: Region, text_first: bool) -> None:
    before, _ = await both(polygon, polygon.database)
    async with polygon.database.snapshot() as one:
        if text_first:
            await one.fetch(counting(polygon), [0])
        else:
            await both(polygon, one)
        for number in range(3):
            await appear(polygon, f"new-{number}")
            assert await both(polygon, one) == (before, before)
    assert await both(polygon, polygon.database) == (before + 3, before + 3)
    async with polygon.database.snapshot() as next_one:
        assert await both(polygon, next_one) == (before + 3, before + 3)


async def test_who_reads_nothing_holds_nothing(polygon: Region) -> None:
    """More of them at once than the pool has places, and each is opened by its first question."""
    async with AsyncExitStack() as held:
        states = (polygon.database.snapshot(at_once=False) for _ in range(30))
        one, *_ = [await held.enter_async_context(each) for each in states]
        await appear(polygon, "before")
        found = await asyncio.gather(*(both(polygon, one) for _ in range(3)))
        await appear(polygon, "after")
        assert [*found, await both(polygon, one)] == [(1, 1)] * 4


async def test_sessions_within_each_other_and_side_by_side_are_of_it(polygon: Region) -> None:
    async with polygon.database.snapshot() as one:
        async with one.reading() as outer:
            assert await outer.scalar(select(func.count()).select_from(Person)) == 0
            await appear(polygon, "new")
            found = await asyncio.gather(*(both(polygon, one) for _ in range(8)))
            assert await outer.scalar(select(func.count()).select_from(Person)) == 0
        assert found == [(0, 0)] * 8


async def test_a_session_that_fails_leaves_the_state_to_the_others(polygon: Region) -> None:
    async def fail(of: Reads) -> None:
        async with of.reading() as session:
            await session.scalar(select(func.count()).select_from(Person))
            raise ZeroDivisionError

    async with polygon.database.snapshot() as one:
        with pytest.raises(ZeroDivisionError):
            await fail(one)
        await appear(polygon, "new")
        assert await both(polygon, one) == (0, 0)


async def test_nothing_is_written_through_it(polygon: Region) -> None:
    async with polygon.database.snapshot() as one, one.reading() as session:
        session.add(Person(subject="new", name="Иванова А. Б."))
        if polygon.database.is_sqlite:
            await session.flush()
    async with polygon.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Person)) == 0


async def test_many_wait_for_each_other_and_may_write_meanwhile(polygon: Region) -> None:
    """More than the pool keeps, and each wants a connection to write with: none waits for ever."""

    async def page(number: int) -> tuple[int, int]:
        async with polygon.database.snapshot() as one:
            found = await both(polygon, one)
            await appear(polygon, f"new-{number}")
            return found

    async with asyncio.timeout(60):
        await asyncio.gather(*(page(number) for number in range(25)))
    assert await both(polygon, polygon.database) == (25, 25)


async def test_a_statement_that_fails_ends_the_state_and_nothing_else(polygon: Region) -> None:
    async with polygon.database.snapshot() as broken:
        with pytest.raises(Exception, match="nowhere"):
            await broken.fetch("SELECT * FROM nowhere", [])
    async with polygon.database.snapshot() as one:
        async with one.reading() as session:
            assert await session.scalar(text("SELECT 1")) == 1
        assert await both(polygon, one) == (0, 0)
