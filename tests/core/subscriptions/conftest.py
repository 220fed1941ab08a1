"""A region whose receivers live on this machine, which its settings allow."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.directory.model import Appointment, Person
from core.kernel.access import Actor, system
from core.kernel.events import Event
from core.kernel.region import Region
from core.subscriptions.service import Keyed, register
from tests.fixtures.actors import appoint
from tests.fixtures.receivers import Receiver, receiving

EVENT = "appeal.escalated"


class Post:
    """What tests do: register receivers, let things happen to cases, and look at the outbox."""

    def __init__(self, region: Region) -> None:
        self.region = region

    async def officer(self, role: str = "curator", subject: str = "service") -> Actor:
        async with self.region.work(system()) as work:
            return await appoint(work, role, subject=subject)

    async def hook(self, url: str, *events: str, subject: str = "service") -> Keyed:
        async with self.region.work(system()) as work:
            return await register(work, url, subject, events or (EVENT,))

    async def case(self, number: int) -> int:
        async with self.region.work(system()) as work:
            new = NewAppeal("letter", f"п-{number}", "На улице Полевой яма.")
            return (await take_in(work, new)).appeal_id

    async def happen(self, *cases: int, name: str = EVENT) -> None:
        """One event of each case, in one transaction each."""
        for case in cases:
            async with self.region.work(system()) as work:
                await work.record(Event(name, f"appeal:{case}", after={"step": str(case)}))

    async def dismiss(self, person_id: int) -> None:
        async with self.region.work(system()) as work:
            person = await work.session.get_one(Person, person_id)
            person.dismissed = work.today
            work.session.add(person)


@pytest.fixture
async def post(kursk: Region) -> Post:
    own = kursk.own.model_copy(update={"webhook_networks": ("127.0.0.0/8",)})
    made = Post(replace(kursk, own=own))
    await made.officer()
    return made


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as one:
        yield one


__all__ = ["EVENT", "Appointment", "Post"]
