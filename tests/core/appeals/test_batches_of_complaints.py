"""A step with many cases passes over each that complains of whom it would go to (8 ч. 6)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select

from core.appeals.batches.model import Batch, BatchRow
from core.appeals.batches.service import choices_of, prepare, start
from core.appeals.batches.steps import Deed, Given
from core.appeals.complaints import name_body, name_official
from core.appeals.model import Appeal
from core.kernel.access import Actor, system
from core.kernel.work import Work
from core.worker.runs import run_job
from tests.core.appeals.conftest import Desk
from tests.core.appeals.test_batches import queued
from tests.fixtures.actors import appoint

Named = Callable[[Work, int, Desk], Awaitable[object]]
DONE = ("done", None, None)
BODY, OFFICIAL = (
    ("refused", code, "fz59/8.6") for code in ("BODY_COMPLAINED_OF", "OFFICIAL_COMPLAINED_OF")
)


async def begun(desk: Desk, actor: Actor, deed: Deed, ids: list[int]) -> int:
    async with desk.work(actor) as work:
        return (await prepare(work, deed, select(Appeal).where(Appeal.id.in_(ids)))).id


async def ended(desk: Desk, actor: Actor, batch: int, given: Given) -> list[tuple[object, ...]]:
    """How each case ended: its state, and the code of the refusal with its clause."""
    async with desk.work(actor) as work:
        await start(work, batch, given)
    await run_job(desk.region, await queued(desk.region))
    async with desk.region.database.reading() as session:
        query = select(BatchRow).where(BatchRow.batch_id == batch).order_by(BatchRow.appeal_id)
        return [(row.state, row.code, row.clause) for row in await session.scalars(query)]


@pytest.mark.parametrize(
    ("deed", "addressee", "given"),
    [
        (Deed.ROUTE, None, Given("ministry", reason="тема")),
        (Deed.TRANSFER, "ministry", Given("agency", reason="чужое")),
    ],
)
@pytest.mark.clause("fz59/8.6")
async def test_no_complaint_goes_with_others_to_the_body_complained_of(
    desk: Desk, deed: Deed, addressee: str | None, given: Given
) -> None:
    async with desk.work(system()) as work:
        sorter = await appoint(work, "coordinator", subject="sorter")
    theme, actor = ("roads", desk.chief) if addressee else (None, sorter)
    ids = [
        (
            await desk.take(
                external_id=str(about), addressee=addressee, theme=theme, complained_body=about
            )
        ).appeal_id
        for about in (None, given.body)
    ]
    before = await desk.facts(ids[1])
    batch = await begun(desk, actor, deed, ids)
    assert await ended(desk, actor, batch, given) == [DONE, BODY]
    assert await desk.facts(ids[1]) == before


@pytest.mark.clause("fz59/8.6")
async def test_what_no_case_takes_is_not_offered_and_what_one_takes_is(desk: Desk) -> None:
    async with desk.work(system()) as work:
        sorter = await appoint(work, "coordinator", subject="sorter")
    ids = [
        (
            await desk.take(
                external_id=str(about), addressee=None, theme=None, complained_body=about
            )
        ).appeal_id
        for about in (None, "ministry")
    ]
    both, complaint = [await begun(desk, sorter, Deed.ROUTE, found) for found in (ids, ids[1:])]
    told = {}
    for number in (both, complaint):
        async with desk.region.reading(sorter) as work:
            said = await choices_of(work, await work.session.get_one(Batch, number))
            told[number] = {one.value for one in said["body"]}
    assert told[both] - told[complaint] == {"ministry", "office"}
    assert "agency" in told[complaint]
    assert await ended(desk, sorter, both, Given("agency", reason="тема")) == [DONE, DONE]
    async with desk.region.reading(sorter) as work:
        assert await choices_of(work, await work.session.get_one(Batch, both)) == {}


@pytest.mark.clause("fz59/8.6")
async def test_the_official_complained_of_is_named_executor_of_no_complaint(desk: Desk) -> None:
    ids = [(await desk.take(external_id=name)).appeal_id for name in "аб"]
    for appeal_id in ids:
        await desk.accept(appeal_id)
    person = desk.official.person_id
    assert person is not None
    async with desk.work(desk.coordinator) as work:
        await name_official(work, ids[1], person, "жалоба на него")
    batch = await begun(desk, desk.chief, Deed.ENTRUST, ids)
    assert await ended(desk, desk.chief, batch, Given(person=person)) == [DONE, OFFICIAL]


async def _official(work: Work, appeal_id: int, desk: Desk) -> object:
    assert desk.official.person_id is not None
    return await name_official(work, appeal_id, desk.official.person_id, "жалоба на него")


async def _body(work: Work, appeal_id: int, desk: Desk) -> object:
    return await name_body(work, appeal_id, "ministry", "жалоба на него")


@pytest.mark.parametrize("name", [_official, _body])
@pytest.mark.parametrize("deed", [Deed.ACCEPT, Deed.RETURN])
@pytest.mark.clause("fz59/8.6")
async def test_who_is_named_after_the_list_was_made_takes_no_step(
    desk: Desk, deed: Deed, name: Named
) -> None:
    """The list was judged before: each case is judged again in its own turn."""
    ids = [(await desk.take(external_id=key)).appeal_id for key in "аб"]
    batch = await begun(desk, desk.official, deed, ids)
    async with desk.work(desk.coordinator) as work:
        await name(work, ids[1], desk)
    before = await desk.facts(ids[1])
    first, second = await ended(desk, desk.official, batch, Given(reason="чужое"))
    assert first == DONE
    assert second[0] == "refused"
    assert await desk.facts(ids[1]) == before
