"""A desk of the region whose terms others really have."""

from __future__ import annotations

import pytest

from core.kernel.access import system
from tests.conftest import OpenRegion
from tests.core.appeals.conftest import Desk
from tests.fixtures.actors import actor_with, appoint
from tests.fixtures.answers import empowered
from tests.fixtures.clock import FrozenClock


@pytest.fixture
async def desk(open_test_region: OpenRegion, clock: FrozenClock) -> Desk:
    region = await open_test_region("tests.grounds.terms")
    async with region.work(system()) as work:
        found = {name: await appoint(work, name, subject=name) for name in ("curator",)}
    desk = Desk(region, clock, actor_with(region, "coordinator"), *[found["curator"]] * 4)
    ministry = await desk.body_id("ministry")
    async with region.work(system()) as work:
        official = await appoint(work, "body-official", body_id=ministry, subject="official")
        await empowered(work, official, ministry)
        chief = await appoint(work, "body-head", body_id=ministry, subject="chief")
    return Desk(region, clock, desk.coordinator, desk.curator, official, chief, official)
