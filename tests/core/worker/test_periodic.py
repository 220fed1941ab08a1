"""Jobs that come round: once a period, whoever asks and however often."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from core.kernel.access import system
from core.kernel.queue import JobState, QueuedJob
from core.kernel.region import Region
from core.worker.periodic import KEPT, queue_periodic, tickets
from core.worker.runs import run_job
from tests.core.worker.rows import queue, states
from tests.fixtures.clock import FrozenClock
from tests.fixtures.statements import queries

ROUND = ("clusters.propose", "escalation.sweep", "tick")


async def test_each_comes_round_once_a_period(polygon: Region, clock: FrozenClock) -> None:
    assert set(tickets(polygon.jobs, polygon.now()).values()) >= set(ROUND)
    first = await queue_periodic(polygon)
    assert await queue_periodic(polygon) == 0
    names = [name for name, _ in await states(polygon)]
    assert len(names) == first == len(set(names))
    clock.forward(minutes=9, seconds=59)
    await queue_periodic(polygon)
    assert [name for name, _ in await states(polygon)].count("tick") == 1
    clock.forward(seconds=1)
    await queue_periodic(polygon)
    assert [name for name, _ in await states(polygon)].count("tick") == 2


async def test_nothing_is_written_when_all_stands(polygon: Region) -> None:
    await queue_periodic(polygon)
    with queries(1) as sent:
        await queue_periodic(polygon)
    assert sent[0].startswith("SELECT")


async def test_many_processes_queue_it_once(polygon: Region) -> None:
    await asyncio.gather(*(queue_periodic(polygon) for _ in range(5)))
    assert [name for name, _ in await states(polygon)].count("tick") == 1


async def test_missed_periods_are_not_made_up_for(polygon: Region, clock: FrozenClock) -> None:
    await queue_periodic(polygon)
    clock.forward(days=3)
    await queue_periodic(polygon)
    assert [name for name, _ in await states(polygon)].count("tick") == 2


async def test_old_finished_runs_are_forgotten(polygon: Region, clock: FrozenClock) -> None:
    done, parked = await queue(polygon, "note"), await queue(polygon, "vanished")
    waiting = await queue(polygon, "note")
    assert await run_job(polygon, done) is JobState.DONE
    assert await run_job(polygon, parked) is JobState.PARKED
    clock.forward(seconds=KEPT.total_seconds() + 1)
    await queue_periodic(polygon)
    async with polygon.database.reading() as session:
        query = select(QueuedJob.id).where(QueuedJob.ticket.is_(None)).order_by(QueuedJob.id)
        assert (await session.scalars(query)).all() == [parked, waiting]


async def test_the_present_period_is_never_forgotten(
    polygon: Region, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await queue_periodic(polygon)
    async with polygon.work(system()) as work:
        await work.session.execute(update(QueuedJob).values(state=JobState.DONE))
    monkeypatch.setattr("core.worker.periodic.KEPT", timedelta(seconds=1))
    clock.forward(minutes=5)
    await queue_periodic(polygon)
    assert [name for name, _ in await states(polygon)].count("tick") == 1
