"""Moving a case: acceptance, return, transfer, the limit, and who held it how long."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from core.appeals import handover
from core.appeals.ledger import pure
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.notices.model import Notice
from core.appeals.rules.ledger import holdings
from core.directory.model import Body
from core.kernel.access import Actor
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.work import Work
from tests.core.appeals.conftest import Desk

FORWARDED = """Министерство полигона
Исх. № ПЛ-2026-000001/1 от 04.03.2026

Ваше обращение, зарегистрированное 02.03.2026 за № ПЛ-2026-000001, 04.03.2026 направлено в орган: \
Агентство, в компетенцию которого входит решение поставленных вопросов (часть 3 статьи 8, \
пункт 5 части 1 статьи 10 Федерального закона от 02.05.2006 № 59-ФЗ «О порядке рассмотрения \
обращений граждан Российской Федерации»).

Срок рассмотрения составляет 30 дней со дня регистрации обращения в указанном органе; \
ответ Вам даст этот орган.

Руководитель органа, Проверочный chief"""
ALL = (Appeal, LedgerEntry, JournalEntry, Notice)
Step = Callable[[Work, int], Awaitable[object]]


async def refused(desk: Desk, actor: Actor, step: Step, appeal_id: int) -> Refusal:
    """The refusal of a step, once it is sure that nothing was written."""
    before, version = await desk.rows(*ALL), (await desk.appeal(appeal_id)).version
    with pytest.raises(Refusal) as caught:
        async with desk.work(actor) as work:
            await step(work, appeal_id)
    assert await desk.rows(*ALL) == before
    assert (await desk.appeal(appeal_id)).version == version
    return caught.value


@pytest.mark.clause("ru.1844/2.delivery-system")
async def test_the_body_accepts_and_its_official_becomes_the_executor(desk: Desk) -> None:
    taken = await desk.take()
    await desk.accept(taken.appeal_id)
    assert (await desk.appeal(taken.appeal_id)).state == "in_work"
    accepted = (await desk.ledger(taken.appeal_id))[-1]
    assert (accepted.fact, accepted.actor) == ("accepted", "official")


@pytest.mark.clause("fz59/8.3")
async def test_a_transfer_keeps_the_deadline_and_tells_the_applicant(desk: Desk) -> None:
    taken = await desk.take()
    due_at = (await desk.appeal(taken.appeal_id)).due_at
    desk.clock.forward(days=2, hours=5)
    async with desk.work(desk.chief) as work:
        await handover.transfer(work, taken.appeal_id, "agency", "дорога на балансе агентства")
    appeal = await desk.appeal(taken.appeal_id)
    assert (appeal.state, appeal.due_at, appeal.transfers) == ("assigned", due_at, 1)
    assert appeal.body_id == await desk.body_id("agency")
    async with desk.region.database.reading() as session:
        notice = (await session.scalars(select(Notice))).one()
    assert (notice.kind, notice.text) == ("forwarded", FORWARDED)


async def test_time_of_the_holders_sums_to_the_time_elapsed(desk: Desk) -> None:
    taken = await desk.take()
    desk.clock.forward(hours=7)
    async with desk.work(desk.chief) as work:
        await handover.transfer(work, taken.appeal_id, "agency", "не наше")
    desk.clock.forward(hours=30)
    async with desk.work(desk.stranger) as work:
        await handover.return_case(work, taken.appeal_id, "и не наше")
    desk.clock.forward(minutes=11)
    stretches = holdings(pure(await desk.ledger(taken.appeal_id)))
    lengths = {s.body: s.length(desk.now()) for s in stretches[1:3]}
    assert lengths == {"ministry": timedelta(hours=7), "agency": timedelta(hours=30)}
    total = sum((s.length(desk.now()) for s in stretches), timedelta())
    assert total == timedelta(hours=37, minutes=11)


async def test_a_returned_case_goes_back_to_whoever_sent_it(desk: Desk) -> None:
    taken = await desk.take()
    async with desk.work(desk.official) as work:
        await handover.return_case(work, taken.appeal_id, "не наша дорога")
    appeal = await desk.appeal(taken.appeal_id)
    assert (appeal.state, appeal.body_id) == ("queued", None)
    async with desk.work(desk.coordinator) as work:
        await handover.route(work, taken.appeal_id, "agency", "по балансу")
    appeal = await desk.appeal(taken.appeal_id)
    assert (appeal.state, appeal.body_id) == ("assigned", await desk.body_id("agency"))


async def test_bodies_that_play_ping_pong_lose_the_case_to_the_coordinator(desk: Desk) -> None:
    taken = await desk.take()
    for turn in range(3):
        actor, to = ((desk.chief, "agency"), (desk.curator, "ministry"))[turn % 2]
        async with desk.work(actor) as work:
            await handover.transfer(work, taken.appeal_id, to, f"передача {turn}")
    async with desk.work(desk.curator) as work:
        await handover.transfer(work, taken.appeal_id, "ministry", "ещё раз")
    appeal = await desk.appeal(taken.appeal_id)
    assert (appeal.state, appeal.body_id, appeal.transfers) == ("queued", None, 3)
    last = (await desk.ledger(taken.appeal_id))[-1]
    assert (last.fact, last.clause) == ("queued", "tsur.practice/transfer")


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("nowhere", RefusalCode.UNKNOWN_BODY),
        ("closed", RefusalCode.BODY_CLOSED),
        ("ministry", RefusalCode.INVALID),
    ],
)
async def test_a_transfer_to_nobody_is_refused(desk: Desk, to: str, code: RefusalCode) -> None:
    taken = await desk.take()
    async with desk.work(desk.curator) as work:
        closed = date(2026, 3, 2)
        work.session.add(Body(key="closed", name="Закрытое", kind="executive", closed=closed))
    refusal = await refused(
        desk, desk.curator, lambda w, i: handover.transfer(w, i, to, "так надо"), taken.appeal_id
    )
    assert refusal.code is code


@pytest.mark.clause("fz59/8.6")
async def test_a_complaint_is_never_passed_to_whom_it_is_about(desk: Desk) -> None:
    taken = await desk.take(addressee="agency", complained_body="ministry")
    for barred in ("ministry", "office"):
        refusal = await refused(
            desk,
            desk.curator,
            lambda w, i, to=barred: handover.transfer(w, i, to, "разберитесь"),  # type: ignore[misc]
            taken.appeal_id,
        )
        assert refusal.code is RefusalCode.BODY_COMPLAINED_OF
        assert refusal.clause is not None
        assert refusal.clause.ref == "fz59/8.6"


async def test_the_second_official_is_told(desk: Desk) -> None:
    taken = await desk.take()
    seen = (await desk.appeal(taken.appeal_id)).version
    await desk.accept(taken.appeal_id)
    refusal = await refused(
        desk,
        desk.chief,
        lambda w, i: handover.transfer(w, i, "agency", "не наше", expected_version=seen),
        taken.appeal_id,
    )
    assert refusal.code is RefusalCode.STALE


@pytest.mark.parametrize(
    ("who", "code"),
    [("stranger", RefusalCode.NOT_FOUND), ("coordinator", RefusalCode.FORBIDDEN)],
)
async def test_what_lies_outside_the_scope_does_not_exist(
    desk: Desk, who: str, code: RefusalCode
) -> None:
    taken = await desk.take()
    actor: Actor = getattr(desk, who)
    assert (await refused(desk, actor, handover.accept, taken.appeal_id)).code is code


@pytest.mark.parametrize("reason", ["", "  ", "я" * 4001])
async def test_a_step_needs_its_reason(desk: Desk, reason: str) -> None:
    taken = await desk.take()
    refusal = await refused(
        desk, desk.official, lambda w, i: handover.return_case(w, i, reason), taken.appeal_id
    )
    expected = RefusalCode.TEXT_TOO_LONG if reason.strip() else RefusalCode.REASON_REQUIRED
    assert refusal.code is expected


async def test_a_step_out_of_turn_is_refused_with_its_clause(desk: Desk) -> None:
    taken = await desk.take()
    await desk.accept(taken.appeal_id)
    refusal = await refused(desk, desk.official, handover.accept, taken.appeal_id)
    assert (refusal.code, refusal.clause and refusal.clause.ref) == (
        RefusalCode.WRONG_STATE,
        "tsur.practice/lifecycle.accept",
    )
