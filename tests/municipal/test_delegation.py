"""Municipal centres: data says where they work, a case goes there and comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from core.appeals import handover
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.ledger import pure, read_entries
from core.appeals.model import Appeal
from core.appeals.rules.ledger import holdings
from core.directory.model import Body
from core.kernel.access import Actor, system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.shapes.registers.service import history
from municipal.model import CentreState, MunicipalCentre
from municipal.service import centre_of, delegate, record_centre
from tests.fixtures.actors import actor_with
from tests.fixtures.clock import FrozenClock

PLACE = "zheleznogorsk"


@dataclass(frozen=True)
class Town:
    region: Region
    coordinator: Actor
    administrator: Actor
    head: Actor
    appeal_id: int

    async def record(self, state: CentreState, ground: str = "постановление № 1") -> None:
        async with self.region.work(self.administrator) as work:
            await record_centre(work, PLACE, "town", state, ground)

    async def delegate(self) -> Appeal:
        async with self.region.work(self.coordinator) as work:
            return await delegate(work, self.appeal_id, "вопрос местного значения")

    async def appeal(self) -> Appeal:
        async with self.region.database.reading() as session:
            return await session.get_one(Appeal, self.appeal_id)


@pytest.fixture
async def town(kursk: Region) -> Town:
    async with kursk.work(system()) as work:
        work.session.add(Body(key="town", name="Центр", kind="municipal", municipality=PLACE))
        new = NewAppeal("portal", "м-1", "Не горит фонарь.", theme="roads", municipality=PLACE)
        taken = await take_in(work, new)
    return Town(
        region=kursk,
        coordinator=actor_with(kursk, "coordinator"),
        administrator=actor_with(kursk, "administrator"),
        head=actor_with(kursk, "municipal-head", municipalities=[PLACE]),
        appeal_id=taken.appeal_id,
    )


async def refusal(attempt: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        await attempt  # type: ignore[misc]
    return caught.value


@pytest.mark.clause("ru.1844/2.municipal-centre", "ru.1844/2.municipal-centre.1")
async def test_a_case_goes_to_the_working_centre_and_back(town: Town, clock: FrozenClock) -> None:
    before = await town.appeal()
    await town.record(CentreState.WORKING)
    delegated = await town.delegate()
    assert (delegated.state, delegated.due_at) == ("assigned", before.due_at)
    clock.forward(hours=3)
    async with town.region.work(town.head) as work:
        await handover.return_case(work, town.appeal_id, "дорога областная")
        entries = pure(await read_entries(work, town.appeal_id))
    returned = await town.appeal()
    assert returned.body_id == before.body_id
    assert [(h.body, h.length(town.region.now()).total_seconds()) for h in holdings(entries)][
        -2:
    ] == [("town", 10800.0), ("committee-transport-roads", 0.0)]


@pytest.mark.clause("ru.1844/2.municipal-centre")
@pytest.mark.parametrize("state", [None, CentreState.DECIDED, CentreState.CLOSED])
async def test_without_a_working_centre_nothing_is_delegated(
    town: Town, state: CentreState | None
) -> None:
    if state:
        await town.record(state)
    before = await town.appeal()
    refused = await refusal(town.delegate())
    assert refused.code is RefusalCode.NOT_FOUND
    assert refused.clause is not None
    assert refused.clause.ref == "ru.1844/2.municipal-centre"
    assert (await town.appeal()).version == before.version


@pytest.mark.clause("ru.1844/10(1).а")
async def test_a_centre_needs_its_own_act(town: Town) -> None:
    refused = await refusal(town.record(CentreState.DECIDED, ground=" "))
    assert refused.code is RefusalCode.REASON_REQUIRED
    assert refused.clause is not None
    assert refused.clause.ref == "ru.1844/10(1).а"
    async with town.region.database.reading() as session:
        assert await session.get(MunicipalCentre, 1) is None


@pytest.mark.clause("ru.1844/10(1).в")
async def test_the_scope_ends_at_the_municipality(town: Town) -> None:
    await town.record(CentreState.WORKING)
    await town.delegate()
    neighbour = actor_with(town.region, "municipal-head", municipalities=["kursk-city"])
    async with town.region.work(neighbour) as work:
        refused = await refusal(handover.accept(work, town.appeal_id))
    assert refused.code is RefusalCode.NOT_FOUND
    async with town.region.work(town.head) as work:
        assert (await handover.accept(work, town.appeal_id)).state == "in_work"


@pytest.mark.clause("ru.1844/2.municipal-centre")
async def test_a_new_state_ends_the_earlier_one(town: Town, clock: FrozenClock) -> None:
    await town.record(CentreState.DECIDED)
    clock.at(2026, 3, 10)
    await town.record(CentreState.WORKING, "постановление № 2")
    async with town.region.reading(town.administrator) as work:
        same = MunicipalCentre.municipality == PLACE
        records = await history(work.session, MunicipalCentre, same)
        standing = await centre_of(work, PLACE)
    assert [(row.state, row.ground, row.since, row.until) for row in records] == [
        ("decided", "постановление № 1", date(2026, 3, 2), date(2026, 3, 10)),
        ("working", "постановление № 2", date(2026, 3, 10), None),
    ]
    assert standing is not None
    assert standing.id == records[1].id
