"""What the official complained of answered before he was named, and where the case then goes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from core.appeals import answers, handover
from core.appeals.delivery.reports import confirm
from core.appeals.notices.model import Notice
from core.appeals.notices.states import NoticeState
from core.appeals.satisfaction.judging import judge
from core.kernel.access import system
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


async def in_state(desk: Desk, state: NoticeState) -> list[int]:
    """The notices of this state, by their ids."""
    async with desk.region.database.reading() as session:
        rows = await session.scalars(select(Notice.id).where(Notice.state == state))
        return list(rows)
