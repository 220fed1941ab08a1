"""What one statement tells of a region: its tables, what waits for its seal, what is due."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select, text

from core.db.database import Database
from core.kernel.doors.model import Way
from core.kernel.region import Region
from core.kernel.sealing.model import SealWaiting
from core.region.sealing.jobs import run_seal
from core.worker.vitals import Vitals, vitals
from tests.core.kernel.test_doors import arrive
from tests.core.region.test_revisions import stand_at
from tests.core.worker.rows import queue
from tests.fixtures.clock import FrozenClock


async def test_what_waits_longest_is_told(polygon: Region, clock: FrozenClock) -> None:
    await run_seal(polygon, {})
    assert await vitals(polygon) == Vitals(None, None)
    began = polygon.now()
    await queue(polygon, "note", "test:1")
    clock.forward(seconds=90)
    await queue(polygon, "note", "test:2")
    async with polygon.database.reading() as session:
        sealing = await session.scalar(select(func.min(SealWaiting.at)))
    assert await vitals(polygon) == Vitals(sealing, began)
    clock.forward(days=-1)
    assert await vitals(polygon) == Vitals(sealing, None)


async def test_a_job_that_lets_something_out_is_not_due_behind_closed_doors(
    polygon: Region, clock: FrozenClock
) -> None:
    await queue(polygon, "note")
    leaving = {name: replace(job, leaves=True) for name, job in polygon.jobs.items()}
    quiet = replace(polygon, jobs=leaving)
    before = await vitals(quiet)
    assert before
    assert before.due == clock.moment
    await arrive(polygon, Way.RESTORED)
    assert await vitals(quiet) == replace(before, due=None)


@pytest.mark.parametrize(
    ("revision", "numbers", "served"),
    [("core0014", "", False), ("core9999", "0", True), ("core9999", "1", False)],
)
async def test_nothing_is_told_of_tables_that_this_program_cannot_serve(
    polygon: Region, revision: str, numbers: str, served: bool
) -> None:
    await stand_at(polygon, revision)
    if numbers:
        async with polygon.database.writing() as session:
            await session.execute(text(f"UPDATE compatibility SET number = {numbers}"))
    assert (await vitals(polygon) is not None) is served


async def test_a_database_that_is_not_there_is_not_made(polygon: Region) -> None:
    nowhere = polygon.settings.data_dir / "nowhere.db"
    away = replace(polygon, database=Database(f"sqlite+aiosqlite:///{nowhere}"))
    assert await vitals(away) is None
    assert not nowhere.exists()


async def test_what_keeps_a_database_from_answering_is_raised(polygon: Region) -> None:
    away = Database("postgresql+asyncpg://nobody@127.0.0.1:1/nowhere")
    with pytest.raises(OSError, match="Connect call failed"):
        await vitals(replace(polygon, database=away))
    await away.close()
