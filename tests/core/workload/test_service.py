"""Workload by the acts that order it, and where they are silent: what is read, what is proposed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import func, select

from core.appeals.answers import NewAnswer, answer
from core.appeals.handover import accept
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.rules.lifecycle import Outcome
from core.directory.model import Body
from core.kernel.access import Actor, system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.kernel.work import Work
from core.law.periods import Periodicity, period_of
from core.workload.ledger import Load
from core.workload.model import StaffingProposal
from core.workload.service import Representation, loads, propose_staffing, representation
from tests.conftest import OpenRegion
from tests.core.indicators.cases import Cases
from tests.fixtures.actors import actor_with, appoint
from tests.fixtures.answers import empowered, sent
from tests.fixtures.clock import FrozenClock

FEBRUARY = period_of(date(2026, 2, 1), Periodicity.MONTH)
MARCH = period_of(date(2026, 3, 1), Periodicity.MONTH)


async def at_work(region: Region, clock: FrozenClock) -> None:
    """Two cases of roads in February: one accepted and answered, one that nobody took."""
    async with region.work(system()) as work:
        body = Body(key="roads-ministry", name="Минтранс", kind="executive")
        work.session.add(body)
        await work.session.flush()
        official = await appoint(work, "body-official", body_id=body.id, subject="anna")
        await empowered(work, official, body.id)
    clock.at(2026, 2, 10)
    ids = [await _take(region, n) for n in range(2)]
    clock.at(2026, 2, 11)
    async with region.work(official) as work:
        await accept(work, ids[0])
    clock.at(2026, 2, 14)
    async with region.work(official) as work:
        await answer(work, ids[0], sent(NewAnswer("Сделаем.", Outcome.EXPLAINED)))
    clock.at(2026, 3, 2)


async def _take(region: Region, number: int) -> int:
    new = NewAppeal(
        channel="letter",
        external_id=f"п-{number}",
        text="Яма на дороге, машины бьют колёса.",
        theme="roads",
        addressee="roads-ministry",
    )
    async with region.work(actor_with(region, "coordinator")) as work:
        taken = await take_in(work, new)
    return taken.appeal_id


@pytest.mark.clause("mari-el.335/pol.9.9")
async def test_loads_by_block_and_specialist(
    open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    region = await open_test_region("mari_el")
    await at_work(region, clock)
    async with region.reading(actor_with(region, "head")) as work:
        found = await loads(work, FEBRUARY)
        nothing = await loads(work, FEBRUARY, "health")
        now = await loads(work, MARCH)
    assert found.clause is not None
    assert found.clause.ref == "mari-el.335/pol.9.9"
    end = datetime(2026, 2, 28, 21, tzinfo=UTC)
    waited = end - datetime(2026, 2, 10, 12, tzinfo=UTC) + timedelta(days=1)
    assert found.rows == (
        Load("roads", "roads-ministry", None, open=1, inflow=2, held=waited),
        Load("roads", "roads-ministry", "anna", open=0, inflow=1, held=timedelta(days=3)),
    )
    assert nothing.rows == ()
    held = datetime(2026, 3, 2, 12, tzinfo=UTC) - end
    assert now.rows == (Load("roads", "roads-ministry", None, open=1, inflow=0, held=held),)


async def test_a_responsible_sees_the_load_of_his_blocks(
    open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    region = await open_test_region("mari_el")
    await at_work(region, clock)
    for blocks, count in ((["roads"], 2), (["health"], 0)):
        async with region.reading(actor_with(region, "block-responsible", blocks=blocks)) as work:
            assert len((await loads(work, FEBRUARY)).rows) == count


@pytest.mark.clause("kursk.958/pol.3.5.2")
@pytest.mark.bare_rows
async def test_a_block_is_represented_by_its_messages(open_test_region: OpenRegion) -> None:
    region = await open_test_region("kursk")
    cases = Cases(region)
    await cases.received(3, on=date(2026, 2, 10))
    await cases.received(1, on=date(2026, 2, 10), theme="health", block="health")
    await cases.received(9, on=date(2026, 3, 1), theme="health", block="health")
    async with region.work(system()) as work:
        for role, block in (
            ("block-responsible", "roads"),
            ("block-responsible", "health"),
            ("block-head", "health"),
        ):
            await appoint(work, role, blocks=[block], subject=f"{role}-{block}")
    async with region.reading(actor_with(region, "block-responsible", blocks=["roads"])) as work:
        found = {row.block: row for row in await representation(work, FEBRUARY)}
    assert found["roads"] == Representation("roads", 3, Fraction(3, 4), 1, Fraction(9, 4))
    assert found["health"] == Representation("health", 1, Fraction(1, 4), 2, Fraction(3, 4))
    assert found["energy"] == Representation("energy", 0, Fraction(0), 0, Fraction(0))


@pytest.mark.clause("mari-el.335/pol.9.9.staffing-proposals")
async def test_the_centre_proposes_staff_to_the_curator(
    open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    region = await open_test_region("mari_el")
    await at_work(region, clock)
    async with region.work(actor_with(region, "head")) as work:
        made = await propose_staffing(work, FEBRUARY, "Один специалист не справляется.", 2, "roads")
    async with region.database.reading() as session:
        stored = await session.get_one(StaffingProposal, made.id)
    assert (stored.addressee, stored.positions, stored.block) == ("curator", 2, "roads")
    assert stored.clause == "mari-el.335/pol.9.9.staffing-proposals"
    assert stored.figures == {
        "messages": 2,
        "open": 1,
        "held_seconds": int(timedelta(days=22, hours=9).total_seconds()),
        "specialists": 1,
    }


async def refused(
    region: Region, actor: Actor, act: Callable[[Work], Awaitable[Any]]
) -> tuple[RefusalCode, str | None]:
    async def rows() -> list[int | None]:
        async with region.database.reading() as session:
            return [
                await session.scalar(select(func.count()).select_from(model))
                for model in (StaffingProposal, JournalEntry)
            ]

    before = await rows()
    with pytest.raises(Refusal) as refusal:
        async with region.work(actor) as work:
            await act(work)
    assert await rows() == before
    clause = refusal.value.clause
    return refusal.value.code, clause.ref if clause else None


PROPOSALS = "mari-el.335/pol.9.9.staffing-proposals"


@pytest.mark.clause(PROPOSALS)
@pytest.mark.parametrize(
    ("role", "changes", "code"),
    [
        ("block-responsible", {}, RefusalCode.FORBIDDEN),
        ("head", {"text": " "}, RefusalCode.REASON_REQUIRED),
        ("head", {"positions": 0}, RefusalCode.INVALID),
        ("head", {"block": "no-such"}, RefusalCode.INVALID),
        ("head", {"period": MARCH}, RefusalCode.DATE_OUT_OF_RANGE),
    ],
)
async def test_a_proposal_that_is_refused(
    open_test_region: OpenRegion, role: str, changes: dict[str, Any], code: RefusalCode
) -> None:
    region = await open_test_region("mari_el")
    given: dict[str, Any] = {"period": FEBRUARY, "text": "Нужны люди.", "positions": 1} | changes
    actor = actor_with(region, role, blocks=["roads"])
    assert await refused(region, actor, lambda w: propose_staffing(w, **given)) == (code, PROPOSALS)


@pytest.mark.parametrize("code", ["murmansk", "kursk", "chelyabinsk"])
async def test_elsewhere_no_act_orders_proposals(open_test_region: OpenRegion, code: str) -> None:
    region = await open_test_region(code)
    actor = actor_with(region, "head")
    found = await refused(region, actor, lambda w: propose_staffing(w, FEBRUARY, "Нужны люди.", 1))
    assert found == (RefusalCode.NOT_FOUND, None)


@pytest.mark.clause("mari-el.335/pol.9.9", "kursk.958/pol.3.5.2")
@pytest.mark.parametrize(
    ("code", "report", "ref"),
    [
        ("mari_el", loads, "mari-el.335/pol.9.9"),
        ("kursk", representation, "kursk.958/pol.3.5.2"),
        ("murmansk", loads, None),
        ("chelyabinsk", representation, None),
    ],
)
async def test_an_official_of_a_body_does_not_read_the_load(
    open_test_region: OpenRegion, code: str, report: Callable[..., Awaitable[Any]], ref: str | None
) -> None:
    region = await open_test_region(code)
    actor = actor_with(region, "operator")
    found = await refused(region, actor, lambda work: report(work, FEBRUARY))
    assert found == (RefusalCode.FORBIDDEN, ref)
