"""Three years of a region through its database: what was planted is found, and little else.

`make years` lives twenty of them, a test alone one.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta

import pytest

from core.appeals.figures.subject import APPEALS
from core.demo.service import fill
from core.demo.tempers import GAMING, INSTANT, PASSING, PROLONGING
from core.demo.world import HotSpot, build_world, leading
from core.directory.bodies import load_bodies
from core.kernel.access import system
from core.kernel.region import Region
from core.law.periods import Period, Periodicity, period_of
from core.problems.heat import HeatMap, heat_map
from core.ratings.quarter import before
from core.ratings.signals.kinds import Signal
from core.ratings.signals.reading import signals
from core.shapes.figures.folding import fold
from tests.conftest import OpenRegion
from tests.fixtures.clock import FrozenClock

SEEDS = int(os.environ.get("TSUR_TEST_YEARS", "1"))
UNTIL = datetime(2026, 3, 2, 12, tzinfo=UTC)
YEARS, WEEK, WEEKS, HALF = 3, timedelta(days=7), 6, 1_000
"""So many weeks without a hot spot are looked at; there are so many appeals in each half-year."""

TOGETHER = 2_400
"""A false cell a week among so many is the most that may be."""

VISIBLE = len(GAMING) + 1
"""So many of those who get the most are given a temper on purpose, one for each way to game."""

SHOWS = {
    INSTANT.key: Signal.INSTANT,
    PASSING.key: Signal.HANDED_ON,
    PROLONGING.key: Signal.PUT_OFF,
}
"""By which signal each of them is found."""


async def mapped(region: Region, monday: date) -> HeatMap:
    """The week, beside the same ones of earlier years."""
    async with region.reading(system()) as work:
        found = await heat_map(work, Period(monday, monday + WEEK))
    assert found.years == YEARS - 1
    return found


def met(spot: HotSpot, monday: date) -> bool:
    """Whether it is felt on some day of the week."""
    return spot.since.date() < monday + WEEK and monday <= spot.until.date()


def out(found: HeatMap) -> list[tuple[str | None, str | None]]:
    """What stands out, most first."""
    return [(one.theme, one.municipality) for one in found.cells if one.surprise.out]


@pytest.mark.parametrize("seed", range(SEEDS))
async def test_what_was_planted_in_three_years_is_found(
    open_test_region: OpenRegion, clock: FrozenClock, seed: int
) -> None:
    clock.moment = UNTIL
    region = await open_test_region("kursk")
    await fill(region, HALF, seed=seed, until=UNTIL, years=YEARS)
    async with region.work(system()) as work:
        await fold(work, APPEALS)
        world = build_world(region, await load_bodies(work.session), seed, UNTIL)
    today = UNTIL.date()
    for spot in world.hot_spots:
        since = spot.since.astimezone(world.zone).date()
        hot = await mapped(region, since + timedelta(days=-since.weekday() % 7))
        assert out(hot)[0] == (spot.subject.theme, spot.municipality.key)

    mondays = [today - timedelta(days=7 * n + today.weekday()) for n in range(1, 3 * WEEKS)]
    weeks = [one for one in mondays if not any(met(spot, one) for spot in world.hot_spots)]
    calm = [await mapped(region, monday) for monday in weeks[:WEEKS]]
    assert len(calm) == WEEKS
    assert sum(len(out(one)) for one in calm) * TOGETHER <= sum(len(one.cells) for one in calm)

    async with region.reading(system()) as work:
        told = (await signals(work, before(period_of(today, Periodicity.QUARTER)))).told
    flags = {(one.body, one.signal) for one in told if one.flagged}
    visible = leading(world.subjects, world.bodies, world.rules, today)[:VISIBLE]
    planted = {one: world.tempers[one] for one in visible if world.tempers[one] in GAMING}
    assert len(planted) == len(GAMING)
    assert {(one, SHOWS[temper.key]) for one, temper in planted.items()} <= flags
    flagged = {body for body, _ in flags}
    fair = {one for one in flagged if world.tempers[one] not in GAMING}
    assert len(fair) * 10 <= len(flagged)
