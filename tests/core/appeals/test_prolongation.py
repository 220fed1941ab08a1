"""Prolongation by 59-ФЗ, 12 ч. 2: the vectors of the article, one row each."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from core.appeals.handover import accept
from core.appeals.model import Appeal
from core.appeals.prolongation import prolong
from core.kernel.access import Actor
from core.kernel.codes import RefusalCode
from core.kernel.work import Work
from tests.core.appeals.conftest import Desk
from tests.core.appeals.test_handover import refused

DUE = date(2026, 4, 1)
NOTICE = "Срок ответа продлён: нужна экспертиза."


async def put_off(work: Work, appeal_id: int, days: int = 10, notice: str = NOTICE) -> Appeal:
    return await prolong(work, appeal_id, DUE + timedelta(days=days), "экспертиза", notice)


async def in_work(desk: Desk) -> int:
    taken = await desk.take()
    await desk.accept(taken.appeal_id)
    return taken.appeal_id


@pytest.mark.clause("fz59/12.2", "ru.1844/2.accelerated-resolution.deadline")
async def test_thirty_days_are_the_most_and_stay_visible(desk: Desk) -> None:
    appeal_id = await in_work(desk)
    async with desk.work(desk.chief) as work:
        await put_off(work, appeal_id, 30)
    appeal = await desk.appeal(appeal_id)
    assert appeal.due_at == datetime(2026, 5, 1, 18, 59, 59, tzinfo=UTC)
    assert (appeal.due_rule, appeal.prolongations, appeal.prolonged_days) == ("answer", 1, 30)
    assert (await desk.ledger(appeal_id))[-1].data == {"days": 30, "plan_date": "2026-05-01"}


@pytest.mark.clause("fz59/12.2")
@pytest.mark.parametrize(
    ("days", "notice", "who", "later", "code"),
    [
        (31, NOTICE, "chief", 0, RefusalCode.PROLONGATION_TOO_LONG),
        (0, NOTICE, "chief", 0, RefusalCode.INVALID),
        (10, " ", "chief", 0, RefusalCode.NOTICE_REQUIRED),
        (10, NOTICE, "official", 0, RefusalCode.FORBIDDEN),
        (10, NOTICE, "chief", 31, RefusalCode.DEADLINE_PASSED),
    ],
)
async def test_what_the_article_does_not_allow(
    desk: Desk, days: int, notice: str, who: str, later: int, code: RefusalCode
) -> None:
    appeal_id = await in_work(desk)
    desk.clock.forward(days=later)
    actor: Actor = getattr(desk, who)
    refusal = await refused(desk, actor, lambda w, i: put_off(w, i, days, notice), appeal_id)
    assert refusal.code is code


@pytest.mark.clause("fz59/12.2")
async def test_a_second_prolongation_is_refused(desk: Desk) -> None:
    appeal_id = await in_work(desk)
    async with desk.work(desk.chief) as work:
        await put_off(work, appeal_id, 5)
    refusal = await refused(desk, desk.chief, lambda w, i: put_off(w, i, 9), appeal_id)
    assert (refusal.code, refusal.clause and refusal.clause.ref) == (
        RefusalCode.PROLONGED_ALREADY,
        "fz59/12.2",
    )


@pytest.mark.clause("fz59/12.2")
async def test_nobody_prolongs_an_own_case(desk: Desk) -> None:
    taken = await desk.take()
    async with desk.work(desk.chief) as work:
        await accept(work, taken.appeal_id)
    refusal = await refused(desk, desk.chief, put_off, taken.appeal_id)
    assert refusal.code is RefusalCode.APPROVER_TOO_LOW


@pytest.mark.clause("ru.1844/2.region-centre.1.channels")
async def test_a_message_has_no_prolongation(desk: Desk) -> None:
    taken = await desk.take(channel="social-networks", contact=None)
    await desk.accept(taken.appeal_id)
    refusal = await refused(desk, desk.chief, put_off, taken.appeal_id)
    assert refusal.code is RefusalCode.NOT_PROLONGABLE
