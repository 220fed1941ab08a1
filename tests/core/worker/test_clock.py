"""A clock that jumps: an incident, and the queue goes on as if it had not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from core.kernel.access import system
from core.kernel.incidents.model import Incident
from core.kernel.queue import JobState
from core.kernel.region import Region
from core.worker.clock import Watch, mend_queue
from core.worker.runner import Attendant, run_here
from core.worker.runs import claim
from tests.core.worker.rows import journal, queue, row
from tests.fixtures.clock import FrozenClock

JUMPS = [timedelta(hours=1), timedelta(days=1), timedelta(days=31), timedelta(days=2_400)]


async def told(region: Region) -> list[str]:
    async with region.database.reading() as session:
        return [*await session.scalars(select(Incident.text).where(Incident.key == "clock"))]


@pytest.mark.parametrize("jump", JUMPS)
async def test_what_a_fast_clock_has_queued_is_run_once_it_is_set_back(
    polygon: Region, clock: FrozenClock, jump: timedelta
) -> None:
    attendant = Attendant(polygon, run_here)
    await attendant.go_round()
    assert await journal(polygon, "ticked") == ["clock:1"]
    clock.moment += jump
    waiting = await queue(polygon, "note", "test:1")
    held = await queue(polygon, "note", "test:2")
    assert await claim(polygon, held) is not None
    async with polygon.work(system()) as work:
        work.later("note", {"subject": "test:3"}, at=polygon.now() + timedelta(minutes=5))
    clock.moment -= jump
    await Attendant(polygon, run_here).go_round()
    clock.forward(seconds=1)
    await Attendant(polygon, run_here).go_round()
    assert (await row(polygon, waiting)).state == JobState.DONE
    assert (await row(polygon, held)).state == JobState.DONE
    assert await journal(polygon, "noted") == ["test:1", "test:2"]
    assert "clock:1" in (await journal(polygon, "ticked"))[1:]
    clock.forward(minutes=5)
    await Attendant(polygon, run_here).go_round()
    assert await journal(polygon, "noted") == ["test:1", "test:2", "test:3"]
    assert await told(polygon) != []
    assert await mend_queue(polygon) == 0


@pytest.mark.parametrize("seconds", [3_600, -3_600, 31 * 86_400, -86_400])
async def test_a_jump_is_an_incident(polygon: Region, clock: FrozenClock, seconds: int) -> None:
    attendant = Attendant(polygon, run_here)
    await attendant.go_round()
    await attendant.go_round()
    assert await told(polygon) == []
    clock.forward(seconds=seconds)
    await attendant.go_round()
    way = "вперёд" if seconds > 0 else "назад"
    (text,) = await told(polygon)
    assert text.startswith(f"Часы этой машины переведены {way} на {abs(seconds)} с")


def test_a_clock_that_goes_on_does_not_jump() -> None:
    watch, moment = Watch(), datetime(2026, 3, 2, tzinfo=UTC)
    assert [watch.jump(moment) for _ in range(3)] == [None, None, None]
    assert round((watch.jump(moment - timedelta(hours=1)) or timedelta()).total_seconds()) == -3600
