"""A centre whose bodies are rated: who leads it, who is rated, who looks on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import select

from core.directory.model import Body
from core.kernel.access import Actor, system
from core.kernel.codes import ActKind
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.kernel.work import Work
from core.ratings.life import draft_rating, publish_rating, publish_trial
from core.ratings.model import (
    Rating,
    RatingCase,
    RatingObjection,
    RatingRelease,
    RatingVersion,
)
from core.ratings.quarter import quarter_of
from core.shapes.chains.rules import Ground
from tests.core.ratings.volume import MINIMUM, fill
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock
from tests.fixtures.counts import counts

FIRST = quarter_of("2026-Q1")
PLACE = ("federal", FIRST)
ORDER = Ground(ActKind.ORDER, "12-р", date(2026, 5, 20))
WRITTEN = (Rating, RatingVersion, RatingCase, RatingObjection, RatingRelease, JournalEntry)
Step = Callable[[Work], Awaitable[object]]


def step(use_case: Callable[..., Awaitable[object]], *given: object, **said: object) -> Step:
    """The use case for the rating of the first quarter."""
    return lambda work: use_case(work, *PLACE, *given, **said)


TRY, DRAFT, PUBLISH = step(publish_trial), step(draft_rating), step(publish_rating)


@dataclass(frozen=True)
class Centre:
    """The polygon with two bodies rated, who leads, who is rated, who looks on."""

    region: Region
    clock: FrozenClock
    curator: Actor
    own: Actor
    other: Actor
    administrator: Actor

    async def does(self, actor: Actor, step: Step) -> object:
        async with self.region.work(actor) as work:
            return await step(work)

    async def refused(self, actor: Actor, step: Step) -> tuple[str, str]:
        """Code and words of a refusal, after which nothing more stands written."""
        rows = await self._rows()
        with pytest.raises(Refusal) as caught:
            await self.does(actor, step)
        assert await self._rows() == rows
        return caught.value.code.value, caught.value.text

    async def _rows(self) -> list[int]:
        return await counts(self.region, *WRITTEN)

    async def drafted(self) -> None:
        await self.does(self.curator, TRY)
        await self.does(self.curator, DRAFT)


@pytest.fixture
async def centre(polygon: Region, clock: FrozenClock) -> Centre:
    clock.at(2026, 6, 1)
    async with polygon.work(system()) as work:
        work.session.add(Body(key="agency", name="Агентство", kind="executive"))
        await work.session.flush()
        ids = {body.key: body.id for body in await work.session.scalars(select(Body))}
        actors = [
            await appoint(work, "curator"),
            await appoint(work, "body-official", body_id=ids["ministry"], subject="own"),
            await appoint(work, "body-official", body_id=ids["agency"], subject="other"),
            await appoint(work, "administrator"),
        ]
    await fill(polygon, "ministry", MINIMUM, 0)
    await fill(polygon, "agency", 31, MINIMUM - 31)
    return Centre(polygon, clock, *actors)
