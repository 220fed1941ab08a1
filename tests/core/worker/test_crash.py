"""kill -9 in the middle of a job: nothing is lost, nothing is doubled."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from core.kernel.queue import JobState
from core.kernel.region import Region
from core.worker.runner import Attendant, run_here
from tests.core.worker.rows import journal, queue, row
from tests.fixtures.clock import FrozenClock
from tests.fixtures.processes import polygon_at

VICTIM = """
import asyncio
from dataclasses import replace
from core.worker.runner import attending, run_here
from core.region.opening import open_region
from core.kernel.settings import Settings
from tests.grounds.polygon.rules import note

async def half(work, payload):
    await note(work, payload)
    await work.session.flush()
    print("half", flush=True)
    await asyncio.sleep(60)

async def main():
    region = open_region("polygon", Settings())
    jobs = {"note": replace(region.jobs["note"], run=half)}
    async with attending([replace(region, jobs=jobs)], run_here):
        await asyncio.sleep(60)

asyncio.run(main())
"""


async def test_a_killed_process_leaves_its_job_to_the_next(
    polygon: Region, clock: FrozenClock, tmp_path: Path
) -> None:
    job_id = await queue(polygon, "note", "test:1")
    victim = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        VICTIM,
        env=polygon_at(polygon.database.url, tmp_path / "victim"),
        stdout=asyncio.subprocess.PIPE,
    )
    assert victim.stdout is not None
    async with asyncio.timeout(60):
        assert await victim.stdout.readline() == b"half\n"
    victim.kill()
    await victim.communicate()
    left = await row(polygon, job_id)
    assert (left.state, left.attempts) == (JobState.RUNNING, 1)
    assert await journal(polygon, "noted") == []

    assert left.leased_until is not None
    clock.moment = left.leased_until
    clock.forward(seconds=1)
    await Attendant(polygon, run_here).go_round()
    await Attendant(polygon, run_here).go_round()
    assert await journal(polygon, "noted") == ["test:1"]
    assert (await row(polygon, job_id)).state == JobState.DONE
