"""Jobs over a broker: the only user of dramatiq.

The row in the region's database is the truth, a message only a hint that carries its id: one that
is lost is sent again, one too many finds nothing to do. Nothing is kept in a message and none is
delayed or retried by the broker.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from threading import Lock

import dramatiq
from dramatiq.brokers.rabbitmq import RabbitmqBroker
from dramatiq.brokers.redis import RedisBroker
from dramatiq.errors import BrokerError
from redis.exceptions import RedisError

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.kernel.settings import Settings
from core.worker.runner import attending
from core.worker.runs import LEASE, run_job

RESEND_SECONDS = 30.0
MOST_REMEMBERED = 10_000
ALWAYS = 1_000_000
STOP_MILLISECONDS = 30_000
UNREADABLE = (
    "Неверные настройки: TSUR_BROKER_URL: такого параметра нет или его значение не годится: "
    "исправьте то, что стоит после ?"
)


class BrokerOutOfReach(OSError):
    """Nothing can be sent now; whoever goes round tries again in the next round."""


def connect(settings: Settings) -> dramatiq.Broker:
    """The broker of TSUR_BROKER_URL, connected on first use.

    Refusal(INVALID) where none is set, or its client cannot be made of it.
    """
    url = settings.broker_url
    if url is None:
        raise Refusal(RefusalCode.INVALID, "Для отдельного работника нужен TSUR_BROKER_URL")
    try:
        return _client(url, settings.queue_prefix)
    except Exception:  # noqa: BLE001 - of each client its own, and some quote the address
        raise Refusal(RefusalCode.INVALID, UNREADABLE) from None


def _client(url: str, prefix: str) -> dramatiq.Broker:
    if url.startswith("amqp"):
        # Without confirmation a message may vanish between here and RabbitMQ without an error.
        return RabbitmqBroker(url=url, middleware=[], confirm_delivery=True)
    # A dead worker's messages come back when a command draws maintenance: let every one draw it.
    broker = RedisBroker(  # type: ignore[no-untyped-call]
        url=url, middleware=[], namespace=prefix, maintenance_chance=ALWAYS
    )
    pool = broker.client.connection_pool
    pool.connection_class(**pool.connection_kwargs)  # which alone knows what it is not given
    return broker


def serving(settings: Settings, regions: Sequence[Region]) -> AbstractAsyncContextManager[None]:
    """What a serving process does about jobs while the block runs: it hints at them."""
    return hinting(connect(settings), settings, regions)


async def work_off(settings: Settings, regions: Sequence[Region], stop: asyncio.Event) -> None:
    """Run jobs as messages hint at them, and send hints too, until `stop` is set."""
    broker = connect(settings)
    loop = asyncio.get_running_loop()
    for region in regions:
        for name in region.jobs:
            _declare(broker, settings, region, name, loop)
    worker = dramatiq.Worker(broker, worker_threads=settings.worker_threads)
    async with hinting(broker, settings, regions):
        worker.start()
        try:
            await stop.wait()
        finally:
            await asyncio.to_thread(worker.stop, STOP_MILLISECONDS)


@asynccontextmanager
async def hinting(
    broker: dramatiq.Broker, settings: Settings, regions: Sequence[Region]
) -> AsyncIterator[None]:
    """Publish a hint for every row that waits, at once after a commit here and periodically."""
    hints = Hints(broker, settings)
    try:
        async with attending(regions, hints.send, in_turn=True):
            yield
    finally:
        await hints.close()


class Hints:
    """Sends hints from one thread, since a connection to RabbitMQ belongs to its thread."""

    def __init__(self, broker: dramatiq.Broker, settings: Settings) -> None:
        self._broker, self._settings = broker, settings
        self._thread = ThreadPoolExecutor(1, "hints")
        self._sent: dict[tuple[str, int], float] = {}

    async def send(self, region: Region, job_id: int, name: str) -> None:
        """Hint at the row unless that was done just now; BrokerOutOfReach, or another OSError."""
        if name not in region.jobs:
            await run_job(region, job_id)  # nobody listens for it: parked here and now
            return
        known = self._sent.get((region.code, job_id))
        if known is not None and time.monotonic() - known < RESEND_SECONDS:
            return
        message: dramatiq.Message[None] = dramatiq.Message(
            queue_name=_queue(self._settings, region),
            actor_name=_actor(region, name),
            args=(job_id,),
            kwargs={},
            options={},
        )
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._thread, self._broker.enqueue, message)
        except (BrokerError, RedisError) as error:
            raise BrokerOutOfReach from error
        self._remember(region, job_id)

    async def close(self) -> None:
        """Let go of the broker."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._broker.close)
        if isinstance(self._broker, RedisBroker):  # whose close() does nothing
            self._broker.client.close()
        await asyncio.to_thread(self._thread.shutdown)

    def _remember(self, region: Region, job_id: int) -> None:
        if len(self._sent) >= MOST_REMEMBERED:
            self._sent.clear()
        self._sent[region.code, job_id] = time.monotonic()


def _declare(
    broker: dramatiq.Broker,
    settings: Settings,
    region: Region,
    name: str,
    loop: asyncio.AbstractEventLoop,
) -> None:
    """One actor per region and job; its thread waits while the row is run in the loop."""

    def run(job_id: int) -> None:
        running = asyncio.run_coroutine_threadsafe(run_job(region, job_id), loop)
        running.result(LEASE.total_seconds())

    lane = Lane(max(1, settings.worker_threads // 2), run)
    dramatiq.actor(
        broker=broker, actor_name=_actor(region, name), queue_name=_queue(settings, region)
    )(lane.take)


class Lane:
    """Runs of one kind, in so many threads at most: what comes beside waits in none of them."""

    def __init__(self, bound: int, run: Callable[[int], None]) -> None:
        self._bound, self._run, self._busy = bound, run, 0
        self._lock, self._more = Lock(), deque[int](maxlen=MOST_REMEMBERED)

    def take(self, job_id: int) -> None:
        """Run the row and what came meanwhile; leave it to who runs others where those are many.

        One that falls out of the end of a very long line is hinted at again.
        """
        with self._lock:
            if self._busy >= self._bound:
                self._more.append(job_id)
                return
            self._busy += 1
        following: int | None = job_id
        try:
            while following is not None:
                self._run(following)
                with self._lock:
                    following = self._more.popleft() if self._more else None
                    self._busy -= following is None
        except BaseException:
            with self._lock:
                self._busy -= 1
            raise


def _queue(settings: Settings, region: Region) -> str:
    return f"{settings.queue_prefix}.{region.code}"


def _actor(region: Region, name: str) -> str:
    return f"{region.code}.{name}"
