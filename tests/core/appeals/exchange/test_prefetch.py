"""The next piece is made while the caller waits, and nothing outlives the caller."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

import pytest

from core.appeals.exchange.prefetch import Prefetch


async def pieces(said: list[str], number: int) -> AsyncGenerator[int]:
    """So many pieces; after the last one making fails."""
    try:
        for piece in range(number):
            said.append(f"made {piece}")
            await asyncio.sleep(0)
            yield piece
        raise ValueError("no more")
    finally:
        said.append("closed")


async def use(said: list[str], *, going_on: bool, leaving: type[Exception] | None = None) -> None:
    """Take the pieces one by one, waiting a while with each; or leave with the first one."""
    async with aclosing(Prefetch(pieces(said, 3))) as found:
        async for piece in found:
            said.append(f"begun {piece}")
            if going_on:
                found.go_on()
                found.go_on()
            for _ in range(5):
                await asyncio.sleep(0)
            if leaving is not None:
                raise leaving
            said.append(f"done {piece}")


async def test_one_is_made_while_another_is_waited_for_and_never_two() -> None:
    said: list[str] = []
    with pytest.raises(ValueError, match="no more"):
        await use(said, going_on=True)
    assert said == [
        *("made 0", "begun 0", "made 1", "done 0", "begun 1", "made 2", "done 1"),
        *("begun 2", "closed", "done 2"),
    ]


async def test_nothing_is_made_before_there_is_time_for_it() -> None:
    said: list[str] = []
    with pytest.raises(ValueError, match="no more"):
        await use(said, going_on=False)
    assert said == [
        *("made 0", "begun 0", "done 0", "made 1", "begun 1", "done 1"),
        *("made 2", "begun 2", "done 2", "closed"),
    ]


@pytest.mark.parametrize("going_on", [True, False])
async def test_who_leaves_takes_along_what_is_being_made(going_on: bool) -> None:
    said: list[str] = []
    with pytest.raises(KeyError):
        await use(said, going_on=going_on, leaving=KeyError)
    assert said == ["made 0", "begun 0", *(["made 1"] if going_on else []), "closed"]
    assert len(asyncio.all_tasks()) == 1
