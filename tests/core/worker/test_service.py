"""One run of a job: taken once, done or given back, parked with nothing personal in the row."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.kernel.access import ANONYMOUS, system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.incidents.model import Incident
from core.kernel.queue import JobState
from core.kernel.region import Region
from core.worker.operator import jobs_in_state, retry_job
from core.worker.runs import LEASE, backoff, claim, run_job
from tests.core.worker.rows import journal, queue, row
from tests.fixtures.clock import FrozenClock


async def test_a_job_runs_once_and_its_row_is_done(polygon: Region) -> None:
    job_id = await queue(polygon, "note", subject="test:7")
    assert await run_job(polygon, job_id) is JobState.DONE
    assert await run_job(polygon, job_id) is None
    assert await journal(polygon, "noted") == ["test:7"]
    done = await row(polygon, job_id)
    assert (done.state, done.attempts, done.error, done.leased_until) == ("done", 1, None, None)
    assert done.finished_at == polygon.now()


async def test_a_job_waits_for_its_time(polygon: Region, clock: FrozenClock) -> None:
    async with polygon.work(system()) as work:
        work.later("note", {"subject": "test:1"}, at=polygon.now() + timedelta(hours=1))
    assert await run_job(polygon, 1) is None
    clock.forward(hours=1)
    assert await run_job(polygon, 1) is JobState.DONE


async def test_a_rolled_back_unit_of_work_queues_nothing(polygon: Region) -> None:
    async def change_one_s_mind() -> None:
        async with polygon.work(system()) as work:
            work.later("note", {"subject": "test:1"})
            await work.session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await change_one_s_mind()
    assert await run_job(polygon, 1) is None


async def test_a_failing_job_waits_longer_each_time_and_is_parked(
    polygon: Region, clock: FrozenClock
) -> None:
    job_id = await queue(polygon, "stumble", subject="test:1")
    waits = []
    for _ in range(2):
        assert await run_job(polygon, job_id) is JobState.WAITING
        waiting = await row(polygon, job_id)
        waits.append(waiting.run_at - polygon.now())
        assert await run_job(polygon, job_id) is None
        clock.forward(seconds=waits[-1].total_seconds())
    assert await run_job(polygon, job_id) is JobState.PARKED
    assert waits == [timedelta(seconds=15), timedelta(seconds=30)]
    parked = await row(polygon, job_id)
    assert re.fullmatch(r"ValueError \(stumble, rules\.py:\d+\)", parked.error or "")
    assert (parked.attempts, parked.finished_at) == (3, polygon.now())
    assert await journal(polygon, "noted") == []
    assert await journal(polygon, "job.parked") == [f"job:{job_id}"]
    async with polygon.database.reading() as session:
        incident = (await session.scalars(select(Incident))).one()
    assert (incident.key, incident.times) == ("job/stumble", 1)
    assert incident.text == f"Задание «stumble» отложено: попыток 3, {parked.error}"


async def test_an_unknown_job_is_parked_at_once(polygon: Region) -> None:
    job_id = await queue(polygon, "vanished")
    assert await run_job(polygon, job_id) is JobState.PARKED
    assert ((await row(polygon, job_id)).error or "").startswith("UnknownJob (_carry_out, ")


async def test_of_two_claimers_one_gets_the_row(polygon: Region) -> None:
    for _ in range(10):
        job_id = await queue(polygon, "note")
        leases = await asyncio.gather(*(claim(polygon, job_id) for _ in range(4)))
        assert [lease.attempt for lease in leases if lease] == [1]


async def test_concurrent_runners_run_every_job_once(polygon: Region) -> None:
    ids = [await queue(polygon, "note", subject=f"test:{n}") for n in range(8)]
    states = await asyncio.gather(*(run_job(polygon, job_id) for job_id in ids for _ in range(3)))
    assert states.count(JobState.DONE) == 8
    assert states.count(None) == 16
    assert sorted(await journal(polygon, "noted")) == [f"test:{n}" for n in range(8)]


async def test_a_dead_runner_leaves_a_lease_that_runs_out(
    polygon: Region, clock: FrozenClock
) -> None:
    job_id = await queue(polygon, "note")
    assert await claim(polygon, job_id) is not None
    clock.forward(seconds=LEASE.total_seconds())
    assert await run_job(polygon, job_id) is None
    clock.forward(seconds=1)
    assert await run_job(polygon, job_id) is JobState.DONE
    assert (await row(polygon, job_id)).attempts == 2


async def test_a_job_that_kills_its_runners_is_parked(polygon: Region, clock: FrozenClock) -> None:
    job_id = await queue(polygon, "stumble")
    for _ in range(3):
        assert await claim(polygon, job_id) is not None
        clock.forward(seconds=LEASE.total_seconds() + 1)
    assert await run_job(polygon, job_id) is JobState.PARKED
    assert ((await row(polygon, job_id)).error or "").startswith("Abandoned (_carry_out, ")


async def test_a_runner_that_lost_its_lease_changes_nothing(
    polygon: Region, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = await queue(polygon, "note")
    slow = await claim(polygon, job_id)
    clock.forward(seconds=LEASE.total_seconds() + 1)
    assert await run_job(polygon, job_id) is JobState.DONE

    async def claimed(*_: object) -> object:
        return slow

    monkeypatch.setattr("core.worker.runs.claim", claimed)
    assert await run_job(polygon, job_id) is None
    assert await journal(polygon, "noted") == ["test:1"]
    assert (await row(polygon, job_id)).state == "done"


@pytest.mark.parametrize(
    ("attempt", "seconds"), [(1, 15), (2, 30), (3, 60), (8, 1920), (9, 3600), (1000, 3600)]
)
def test_backoff_doubles_up_to_an_hour(attempt: int, seconds: int) -> None:
    assert backoff(attempt) == timedelta(seconds=seconds)


async def test_an_operator_retries_what_is_parked(polygon: Region) -> None:
    job_id = await queue(polygon, "vanished")
    await run_job(polygon, job_id)
    async with polygon.work(system()) as work:
        assert [job.id for job in await jobs_in_state(work)] == [job_id]
        again = await retry_job(work, job_id)
        assert (again.state, again.attempts, again.finished_at) == ("waiting", 0, None)
    assert await journal(polygon, "job.retried") == [f"job:{job_id}"]
    assert await run_job(polygon, job_id) is JobState.PARKED


async def test_only_a_parked_job_is_retried(polygon: Region) -> None:
    job_id = await queue(polygon, "note")
    for wrong, code in ((job_id, RefusalCode.WRONG_STATE), (job_id + 1, RefusalCode.NOT_FOUND)):
        with pytest.raises(Refusal) as refused:
            async with polygon.work(system()) as work:
                await retry_job(work, wrong)
        assert refused.value.code is code
    assert await journal(polygon, "job.retried") == []


async def test_operating_needs_a_permission(polygon: Region) -> None:
    async with polygon.work(ANONYMOUS) as work:
        with pytest.raises(Refusal) as refused:
            await jobs_in_state(work)
        assert refused.value.code is RefusalCode.UNAUTHENTICATED
        with pytest.raises(Refusal) as refused:
            await retry_job(work, 1)
        assert refused.value.code is RefusalCode.UNAUTHENTICATED
