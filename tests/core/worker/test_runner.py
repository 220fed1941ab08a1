"""The embedded default: the serving process works its own queue off."""

from __future__ import annotations

import asyncio
import gc
from dataclasses import replace
from datetime import timedelta

import pytest

from core.kernel.access import system
from core.kernel.queue import JobState
from core.kernel.region import Region
from core.worker.lag import Lag, lags
from core.worker.queries import due
from core.worker.runner import BATCH, Attendant, attending, pause, run_here
from core.worker.runs import claim
from tests.core.worker.rows import journal, queue, states
from tests.fixtures.clock import FrozenClock
from tests.fixtures.statements import queries

SECONDS = 10


def patient(region: Region) -> Region:
    """The region with a poll so rare that only a commit can wake its attendant."""
    return replace(region, settings=region.settings.model_copy(update={"poll_seconds": 60.0}))


async def until_noted(region: Region, subject: str) -> None:
    for _ in range(6_000):
        if subject in await journal(region, "noted"):
            return
        await asyncio.sleep(0.01)
    pytest.fail(f"{subject} was not noted in a minute")


async def test_a_commit_wakes_the_attendant(polygon: Region) -> None:
    region = patient(polygon)
    async with attending([region], run_here):
        await asyncio.sleep(0.2)
        await queue(region, "note", "test:1")
        await until_noted(region, "test:1")
    assert ("note", JobState.DONE) in await states(region)
    assert region.database.after_commit == []


async def test_what_waited_before_the_start_is_run(polygon: Region) -> None:
    for number in range(3):
        await queue(polygon, "note", f"test:{number}")
    async with attending([patient(polygon)], run_here):
        await until_noted(polygon, "test:2")
    assert await journal(polygon, "noted") == ["test:0", "test:1", "test:2"]


async def test_jobs_that_come_round_are_run(polygon: Region) -> None:
    attendant = Attendant(polygon, run_here)
    assert await attendant.go_round() >= 1
    assert await journal(polygon, "ticked") == ["clock:1"]
    assert await attendant.go_round() == 0
    assert await journal(polygon, "ticked") == ["clock:1"]


async def test_an_idle_round_only_reads_once(polygon: Region) -> None:
    attendant = Attendant(polygon, run_here)
    await attendant.go_round()
    with queries(1) as sent:
        await attendant.go_round()
    assert sent[0].startswith("SELECT")


async def test_a_crashed_process_s_job_is_run_by_the_next(
    polygon: Region, clock: FrozenClock
) -> None:
    job_id = await queue(polygon, "note", "test:1")
    assert await claim(polygon, job_id) is not None  # and here the process was killed
    attendant = Attendant(polygon, run_here)
    await attendant.go_round()
    assert await journal(polygon, "noted") == []
    clock.forward(minutes=6)
    await attendant.go_round()
    assert await journal(polygon, "noted") == ["test:1"]


async def test_a_job_cut_off_leaves_nothing_half_done(
    polygon: Region, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = asyncio.Event()

    async def hang(work: object, payload: object) -> None:
        started.set()
        await asyncio.sleep(3600)

    slow = replace(polygon.jobs["note"], run=hang)
    region = replace(patient(polygon), jobs={"note": slow})
    await queue(region, "note")
    monkeypatch.setattr("core.worker.runner.GRACE_SECONDS", 0.05)
    async with attending([region], run_here):
        async with asyncio.timeout(SECONDS):
            await started.wait()
    assert await states(region) == [("note", JobState.RUNNING)]
    clock.forward(minutes=6)
    await Attendant(replace(region, jobs=polygon.jobs), run_here).go_round()
    assert await journal(region, "noted") == ["test:1"]


async def test_a_database_out_of_reach_is_tried_again(
    polygon: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    await queue(polygon, "note", "test:1")
    refused = 0

    class Unreachable(Attendant):
        async def go_round(self, *, patiently: bool = True) -> int:
            nonlocal refused
            if refused < 2:
                refused += 1
                raise ConnectionRefusedError
            return await super().go_round(patiently=patiently)

    monkeypatch.setattr("core.worker.runner.Attendant", Unreachable)
    quick = polygon.settings.model_copy(update={"poll_seconds": 0.01})
    async with attending([replace(polygon, settings=quick)], run_here):
        await until_noted(polygon, "test:1")
    assert refused == 2


async def test_kinds_that_fail_at_once_are_told_of_once(polygon: Region) -> None:
    """An outage ends every lane: none is left to be told of as an exception nobody has seen."""
    unseen: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: unseen.append(context))

    async def broken(*_: object) -> None:
        raise ConnectionError

    await queue(polygon, "note", "test:1")
    attendant = Attendant(polygon, broken)
    assert await attendant.go_round(patiently=False) >= 2
    await asyncio.wait(attendant._lanes.values())
    with pytest.raises(ConnectionError):
        await attendant.go_round(patiently=False)
    del attendant
    gc.collect()
    assert unseen == []


async def test_while_all_is_out_of_reach_commits_bring_no_rounds(
    polygon: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = 0

    async def refused(_: Attendant, *, patiently: bool) -> int:
        nonlocal tried
        tried += 1
        raise ConnectionRefusedError

    monkeypatch.setattr(Attendant, "go_round", refused)
    async with attending([patient(polygon)], run_here):
        for _ in range(5):
            await asyncio.sleep(0.01)
            for tell in polygon.database.after_commit:
                tell()
    assert tried == 1


@pytest.mark.parametrize(
    ("poll", "failures", "seconds"),
    [(1, 0, 1), (1, 1, 2), (1, 4, 16), (1, 5, 30), (1, 1000, 30), (60, 3, 60)],
)
def test_pauses_grow_up_to_half_a_minute(poll: float, failures: int, seconds: float) -> None:
    assert pause(poll, failures) == seconds


async def test_nothing_queued_is_seen_before_the_commit(polygon: Region) -> None:
    attendant = Attendant(polygon, run_here)
    await attendant.go_round()
    async with polygon.work(system()) as work:
        work.later("note", {"subject": "test:1"})
        await work.session.flush()
        assert await attendant.go_round() == 0
    assert await attendant.go_round() == 1


async def test_a_slow_job_holds_up_no_other_kind(polygon: Region) -> None:
    started, free = asyncio.Event(), asyncio.Event()

    async def deliver(region: Region, job_id: int, name: str) -> None:
        if name == "stumble":
            started.set()
            await free.wait()
        else:
            await run_here(region, job_id, name)

    region = patient(polygon)
    for _ in range(30):
        await queue(region, "stumble")
    async with attending([region], deliver), asyncio.timeout(SECONDS):
        await started.wait()
        await queue(region, "note", "test:1")
        await until_noted(region, "test:1")
        free.set()


async def test_many_of_one_kind_leave_room_for_the_others(polygon: Region) -> None:
    for _ in range(BATCH + 5):
        await queue(polygon, "stumble")
    await queue(polygon, "note", "test:1")
    query = due(polygon.now(), BATCH)
    async with polygon.database.reading() as session:
        names = [name for _, name in (await session.execute(query)).all()]
    assert (names.count("stumble"), names.count("note")) == (BATCH, 1)


async def test_the_queue_tells_its_lag(polygon: Region, clock: FrozenClock) -> None:
    await queue(polygon, "note", "test:1")
    await queue(polygon, "note", "test:2")
    clock.forward(seconds=90)
    async with polygon.work(system()) as work:
        work.later("note", at=polygon.now() + timedelta(hours=1))
    assert await lags(polygon) == [Lag("note", 2, 90.0)]
    clock.forward(seconds=-3600)
    assert await lags(polygon) == []
