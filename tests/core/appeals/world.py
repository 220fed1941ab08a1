"""The world that appeals live in: a region with a few bodies more, and who works there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from core.appeals.applicants.contact import Contact
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.model import Appeal
from core.directory.model import Body
from core.kernel.access import Actor, system
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.kernel.work import Work
from tests.fixtures.actors import actor_with, appoint
from tests.fixtures.clock import FrozenClock

BODIES = ("life-first", "life-second")
LONE, UNDER = "life-lone", "life-under"
"""A body with one official alone, and one under the second of the others."""
RECEIVERS = (*BODIES, LONE, UNDER)
WRITER = Contact("Пробная Анна Ивановна", "anna@example.org", "ул. Полевая, 1")
MOST_CASES = 3
R = TypeVar("R")
Step = Callable[[Work], Awaitable[object]]


@dataclass(frozen=True)
class World:
    """A region with a few bodies more, the loop of the test, and a channel of messages."""

    region: Region
    clock: FrozenClock
    loop: asyncio.AbstractEventLoop
    message: str
    start: datetime
    officials: Mapping[tuple[str, int], Actor]

    def wait_for(self, coroutine: Coroutine[Any, Any, R]) -> R:
        """What the loop of the test makes of it."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(120)

    async def appeal(self, appeal_id: int) -> Appeal:
        async with self.region.database.reading() as session:
            return await session.get_one(Appeal, appeal_id)

    async def attempt(self, actor: Actor, step: Step) -> bool:
        """Whether the step was taken; a refused one leaves nothing."""
        try:
            async with self.region.work(actor) as work:
                await step(work)
        except Refusal:
            return False
        return True

    async def take(self, new: NewAppeal) -> int | None:
        """The id of what was taken in; None where it was refused."""
        try:
            async with self.region.work(system()) as work:
                return (await take_in(work, new)).appeal_id
        except Refusal:
            return None

    def official(self, role: str, appeal: Appeal) -> Actor:
        """One of the body that holds the case; of none, the coordinator."""
        if appeal.body_id is None:
            return actor_with(self.region, "coordinator")
        known = self.officials.get((role, appeal.body_id))
        head = self.officials.get(("body-head", appeal.body_id))
        return known or head or actor_with(self.region, role, body_id=appeal.body_id)


async def settle(region: Region, clock: FrozenClock, message: str) -> World:
    """Open the bodies, with an official and a head in each but the one that has a head alone."""
    async with region.work(system()) as work:
        bodies = [Body(key=key, name=key, kind="executive") for key in RECEIVERS]
        work.session.add_all(bodies)
        await work.session.flush()
        bodies[3].parent_id = bodies[1].id
        officials = {
            (role, body.id): await appoint(
                work, role, body_id=body.id, subject=f"{role}-{body.key}"
            )
            for body in bodies
            for role in ("body-official", "body-head")
            if role == "body-head" or body.key != LONE
        }
    loop = asyncio.get_running_loop()
    return World(region, clock, loop, message, clock.moment, officials)
