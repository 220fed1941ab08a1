"""A centre at work: a region with its bodies, officials of every kind, and a case to handle."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from core.appeals import answers, handover
from core.appeals.answers import NewAnswer
from core.appeals.applicants.contact import Contact
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import TakenIn, take_in
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.rules.lifecycle import Outcome
from core.db.database import Base
from core.directory.model import Body
from core.kernel.access import Actor, system
from core.kernel.region import Region
from core.kernel.work import Work
from tests.fixtures.actors import actor_with, appoint
from tests.fixtures.answers import empowered, sent
from tests.fixtures.clock import FrozenClock
from tests.fixtures.counts import counts
from tests.fixtures.proofs import PROOF, proven

SOLVED = sent(NewAnswer("Яма заделана.", Outcome.SOLVED, evidence=PROOF))
EXPLAINED = sent(NewAnswer("Ремонт этой дороги не входит в программу.", Outcome.EXPLAINED))
LETTER = NewAppeal(
    channel="letter",
    external_id="п-1",
    text="На улице Полевой глубокая яма, машины бьют колёса.",
    theme="roads",
    addressee="ministry",
    contact=Contact(name="Пробная Анна Ивановна", contact="anna@example.org"),
)


@dataclass(frozen=True)
class Desk:
    """The region and who works in it; every call is a unit of work of its own."""

    region: Region
    clock: FrozenClock
    coordinator: Actor
    curator: Actor
    official: Actor
    chief: Actor
    stranger: Actor

    @asynccontextmanager
    async def work(self, actor: Actor) -> AsyncIterator[Work]:
        async with self.region.work(actor) as work:
            yield work

    async def take(self, new: NewAppeal = LETTER, **changes: Any) -> TakenIn:
        async with self.work(self.coordinator) as work:
            return await take_in(work, new._replace(**changes))

    async def accept(self, appeal_id: int) -> None:
        async with self.work(self.official) as work:
            await handover.accept(work, appeal_id)

    async def answered(self, new: NewAnswer = EXPLAINED, **changes: Any) -> int:
        """A case taken in, accepted and answered."""
        taken = await self.take(**changes)
        await self.accept(taken.appeal_id)
        async with self.work(self.official) as work:
            await answers.answer(work, taken.appeal_id, await proven(work, taken.appeal_id, new))
        return taken.appeal_id

    async def closed(self) -> int:
        """A case brought to its end."""
        appeal_id = await self.answered()
        async with self.work(self.official) as work:
            await answers.close(work, appeal_id)
        return appeal_id

    async def appeal(self, appeal_id: int) -> Appeal:
        async with self.region.database.reading() as session:
            return await session.get_one(Appeal, appeal_id)

    async def ledger(self, appeal_id: int) -> Sequence[LedgerEntry]:
        async with self.region.database.reading() as session:
            query = select(LedgerEntry).where(LedgerEntry.appeal_id == appeal_id)
            return (await session.scalars(query.order_by(LedgerEntry.seq))).all()

    async def facts(self, appeal_id: int) -> list[str]:
        return [row.fact for row in await self.ledger(appeal_id)]

    async def rows(self, *models: type[Base]) -> int:
        """How many rows there are of these kinds: what a refusal must not change."""
        return sum(await counts(self.region, *models))

    async def body_id(self, key: str) -> int:
        async with self.region.database.reading() as session:
            return (await session.scalars(select(Body.id).where(Body.key == key))).one()

    def now(self) -> datetime:
        return self.region.now()


@pytest.fixture
async def desk(polygon: Region, clock: FrozenClock) -> Desk:
    async with polygon.work(system()) as work:
        work.session.add(Body(key="agency", name="Агентство", kind="executive"))
        await work.session.flush()
        keys = {body.key: body.id for body in await work.session.scalars(select(Body))}
        official = await appoint(
            work, "body-official", body_id=keys["ministry"], subject="official"
        )
        await empowered(work, official, keys["ministry"])
        chief = await appoint(work, "body-head", body_id=keys["ministry"], subject="chief")
        stranger = await appoint(work, "body-official", body_id=keys["agency"], subject="stranger")
        await empowered(work, stranger, keys["agency"])
        curator = await appoint(work, "curator", subject="curator")
    return Desk(
        region=polygon,
        clock=clock,
        coordinator=actor_with(polygon, "coordinator"),
        curator=curator,
        official=official,
        chief=chief,
        stranger=stranger,
    )
