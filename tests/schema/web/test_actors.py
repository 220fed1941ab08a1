"""How long it is remembered what a token's bearer may do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest
from sqlalchemy import update

from core.directory.model import Person
from core.kernel.access import system
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.region.tokens import demo_token, verifier
from schema.web.actors import Actors
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock
from tests.fixtures.statements import queries


@dataclass
class Seconds:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def token(polygon: Region) -> str:
    async with polygon.work(system()) as work:
        await appoint(work, "curator", subject="demo-curator")
    return demo_token(polygon, "curator")


def remembering(region: Region, seconds: Seconds) -> Actors:
    return Actors(region, verifier(region, None), seconds)


async def dismissed(region: Region) -> None:
    """Somebody is dismissed by another process: nothing of this one hears of it."""
    async with region.database.reading() as session:
        await session.execute(update(Person).values(dismissed=date(2026, 1, 1)))
        await session.commit()


async def test_it_is_asked_once_in_the_time_of_the_setting(polygon: Region, token: str) -> None:
    seconds = Seconds()
    actors = remembering(polygon, seconds)
    with queries(3):
        first = await actors.actor(token, polygon.now())
    seconds.now = polygon.settings.actor_seconds - 0.1
    with queries(0):
        assert await actors.actor(token, polygon.now()) is first
    await dismissed(polygon)
    seconds.now = polygon.settings.actor_seconds
    assert (await actors.actor(token, polygon.now())).grants == ()


async def test_who_has_the_same_rights_as_before_is_the_same(polygon: Region, token: str) -> None:
    """Plans keep what they know by the actor: another object would have to be compared."""
    seconds = Seconds()
    actors = remembering(polygon, seconds)
    first = await actors.actor(token, polygon.now())
    seconds.now = polygon.settings.actor_seconds
    with queries(3):
        assert await actors.actor(token, polygon.now()) is first


async def test_a_commit_of_this_process_is_heard_at_once(polygon: Region, token: str) -> None:
    actors = remembering(polygon, Seconds())
    await actors.actor(token, polygon.now())
    async with polygon.work(system()) as work:
        await work.session.execute(update(Person).values(dismissed=date(2026, 1, 1)))
    assert (await actors.actor(token, polygon.now())).grants == ()


async def test_an_expired_token_is_refused_at_its_second(
    polygon: Region, token: str, clock: FrozenClock
) -> None:
    actors = remembering(polygon, Seconds())
    await actors.actor(token, polygon.now())
    clock.forward(hours=12, seconds=29)
    await actors.actor(token, polygon.now())
    clock.forward(seconds=2)
    with pytest.raises(Refusal, match="UNAUTHENTICATED"):
        await actors.actor(token, polygon.now())


async def test_nothing_is_remembered_at_zero(polygon: Region, token: str) -> None:
    region = replace(polygon, settings=polygon.settings.model_copy(update={"actor_seconds": 0}))
    actors = remembering(region, Seconds())
    await actors.actor(token, polygon.now())
    with queries(3):
        await actors.actor(token, polygon.now())


async def test_a_bad_token_is_remembered_as_nobody(polygon: Region, token: str) -> None:
    actors = remembering(polygon, Seconds())
    await actors.actor(token, polygon.now())
    for bad in (token[:-2], token + "a", ""):
        with pytest.raises(Refusal, match="UNAUTHENTICATED"):
            await actors.actor(bad, polygon.now())


async def test_a_name_is_remembered_until_a_commit_or_the_time_of_the_setting(
    polygon: Region,
) -> None:
    seconds, said = Seconds(), iter(("Первый", "Второй", "Третий"))
    actors = remembering(polygon, seconds)

    async def ask() -> str:
        return next(said)

    assert [await actors.name("one", ask) for _ in range(2)] == ["Первый", "Первый"]
    async with polygon.work(system()) as work:
        await work.session.execute(update(Person).values(dismissed=None))
    assert await actors.name("one", ask) == "Второй"
    seconds.now = polygon.settings.actor_seconds
    assert await actors.name("one", ask) == "Третий"
