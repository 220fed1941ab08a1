"""A body that is named as complained of after the intake, or comes under such a one later."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from core.appeals import answers, handover
from core.appeals.complaints import name_body
from core.appeals.conclusion.service import leave_unanswered
from core.appeals.executors import name_executor
from core.appeals.notices.states import NoticeState
from core.appeals.prolongation import prolong
from core.appeals.rules.grounds import Proof
from core.appeals.rules.lifecycle import Outcome
from core.appeals.satisfaction.judging import judge
from core.directory.model import Appointment, Body
from core.kernel.access import Actor, system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.work import Work
from tests.core.appeals.conftest import EXPLAINED, Desk
from tests.core.appeals.dispatch_steps import ELECTRONIC, PORTAL, QUALIFIED
from tests.core.appeals.test_complained_answers import in_state
from tests.core.appeals.test_satisfaction import BAD, give, link
from tests.fixtures.actors import appoint

pytestmark = pytest.mark.clause("fz59/8.6")

Step = Callable[[Work, int], Awaitable[object]]
CONSIDERED: dict[str, Step] = {
    "answer": lambda w, i: answers.answer(w, i, EXPLAINED),
    "prolong": lambda w, i: prolong(w, i, w.today + timedelta(days=40), "экспертиза"),
    "conclude": lambda w, i: leave_unanswered(w, i, Outcome.UNCLEAR, Proof(findings="нет сути")),
    "entrust": lambda w, i: name_executor(w, i, w.actor.person_id or 0),
}


async def named(desk: Desk, actor: Actor, appeal_id: int, body: str) -> None:
    async with desk.work(actor) as work:
        await name_body(work, appeal_id, body, "жалоба на него")


async def refused(desk: Desk, actor: Actor, appeal_id: int, step: Step) -> Refusal:
    """What the step is refused with; nothing has changed."""
    before = await desk.ledger(appeal_id)
    with pytest.raises(Refusal) as caught:
        async with desk.work(actor) as work:
            await step(work, appeal_id)
    assert [row.seq for row in await desk.ledger(appeal_id)] == [row.seq for row in before]
    return caught.value


async def test_a_body_that_is_named_later_has_the_complaint_no_more(desk: Desk) -> None:
    appeal_id = (await desk.take()).appeal_id
    await desk.accept(appeal_id)
    await named(desk, desk.coordinator, appeal_id, "ministry")
    appeal, rows = await desk.appeal(appeal_id), await desk.ledger(appeal_id)
    assert (appeal.state, appeal.body_id) == ("queued", None)
    assert appeal.complained_body_id == await desk.body_id("ministry")
    assert [(row.fact, row.body, row.clause) for row in rows[-2:]] == [
        ("complained", "ministry", "fz59/8.6"), ("queued", None, "fz59/8.6"),
    ]  # fmt: skip
    assert appeal.due_at is not None
    back = await refused(
        desk, desk.coordinator, appeal_id, lambda w, i: handover.route(w, i, "ministry", "по теме")
    )
    assert (back.code, back.clause and back.clause.ref) == (
        RefusalCode.BODY_COMPLAINED_OF, "fz59/8.6",
    )  # fmt: skip
    async with desk.work(desk.coordinator) as work:
        await handover.route(work, appeal_id, "agency", "по теме")
    async with desk.work(desk.stranger) as work:
        await handover.accept(work, appeal_id)
    assert (await desk.appeal(appeal_id)).state == "in_work"


async def test_what_the_named_body_signed_leaves_it_no_more(desk: Desk) -> None:
    appeal_id = (await desk.take(**PORTAL)).appeal_id
    await desk.accept(appeal_id)
    by_channel = replace(EXPLAINED, signature=QUALIFIED, dispatch=ELECTRONIC)
    async with desk.work(desk.official) as work:
        await answers.answer(work, appeal_id, by_channel)
    waits = await in_state(desk, NoticeState.WRITTEN)
    await named(desk, desk.coordinator, appeal_id, "agency")
    assert await in_state(desk, NoticeState.WRITTEN) == waits
    await named(desk, desk.coordinator, appeal_id, "ministry")
    assert await in_state(desk, NoticeState.RECALLED) == waits
    appeal = await desk.appeal(appeal_id)
    assert (appeal.state, appeal.body_id, appeal.answered_at) == ("queued", None, None)


async def test_whoever_else_has_it_goes_on(desk: Desk) -> None:
    appeal_id = (await desk.take()).appeal_id
    await desk.accept(appeal_id)
    await named(desk, desk.coordinator, appeal_id, "agency")
    async with desk.work(desk.official) as work:
        await answers.answer(work, appeal_id, EXPLAINED)
    assert (await desk.appeal(appeal_id)).state == "answered"


@pytest.mark.parametrize(
    ("who", "body", "code"),
    [
        ("coordinator", "agency", RefusalCode.INVALID),
        ("coordinator", "nobody", RefusalCode.UNKNOWN_BODY),
        ("official", "ministry", RefusalCode.FORBIDDEN),
    ],
)
async def test_who_cannot_be_named(desk: Desk, who: str, body: str, code: RefusalCode) -> None:
    appeal_id = (await desk.take(complained_body="agency")).appeal_id
    actor = getattr(desk, who)
    told = await refused(desk, actor, appeal_id, lambda w, i: name_body(w, i, body, "на него"))
    assert told.code is code


async def responsible(desk: Desk, body: str) -> Actor:
    """Responsible for the block of roads: an office of the centre, of who works in this body."""
    async with desk.work(system()) as work:
        number = await desk.body_id(body)
        return await appoint(
            work, "block-responsible", blocks=["roads"], body_id=number, subject=f"of-{body}"
        )


@pytest.mark.parametrize("step", ["prolong", "conclude"])
async def test_nobody_of_it_decides_by_an_office_of_the_centre(desk: Desk, step: str) -> None:
    """It is the deputy head of the body complained of who is responsible for its block."""
    appeal_id = (await desk.take(addressee="agency", complained_body="ministry")).appeal_id
    async with desk.work(desk.stranger) as work:
        await handover.accept(work, appeal_id)
    told = await refused(desk, await responsible(desk, "ministry"), appeal_id, CONSIDERED[step])
    assert told.code is RefusalCode.BODY_COMPLAINED_OF
    async with desk.work(await responsible(desk, "agency")) as work:
        await CONSIDERED[step](work, appeal_id)


async def test_who_works_in_it_too_is_not_named_executor(desk: Desk) -> None:
    appeal_id = (await desk.take(complained_body="agency")).appeal_id
    person = desk.official.person_id or 0
    async with desk.work(system()) as work:
        (own,) = await work.session.scalars(
            select(Appointment).where(Appointment.person_id == person)
        )
        row = {"role": own.role, "ground": own.ground, "since": own.since, "person_id": person}
        agency = await desk.body_id("agency")
        work.session.add(Appointment(body_id=agency, blocks=[], municipalities=[], **row))
    told = await refused(desk, desk.chief, appeal_id, lambda w, i: name_executor(w, i, person))
    assert told.code is RefusalCode.BODY_COMPLAINED_OF


async def test_whose_own_body_answered_does_not_judge_for_the_centre(desk: Desk) -> None:
    """R46: whoever is responsible for the block is of the executor's line; one over it is not."""
    async with desk.work(system()) as work:
        over = Body(key="board", name="Комитет", kind="executive")
        work.session.add(over)
        await work.session.flush()
        query = update(Body).where(Body.key == "ministry").values(parent_id=over.id)
        await work.session.execute(query)
    appeal_id = await desk.closed()
    await give(desk, await link(desk), BAD)
    told = await refused(
        desk,
        await responsible(desk, "ministry"),
        appeal_id,
        lambda w, _: judge(w, 1, upheld=False, verdict="всё верно"),
    )
    assert told.code is RefusalCode.JUDGE_NOT_INDEPENDENT
    async with desk.work(await responsible(desk, "board")) as work:
        await judge(work, 1, upheld=False, verdict="проверено на месте")
    assert (await desk.appeal(appeal_id)).state == "closed"


@pytest.mark.parametrize("step", CONSIDERED)
async def test_a_body_that_came_under_it_considers_nothing_more(desk: Desk, step: str) -> None:
    """It has the complaint in work already, and can only give it on."""
    appeal_id = (await desk.take(complained_body="agency")).appeal_id
    await desk.accept(appeal_id)
    async with desk.work(system()) as work:
        agency = await desk.body_id("agency")
        work.session.add(Body(key="board", name="Комитет", kind="executive"))
        await work.session.execute(
            update(Body).where(Body.key == "ministry").values(parent_id=agency)
        )
    told = await refused(desk, desk.chief, appeal_id, CONSIDERED[step])
    assert told.code is RefusalCode.BODY_COMPLAINED_OF
    async with desk.work(desk.chief) as work:
        await handover.transfer(work, appeal_id, "board", "мы теперь подчинены ему")
    assert (await desk.appeal(appeal_id)).body_id == await desk.body_id("board")
