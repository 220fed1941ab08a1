"""kill -9 in the middle of a step with many cases: each is done once, the report is the journal."""

from __future__ import annotations

import asyncio
import os
import sys
from collections import Counter
from pathlib import Path

from core.appeals.batches.model import Batch, BatchState, RowState
from core.appeals.batches.steps import Deed
from core.kernel.access import Actor
from core.kernel.queue import JobState
from core.kernel.region import Region
from core.region.keyring.service import key_place
from core.worker.runs import LEASE, run_job
from tests.core.appeals.test_batches import (
    accepted,
    official,
    prepared,
    queued,
    rows_of,
    started,
    states_of,
    wave,
)
from tests.core.worker.rows import journal
from tests.fixtures.clock import FrozenClock
from tests.fixtures.processes import polygon_at

MANY, BARRED = (500, 37) if "TSUR_TEST_KILLS" in os.environ else (60, 7)
"""`make kills` takes as many as an office has in a wave."""

HALF = (MANY - BARRED) // 2
TIMEOUT = 120
VICTIM = """
import asyncio, sys
from datetime import datetime
from core.appeals.batches.steps import KINDS, Deed, Kind
from core.kernel.settings import Settings
from core.region.opening import open_region
from core.worker.runs import run_job

job, half, moment = int(sys.argv[1]), int(sys.argv[2]), datetime.fromisoformat(sys.argv[3])
kind, taken = KINDS[Deed.ACCEPT], 0

async def counted(work, number, given, version):
    global taken
    found = await kind.run(work, number, given, version)
    taken += 1
    if taken == half:
        await work.session.flush()
        print("half", flush=True)
        await asyncio.sleep(120)
    return found

KINDS[Deed.ACCEPT] = Kind(kind.step, counted)
region = open_region("polygon", Settings(), clock=lambda: moment)
asyncio.run(run_job(region, job))
"""
"""A worker that stands still between a step and its commit, to be killed there."""

__all__ = ["official"]


async def killed(region: Region, job: int, clock: FrozenClock, folder: Path) -> None:
    """Begin the job in a process of its own and kill it in the middle."""
    key_place(region).make()
    victim = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        VICTIM,
        *(str(job), str(HALF), clock().isoformat()),
        env=polygon_at(region.database.url, folder),
        stdout=asyncio.subprocess.PIPE,
    )
    assert victim.stdout is not None
    try:
        async with asyncio.timeout(TIMEOUT):
            assert await victim.stdout.readline() == b"half\n"
    finally:
        victim.kill()
        await victim.communicate()
    assert victim.returncode == -9


async def test_a_killed_wave_is_done_once(
    polygon: Region, official: Actor, clock: FrozenClock, tmp_path: Path
) -> None:
    numbers = await wave(polygon, MANY)
    await accepted(polygon, official, numbers[:BARRED])
    batch = await prepared(polygon, official, Deed.ACCEPT, numbers)
    await started(polygon, official, batch)
    job = await queued(polygon)
    await killed(polygon, job, clock, tmp_path)
    assert await states_of(polygon, batch) == {
        RowState.DONE: HALF - 1,
        RowState.WAITING: MANY - BARRED - HALF + 1,
        RowState.REFUSED: BARRED,
    }
    assert len(await journal(polygon, "appeal.accepted")) == BARRED + HALF - 1

    clock.forward(seconds=LEASE.total_seconds() + 1)
    assert await run_job(polygon, job) is JobState.DONE
    rows = await rows_of(polygon, batch)
    done = {number for number, row in rows.items() if row.state == RowState.DONE}
    assert done == set(numbers[BARRED:])
    said = Counter(await journal(polygon, "appeal.accepted"))
    assert said == Counter(f"appeal:{number}" for number in numbers), "each once"
    for event in ("batch.started", "batch.finished"):
        assert await journal(polygon, event) == [f"batch:{batch}"]
    async with polygon.database.reading() as session:
        row = await session.get_one(Batch, batch)
        assert (row.state, row.given) == (BatchState.DONE, None)
