"""Jobs over a broker: hints are sent, lost, doubled; the row decides.

Runs over dramatiq's stub, and over the broker of TSUR_TEST_BROKER_URL where one is named.
"""

from __future__ import annotations

import asyncio
import os
import threading
import uuid
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import dramatiq
import pytest
from dramatiq.brokers.rabbitmq import RabbitmqBroker
from dramatiq.brokers.redis import RedisBroker
from dramatiq.brokers.stub import StubBroker
from dramatiq.errors import ConnectionClosed

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.queue import JobState
from core.kernel.region import Region
from core.kernel.settings import Settings
from core.worker import broker as worker
from core.worker.attendance import attend_queues
from core.worker.broker import BrokerOutOfReach, Hints, Lane, connect, hinting, work_off
from core.worker.runner import Attendant
from core.worker.runs import run_job
from tests.core.worker.rows import journal, queue, row, states

STUB = "stub"
BROKERS = [STUB, *filter(None, [os.environ.get("TSUR_TEST_BROKER_URL")])]
NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture(params=BROKERS)
def broker_settings(
    request: pytest.FixtureRequest, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Settings]:
    """Settings with a broker and queues of this test alone, which are removed afterwards."""
    if request.param == STUB:
        stub = StubBroker(middleware=[])
        monkeypatch.setattr(worker, "connect", lambda _: stub)
        yield settings.model_copy(update={"broker_url": NOWHERE})
        return
    own = {"broker_url": request.param, "queue_prefix": f"test-{uuid.uuid4().hex[:12]}"}
    used = settings.model_copy(update=own)
    yield used
    _remove_queues(used)


def _remove_queues(used: Settings) -> None:
    broker = connect(used)
    if isinstance(broker, RedisBroker):
        for key in broker.client.scan_iter(f"{used.queue_prefix}:*"):
            broker.client.delete(key)
        broker.client.close()
    elif isinstance(broker, RabbitmqBroker):
        for ending in ("", ".DQ", ".XQ"):
            broker.channel.queue_delete(f"{used.queue_prefix}.polygon{ending}")
        broker.close()


@asynccontextmanager
async def working(used: Settings, region: Region) -> AsyncIterator[None]:
    """A worker process's main function, running beside the test."""
    stop = asyncio.Event()
    task = asyncio.create_task(work_off(used, [region], stop))
    try:
        yield
    finally:
        stop.set()
        await task


async def until_done(region: Region, job_id: int) -> None:
    for _ in range(1_500):
        if (await row(region, job_id)).state == JobState.DONE:
            return
        await asyncio.sleep(0.02)
    pytest.fail("the job was not done in thirty seconds")


async def test_a_worker_runs_what_was_queued(broker_settings: Settings, polygon: Region) -> None:
    before = await queue(polygon, "note", "test:1")
    async with working(broker_settings, polygon):
        after = await queue(polygon, "note", "test:2")
        await until_done(polygon, before)
        await until_done(polygon, after)
    assert sorted(await journal(polygon, "noted")) == ["test:1", "test:2"]


async def test_a_hint_too_many_finds_nothing_to_do(
    broker_settings: Settings, polygon: Region
) -> None:
    async with working(broker_settings, polygon):
        job_id = await queue(polygon, "note", "test:1")
        await until_done(polygon, job_id)
        hints = Hints(connect_for(broker_settings, polygon), broker_settings)
        await hints.send(polygon, job_id, "note")
        last = await queue(polygon, "note", "test:2")
        await until_done(polygon, last)
        await hints.close()
    assert await journal(polygon, "noted") == ["test:1", "test:2"]


def connect_for(used: Settings, region: Region) -> dramatiq.Broker:
    """The broker as a serving process has it: queues known, no actors."""
    broker = worker.connect(used)
    broker.declare_queue(f"{used.queue_prefix}.{region.code}")
    return broker


async def test_a_lost_hint_is_sent_again(
    broker_settings: Settings, polygon: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "RESEND_SECONDS", 0.1)
    quick = polygon.settings.model_copy(update={"poll_seconds": 0.05})
    region = replace(polygon, settings=quick)
    broker = connect_for(broker_settings, region)
    broker.flush_all()
    job_id = await queue(region, "note", "test:1")
    async with hinting(broker, broker_settings, [region]):
        await asyncio.sleep(0.3)
        broker.flush_all()  # and here the broker lost all it had
    assert await states(region) == [("note", JobState.WAITING)] + await others(region)
    async with working(broker_settings, region):
        await until_done(region, job_id)
    assert await journal(region, "noted") == ["test:1"]


async def others(region: Region) -> list[tuple[str, str]]:
    return [(name, state) for name, state in await states(region) if name != "note"]


async def test_a_broker_out_of_reach_loses_nothing(polygon: Region, settings: Settings) -> None:
    job_id = await queue(polygon, "note", "test:1")
    used = settings.model_copy(update={"broker_url": NOWHERE})
    async with attend_queues(used, [polygon]):
        await asyncio.sleep(0.2)
    assert (await row(polygon, job_id)).state == JobState.WAITING
    assert await run_job(polygon, job_id) is JobState.DONE


async def test_a_broker_out_of_reach_is_tried_once_a_round(
    polygon: Region, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    class Dead(StubBroker):
        def enqueue(self, message: dramatiq.Message[None], *, delay: int | None = None) -> Any:
            tried.append(message.args)
            raise ConnectionClosed(OSError())  # type: ignore[no-untyped-call]

    first, second = [await queue(polygon, "note", f"test:{number}") for number in (1, 2)]
    hints = Hints(Dead(middleware=[]), settings)
    for _ in range(2):
        with pytest.raises(BrokerOutOfReach):
            await Attendant(polygon, hints.send, in_turn=True).go_round()
    await hints.close()
    assert tried[0] == tried[1]
    assert len(tried) == 2
    assert {(await row(polygon, job_id)).state for job_id in (first, second)} == {JobState.WAITING}


async def test_a_job_that_no_layer_has_is_parked_by_whoever_hints(
    polygon: Region, settings: Settings
) -> None:
    job_id = await queue(polygon, "vanished")
    used = settings.model_copy(update={"broker_url": NOWHERE})
    hints = Hints(connect(used), used)
    await hints.send(polygon, job_id, "vanished")
    await hints.close()
    assert (await row(polygon, job_id)).state == JobState.PARKED


def test_the_brokers_are_set_up_so_that_nothing_hangs_or_vanishes(settings: Settings) -> None:
    redis = connect(settings.model_copy(update={"broker_url": "redis://127.0.0.1:6379/0"}))
    assert isinstance(redis, RedisBroker)
    assert (redis.maintenance_chance, redis.namespace, redis.middleware) == (1_000_000, "tsur", [])
    rabbit = connect(settings.model_copy(update={"broker_url": "amqp://127.0.0.1:5672"}))
    assert isinstance(rabbit, RabbitmqBroker)
    assert (rabbit.confirm_delivery, rabbit.middleware) == (True, [])


def test_a_worker_without_a_broker_is_refused(settings: Settings) -> None:
    with pytest.raises(Refusal) as refused:
        connect(settings)
    assert refused.value.code is RefusalCode.INVALID


def test_a_slow_kind_takes_a_part_of_the_threads() -> None:
    busy, free, done = threading.Semaphore(0), threading.Event(), list[int]()

    def run(job_id: int) -> None:
        busy.release()
        free.wait(10)
        done.append(job_id)

    lane = Lane(2, run)
    with ThreadPoolExecutor(4) as threads:
        held = [threads.submit(lane.take, number) for number in (1, 2)]
        assert busy.acquire(timeout=60)
        assert busy.acquire(timeout=60)
        for number in (3, 4):  # neither waits
            threads.submit(lane.take, number).result(10)
        free.set()
        for one in held:
            one.result(10)
    assert sorted(done) == [1, 2, 3, 4]
