"""Turns: in the order in which they were asked for, and none is lost with whoever gives up."""

from __future__ import annotations

import asyncio

import pytest

from core.db.turns import Turns


def free(turns: Turns) -> int:
    """How many places can be taken at once; none of them is kept."""
    taken = 0
    while taken < 10 and turns.taken():
        taken += 1
    for _ in range(taken):
        turns.give_back()
    return taken


async def test_a_place_goes_to_who_has_waited_longest() -> None:
    turns, came = Turns(2), list[str]()

    async def come(name: str) -> None:
        await turns.wait()
        came.append(name)

    assert (turns.taken(), turns.taken(), turns.taken()) == (True, True, False)
    waiting = [asyncio.create_task(come(name)) for name in ("first", "second")]
    await asyncio.sleep(0)
    turns.give_back()
    assert not turns.taken()  # it is the first one's, though he has not run yet
    await waiting[0]
    assert came == ["first"]
    turns.give_back()
    await waiting[1]
    assert came == ["first", "second"]
    assert free(turns) == 0
    turns.give_back()
    turns.give_back()
    assert free(turns) == 2


@pytest.mark.parametrize("handed", [False, True], ids=["before its turn", "when its turn has come"])
async def test_who_gives_up_takes_no_place_away(handed: bool) -> None:
    turns = Turns(1)
    assert turns.taken()
    gone, patient = (asyncio.create_task(turns.wait()) for _ in range(2))
    await asyncio.sleep(0)
    if handed:
        turns.give_back()
    gone.cancel()
    with pytest.raises(asyncio.CancelledError):
        await gone
    if not handed:
        assert not patient.done()
        turns.give_back()
    await asyncio.wait_for(patient, 10)
    assert free(turns) == 0
    turns.give_back()
    assert free(turns) == 1
