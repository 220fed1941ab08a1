"""What the official complained of answered before he was named, and where the case then goes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from core.appeals import answers, handover
from core.appeals.complaints import name_body
from core.appeals.delivery.reports import confirm
from core.appeals.notices.model import Notice
from core.appeals.notices.states import NoticeState
from core.appeals.satisfaction.judging import judge
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from tests.core.appeals.conftest import EXPLAINED, Desk
from tests.core.appeals.dispatch_steps import ELECTRONIC, PORTAL, QUALIFIED
from tests.core.appeals.test_impartiality import name
from tests.core.appeals.test_satisfaction import BAD, give, link


@pytest.mark.clause("fz59/8.6")
async def test_what_he_signed_waits_for_its_channel_no_more_once_he_is_named(desk: Desk) -> None:
    taken = await desk.take(**PORTAL)
    await desk.accept(taken.appeal_id)
    by_channel = replace(EXPLAINED, signature=QUALIFIED, dispatch=ELECTRONIC)
    async with desk.work(desk.official) as work:
        await answers.answer(work, taken.appeal_id, by_channel)
    waits = await in_state(desk, NoticeState.WRITTEN)
    assert len(waits) == 1
    await name(desk, taken.appeal_id, desk.curator)
    assert await in_state(desk, NoticeState.WRITTEN) == waits
    await name(desk, taken.appeal_id, desk.official)
    assert await in_state(desk, NoticeState.RECALLED) == waits
    row = (await desk.ledger(taken.appeal_id))[-1]
    assert (row.fact, row.clause) == ("recalled", "fz59/8.6")
    async with desk.work(system()) as work:
        await confirm(work, waits)
    appeal = await desk.appeal(taken.appeal_id)
    assert (appeal.state, appeal.answered_at) == ("in_work", None)
    assert await in_state(desk, NoticeState.RECALLED) == waits


@pytest.mark.clause("fz59/8.6")
async def test_reopened_it_does_not_come_back_to_him_who_is_alone(desk: Desk) -> None:
    taken = await desk.take(addressee="agency")
    async with desk.work(desk.stranger) as work:
        await handover.accept(work, taken.appeal_id)
        await answers.answer(work, taken.appeal_id, EXPLAINED)
        await answers.close(work, taken.appeal_id)
    await give(desk, await link(desk), BAD)
    await name(desk, taken.appeal_id, desk.stranger)
    async with desk.work(desk.curator) as work:
        await judge(work, 1, upheld=True, verdict="не по существу")
    appeal = await desk.appeal(taken.appeal_id)
    assert (appeal.state, appeal.body_id) == ("queued", None)


@pytest.mark.clause("fz59/8.6", "fz59/5.4")
@pytest.mark.parametrize("about", ["official", "body"])
async def test_no_verdict_confirms_what_it_complains_of_answered(desk: Desk, about: str) -> None:
    """Named while the dispute runs: until the verdict nobody considers it, and then others do."""
    appeal_id = await desk.closed()
    await give(desk, await link(desk), BAD)
    if about == "official":
        await name(desk, appeal_id, desk.official)
    else:
        async with desk.work(desk.coordinator) as work:
            await name_body(work, appeal_id, "ministry", "жалоба на него")
    assert (await desk.appeal(appeal_id)).state == "disputed"
    with pytest.raises(Refusal) as caught:
        async with desk.work(desk.curator) as work:
            await judge(work, 1, upheld=False, verdict="ответ верен")
    assert (caught.value.code, caught.value.clause and caught.value.clause.ref) == (
        f"{about.upper()}_COMPLAINED_OF", "fz59/8.6",
    )  # fmt: skip
    async with desk.work(desk.curator) as work:
        await judge(work, 1, upheld=True, verdict="рассматривал обжалуемый")
    appeal = await desk.appeal(appeal_id)
    held = await desk.body_id("ministry") if about == "official" else None
    assert (appeal.state, appeal.body_id) == ("queued" if held is None else "in_work", held)


@pytest.mark.clause("fz59/8.6", "fz59/5.4")
async def test_nobody_of_the_body_complained_of_judges_the_dispute(desk: Desk) -> None:
    appeal_id = (await desk.take(complained_body="agency")).appeal_id
    await desk.accept(appeal_id)
    async with desk.work(desk.official) as work:
        await answers.answer(work, appeal_id, EXPLAINED)
        await answers.close(work, appeal_id)
    await give(desk, await link(desk), BAD)
    both = replace(desk.curator, grants=(*desk.curator.grants, *desk.stranger.grants))
    with pytest.raises(Refusal) as caught:
        async with desk.work(both) as work:
            await judge(work, 1, upheld=False, verdict="ответ верен")
    assert caught.value.code is RefusalCode.BODY_COMPLAINED_OF
    async with desk.work(desk.curator) as work:
        await judge(work, 1, upheld=False, verdict="ответ верен")
    assert (await desk.appeal(appeal_id)).state == "closed"


async def in_state(desk: Desk, state: NoticeState) -> list[int]:
    """The notices of this state, by their ids."""
    async with desk.region.database.reading() as session:
        rows = await session.scalars(select(Notice.id).where(Notice.state == state))
        return list(rows)
