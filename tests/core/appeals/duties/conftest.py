"""A centre of each region at work: two bodies, their officials, a coordinator, a block head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from core.appeals import answers, handover
from core.appeals.answers import NewAnswer
from core.appeals.applicants.contact import Contact
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.reception.service import receive
from core.appeals.rules.lifecycle import Outcome
from core.appeals.rules.receptions import Card, IdentityDocument
from core.db.database import Base
from core.directory.model import Body
from core.kernel.access import Actor, system
from core.kernel.region import Region
from tests.conftest import OpenRegion
from tests.fixtures.actors import actor_with, appoint
from tests.fixtures.answers import empowered, sent
from tests.fixtures.clock import FrozenClock
from tests.fixtures.counts import counts
from tests.fixtures.proofs import PROOF, proven

FIRST, SECOND, FOREIGN = "first-office", "second-office", "foreign-company"
LETTER = NewAppeal(
    channel="letter",
    external_id="п-1",
    text="На улице Полевой глубокая яма, машины бьют колёса.",
    theme="roads",
    addressee=FIRST,
    contact=Contact(name="Пробная Анна Ивановна", contact="anna@example.org"),
)
SOLVED = sent(NewAnswer("Яма заделана.", Outcome.SOLVED, evidence=PROOF))


@dataclass(frozen=True)
class Office:
    """A region and who works in it; every call is a unit of work of its own."""

    region: Region
    clock: FrozenClock
    coordinator: Actor
    first: Actor
    second: Actor
    block_head: Actor

    async def take(self, **changes: Any) -> int:
        new = LETTER._replace(**changes)
        async with self.region.work(self.coordinator) as work:
            if new.channel != "reception":
                return (await take_in(work, new)).appeal_id
            card = Card(self.first.person_id or 0, IdentityDocument.PASSPORT)
            return (await receive(work, new, card)).appeal_id

    async def accepted(self, **changes: Any) -> int:
        appeal_id = await self.take(**changes)
        async with self.region.work(self.first) as work:
            await handover.accept(work, appeal_id)
        return appeal_id

    async def closed(self, new: NewAnswer = SOLVED, **changes: Any) -> int:
        appeal_id = await self.accepted(**changes)
        await self.answer(appeal_id, new)
        async with self.region.work(self.first) as work:
            await answers.close(work, appeal_id)
        return appeal_id

    async def answer(self, appeal_id: int, new: NewAnswer = SOLVED) -> None:
        async with self.region.work(self.first) as work:
            await answers.answer(work, appeal_id, await proven(work, appeal_id, new))

    async def appeal(self, appeal_id: int) -> Appeal:
        async with self.region.database.reading() as session:
            return await session.get_one(Appeal, appeal_id)

    async def ledger(self, appeal_id: int) -> Sequence[LedgerEntry]:
        async with self.region.database.reading() as session:
            query = select(LedgerEntry).where(LedgerEntry.appeal_id == appeal_id)
            return (await session.scalars(query.order_by(LedgerEntry.seq))).all()

    async def rows(self, *models: type[Base]) -> int:
        """How many rows there are of these kinds: what a refusal must not change."""
        return sum(await counts(self.region, *models))


async def staff(region: Region, clock: FrozenClock) -> Office:
    """The office of a region on a fresh database."""
    async with region.work(system()) as work:
        kinds = {FIRST: "executive", SECOND: "executive", FOREIGN: "other"}
        work.session.add_all(Body(key=key, name=key, kind=kind) for key, kind in kinds.items())
        await work.session.flush()
        ids = {body.key: body.id for body in await work.session.scalars(select(Body))}
        first = await appoint(work, "body-official", body_id=ids[FIRST], subject="first")
        await empowered(work, first, ids[FIRST])
        second = await appoint(work, "body-official", body_id=ids[SECOND], subject="second")
        coordinator = await appoint(work, "coordinator", subject="coordinator")
    block_head = actor_with(region, "block-head", blocks=["roads"])
    return Office(region, clock, coordinator, first, second, block_head)


@pytest.fixture
async def office(code: str, open_test_region: OpenRegion, clock: FrozenClock) -> Office:
    """The office of the region that the test's own parameter `code` names."""
    return await staff(await open_test_region(code), clock)
