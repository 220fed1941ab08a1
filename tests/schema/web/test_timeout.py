"""Whoever takes too long is cancelled, and nobody else."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from schema.web.timeout import TimeLimit

SHORT, LONG = 0.05, 60.0


async def forever() -> None:
    await asyncio.sleep(LONG)


async def soon(word: str) -> str:
    await asyncio.sleep(0)
    return word


async def test_what_is_done_in_time_is_given() -> None:
    limit = TimeLimit(LONG)
    assert [await limit.wait(soon(word)) for word in ("one", "two")] == ["one", "two"]


async def test_an_error_is_nobody_elses() -> None:
    async def wrong() -> None:
        await asyncio.sleep(0)
        raise ValueError("wrong")

    limit = TimeLimit(LONG)
    with pytest.raises(ValueError, match="wrong"):
        await limit.wait(wrong())


async def test_each_is_cancelled_in_its_turn() -> None:
    limit, loop = TimeLimit(SHORT), asyncio.get_running_loop()

    async def lasted(after: float) -> float:
        await asyncio.sleep(after)
        began = loop.time()
        with pytest.raises(TimeoutError):
            await limit.wait(forever())
        return loop.time() - began

    found = await asyncio.gather(lasted(0), lasted(0), lasted(SHORT / 2), lasted(SHORT * 3))
    assert min(found) > SHORT * 0.9
    assert await limit.wait(soon("still at work")) == "still at work"


async def test_one_that_is_late_does_not_harm_one_in_time() -> None:
    limit = TimeLimit(SHORT)
    late = asyncio.ensure_future(limit.wait(forever()))
    await asyncio.sleep(SHORT * 0.8)
    in_time = asyncio.ensure_future(limit.wait(asyncio.sleep(SHORT * 0.5, "in time")))
    with pytest.raises(TimeoutError):
        await late
    assert await in_time == "in time"


async def test_a_task_cancelled_by_another_is_cancelled_not_late() -> None:
    task = asyncio.ensure_future(TimeLimit(LONG).wait(forever()))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_work_that_ends_although_cancelled_leaves_no_cancellation_behind() -> None:
    async def stubborn() -> str:
        with suppress(asyncio.CancelledError):
            await forever()
        return "done"

    task = asyncio.current_task()
    assert task is not None
    assert await TimeLimit(SHORT).wait(stubborn()) == "done"
    assert task.cancelling() == 0
