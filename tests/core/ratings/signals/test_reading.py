"""Signals out of the tables: who plays stands out in every one, with his cases, and in no other."""

from __future__ import annotations

import pytest

from core.directory.model import Body
from core.kernel.access import system
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.ratings.quarter import quarter_of
from core.ratings.signals.facts import FIRST
from core.ratings.signals.kinds import Signal
from core.ratings.signals.reading import signals
from core.statistics.shares import Share
from tests.core.ratings.signals.played import EACH, FAIR, PLAYER, played
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock

pytestmark = pytest.mark.bare_rows
QUARTER, BEFORE = quarter_of("2026-Q1"), quarter_of("2025-Q4")
HALF = EACH // 2
OWN = {
    Signal.INSTANT: Share(HALF, EACH),
    Signal.REPEATED: Share(EACH - FIRST, EACH - FIRST),
    Signal.LAST_DAYS: Share(HALF, EACH),
    Signal.PUT_OFF: Share(EACH, EACH),
    Signal.MARKED_INSIDE: Share(HALF, HALF),
    Signal.UNASKED: Share(HALF, HALF),
    Signal.REUSED: Share(EACH - FIRST, EACH - FIRST),
}
"""What is planted; the first answers are not asked what they repeat."""


async def test_who_plays_stands_out_with_his_cases(polygon: Region, clock: FrozenClock) -> None:
    clock.at(2026, 6, 1)
    await played(polygon)
    async with polygon.reading(system()) as work:
        found = await signals(work, QUARTER)
        assert (await signals(work, BEFORE)).told == []
    assert {(one.body, one.signal): one.own for one in found.told} == {
        **{(PLAYER, signal): share for signal, share in OWN.items()},
        ("agency", Signal.HANDED_ON): Share(EACH, EACH * (1 + len(FAIR))),
    }
    assert all(one.flagged for one in found.told)
    assert all(len(one.cases) == one.own.hits for one in found.told)
    assert found.names[PLAYER] == "Орган player"
    [instant] = [one for one in found.told if one.signal is Signal.INSTANT]
    assert instant.peers == Share(0, EACH * len(FAIR))


@pytest.mark.parametrize("role", ["body-official", "coordinator"])
async def test_they_are_told_to_who_keeps_the_ratings_of_the_region(
    polygon: Region, clock: FrozenClock, role: str
) -> None:
    """Not to a body, nor to who reads every case and answers for no rating."""
    clock.at(2026, 6, 1)
    async with polygon.work(system()) as work:
        body = await work.session.get_one(Body, 1)
        own = await appoint(
            work, role, body_id=body.id if role == "body-official" else None, subject="own"
        )
    async with polygon.reading(own) as work:
        with pytest.raises(Refusal) as refused:
            await signals(work, QUARTER)
    assert refused.value.code == "FORBIDDEN"
