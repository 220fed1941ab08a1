"""What each act says of rating bodies, done in its own region from the trial to the final."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.directory.model import Body
from core.directory.rules.bodies import BodyKind
from core.kernel.access import system
from core.kernel.codes import Permission
from core.kernel.region import Region
from core.law.periods import Period
from core.ratings.life import draft_rating, publish_rating, publish_trial
from core.ratings.model import Rating
from core.ratings.quarter import quarter_of
from core.ratings.releases import release_of
from core.ratings.rules import RatingMethod
from core.ratings.versions import versions_of
from tests.conftest import OpenRegion
from tests.core.ratings.volume import MINIMUM, fill
from tests.fixtures.clock import FrozenClock

pytestmark = pytest.mark.bare_rows
QUARTER = quarter_of("2026-Q1")
LEADER = system([Permission.READ_APPEALS, Permission.MANAGE_INDICATORS])
KINDS = {
    "office": BodyKind.EXECUTIVE,
    "town": BodyKind.MUNICIPAL,
    "city": BodyKind.MUNICIPAL,
    "company": BodyKind.ORGANISATION,
}
ORDERED: dict[str, tuple[str, str, list[tuple[str, str | None]]]] = {
    "chelyabinsk": (
        "chelyabinsk.641/pol.11.3",
        "federal",
        [("city", None), ("company", None), ("office", None), ("town", None)],
    ),
    "kursk": (
        "kursk.958/pol.4.3.4",
        "regional",
        [("city", None), ("office", "roads"), ("town", None)],
    ),
    "mari_el": (
        "mari-el.335/pol.9.7",
        "regional",
        [("city", None), ("office", None), ("town", None)],
    ),
}
"""The clause, the method that it orders, whom a rating by it names."""


@pytest.mark.parametrize(
    "code", [pytest.param(code, marks=pytest.mark.clause(ORDERED[code][0])) for code in ORDERED]
)
async def test_bodies_are_rated_as_the_act_says(
    open_test_region: OpenRegion, clock: FrozenClock, code: str
) -> None:
    clause, key, rated = ORDERED[code]
    clock.at(2026, 6, 1)
    region = await open_test_region(code)
    async with region.work(system()) as work:
        work.session.add_all(Body(key=one, name=one, kind=kind) for one, kind in KINDS.items())
    for number, body in enumerate(KINDS):
        await fill(region, body, MINIMUM - 10 * number, 10 * number)
    await _published(region, clock, key, QUARTER)
    async with region.reading(LEADER) as work:
        (row,) = await work.session.scalars(select(Rating))
        final = (await versions_of(work, row))[-1]
    named = sorted((one["subject"], one["theme"]) for one in final.told["entries"])
    assert named == rated
    assert (row.stage, final.stage) == ("final", "final")
    assert row.clause == f"{clause}.criteria"


async def _published(region: Region, clock: FrozenClock, key: str, quarter: Period) -> None:
    """Tried and drafted today, the final on its day of the calendar."""
    async with region.work(LEADER) as work:
        await publish_trial(work, key, quarter)
        await draft_rating(work, key, quarter)
        method = region.rules.get(RatingMethod, key, quarter.last_day)
        day = (await release_of(work, method, quarter)).final_on
    clock.at(day.year, day.month, day.day)
    async with region.work(LEADER) as work:
        await publish_rating(work, key, quarter)
