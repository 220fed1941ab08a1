"""Attending to queues: reading the rows that are due and handing each over to be run.

Each region is attended to by one task, woken by a commit of this process and by the clock. Every
kind of job has a lane of its own: a slow one is waited for by its own kind alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from core.kernel.region import Region
from core.worker.clock import Watch, mend_queue, tell_jump
from core.worker.holders import free_left
from core.worker.periodic import queue_periodic, tickets
from core.worker.queries import due
from core.worker.runs import backoff, run_job

Deliver = Callable[[Region, int, str], Awaitable[object]]
"""Sees to the row with this id and job name."""

BATCH = 25
"""Rows of one kind that are read at once."""

GRACE_SECONDS = 10.0
LONGEST_PAUSE = timedelta(seconds=30)
"""To the next round while the database or the broker is out of reach, at the most."""

log = logging.getLogger(__name__)


class Attendant:
    """Attends to one region's queue until it is stopped; `in_turn` has one lane for all kinds."""

    def __init__(self, region: Region, deliver: Deliver, *, in_turn: bool = False) -> None:
        self.region, self.deliver, self.in_turn = region, deliver, in_turn
        self._awake, self._stopped = asyncio.Event(), asyncio.Event()
        self._queued: dict[str, str] = {}
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._watch, self._mended = Watch(), False

    async def attend(self) -> None:
        """Go round until `stop`; what is out of reach is tried again, after longer and longer."""
        self.region.database.after_commit.append(self._awake.set)
        failures = 0
        try:
            while not self._stopped.is_set():
                self._awake.clear()
                try:
                    await self.go_round(patiently=False)
                    failures = 0
                except (SQLAlchemyError, OSError) as error:
                    failures += 1
                    log.warning("queue of %s: %s", self.region.code, type(error).__name__)
                await self._rest(failures)
        finally:
            self.region.database.after_commit.remove(self._awake.set)
            await self._end_lanes()

    async def go_round(self, *, patiently: bool = True) -> int:
        """Queue what comes round and hand over what is due; how many rows were handed over.

        Kinds still in hand are left to the next round. `patiently` waits for all of them.
        """
        self._clear_lanes()
        await self._see_to_clock()
        current = tickets(self.region.jobs, self.region.now())
        if current != self._queued:
            await free_left(self.region)
            await queue_periodic(self.region)
            self._queued = current
        query = due(self.region.now(), BATCH, self.region.jobs.values())
        async with self.region.database.reading() as session:
            rows = (await session.execute(query)).all()
        kinds: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for job_id, name in rows:
            kinds["" if self.in_turn else name].append((job_id, name))
        free = {kind: jobs for kind, jobs in kinds.items() if kind not in self._lanes}
        for kind, jobs in free.items():
            self._lanes[kind] = asyncio.create_task(self._deliver_all(jobs))
        if patiently:
            await asyncio.gather(*self._lanes.values())
            self._clear_lanes()
        return sum(map(len, free.values()))

    async def _see_to_clock(self) -> None:
        """At the start, and whenever the clock jumps, what it has put off is due again."""
        jumped = self._watch.jump(self.region.now())
        if jumped is not None:
            await tell_jump(self.region, jumped)
        if jumped is not None or not self._mended:
            await mend_queue(self.region)
            self._mended = True

    def stop(self) -> None:
        """Finish what is in hand and go round no more."""
        self._stopped.set()
        self._awake.set()

    async def _deliver_all(self, jobs: Iterable[tuple[int, str]]) -> None:
        for job_id, name in jobs:
            if self._stopped.is_set():
                return
            await self.deliver(self.region, job_id, name)
        self._awake.set()  # there may be more of this kind than was read

    def _clear_lanes(self) -> None:
        """Forget the lanes that came to their end; raises what ended one early."""
        ended = [name for name, task in self._lanes.items() if task.done()]
        errors = [self._lanes.pop(name).exception() for name in ended]
        for error in filter(None, errors):
            raise error

    async def _end_lanes(self) -> None:
        """Wait for what is in hand; whoever cuts this off cuts it off too."""
        lanes = asyncio.gather(*self._lanes.values(), return_exceptions=True)
        for error in await lanes:
            if isinstance(error, Exception):
                log.warning("queue of %s: %s", self.region.code, type(error).__name__)

    async def _rest(self, failures: int) -> None:
        """Until a commit or for a while; after a failure a commit changes nothing."""
        woken = self._stopped if failures else self._awake
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(pause(self.region.settings.poll_seconds, failures)):
                await woken.wait()


def pause(poll_seconds: float, failures: int) -> float:
    """Seconds between two rounds: longer for each failure in a row, up to a limit."""
    usual = timedelta(seconds=poll_seconds)
    return backoff(failures + 1, usual, max(usual, LONGEST_PAUSE)).total_seconds()


@asynccontextmanager
async def attending(
    regions: Iterable[Region],
    deliver: Deliver,
    *,
    in_turn: bool = False,
    grace: float | None = None,
) -> AsyncIterator[None]:
    """Attend to the queues of these regions while the block runs, one task each.

    At the end a job in hand has `grace`, or GRACE_SECONDS; one cut off is run again when its
    process is gone.
    """
    attendants = [Attendant(region, deliver, in_turn=in_turn) for region in regions]
    tasks = [asyncio.create_task(attendant.attend()) for attendant in attendants]
    try:
        yield
    finally:
        for attendant in attendants:
            attendant.stop()
        _, late = await asyncio.wait(tasks, timeout=GRACE_SECONDS if grace is None else grace)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)


async def run_here(region: Region, job_id: int, _name: str) -> None:
    """Deliver a row by running it in this process: the embedded default."""
    await run_job(region, job_id)
