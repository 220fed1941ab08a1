"""kill -9 in the middle of a job: nothing is lost, nothing is doubled."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from core.kernel.access import system
from core.kernel.queue import JobState, QueuedJob
from core.kernel.region import Region
from core.worker.holders import free_left, holder, is_gone
from core.worker.runner import Attendant, run_here
from tests.core.worker.rows import journal, queue, row
from tests.fixtures.clock import FrozenClock
from tests.fixtures.processes import polygon_at

VICTIM = """
import asyncio
from dataclasses import replace
from core.worker.holders import free_left, holder, is_gone
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


async def killed_in_hand(polygon: Region, folder: Path) -> int:
    """The row of a job whose process was killed in the middle of it."""
    job_id = await queue(polygon, "note", "test:1")
    victim = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        VICTIM,
        env=polygon_at(polygon.database.url, folder),
        stdout=asyncio.subprocess.PIPE,
    )
    assert victim.stdout is not None
    async with asyncio.timeout(60):
        assert await victim.stdout.readline() == b"half\n"
    assert await free_left(polygon) == 0  # it lives, and is left alone
    victim.kill()
    await victim.communicate()
    left = await row(polygon, job_id)
    assert (left.state, left.attempts) == (JobState.RUNNING, 1)
    assert await journal(polygon, "noted") == []
    return job_id


async def test_a_killed_process_leaves_its_job_to_the_next(polygon: Region, tmp_path: Path) -> None:
    job_id = await killed_in_hand(polygon, tmp_path / "victim")
    await Attendant(polygon, run_here).go_round()
    await Attendant(polygon, run_here).go_round()
    assert await journal(polygon, "noted") == ["test:1"]
    done = await row(polygon, job_id)
    assert (done.state, done.attempts, done.holder) == (JobState.DONE, 2, None)


async def test_of_another_machine_nothing_is_known_until_its_lease_ends(
    polygon: Region, clock: FrozenClock, tmp_path: Path
) -> None:
    job_id = await killed_in_hand(polygon, tmp_path / "victim")
    async with polygon.work(system()) as work:
        held = await work.session.get_one(QueuedJob, job_id)
        held.holder = "another-boot pid:[1] 1 1"
    await Attendant(polygon, run_here).go_round()
    left = await row(polygon, job_id)
    assert (left.state, left.attempts) == (JobState.RUNNING, 1)
    assert left.leased_until is not None
    clock.moment = left.leased_until
    clock.forward(seconds=1)
    await Attendant(polygon, run_here).go_round()
    await Attendant(polygon, run_here).go_round()
    assert await journal(polygon, "noted") == ["test:1"]
    assert (await row(polygon, job_id)).state == JobState.DONE


async def test_a_number_that_another_process_was_given_is_not_the_holder(polygon: Region) -> None:
    mine = holder()
    assert mine is not None
    assert not is_gone(mine)
    assert is_gone(mine.rsplit(" ", 1)[0] + " 1")
    assert await free_left(polygon) == 0
