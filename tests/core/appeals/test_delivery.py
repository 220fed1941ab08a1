"""An answer on its way: what stops the clock, what a return and an error of the sender mean."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.appeals import answers
from core.appeals.delivery.dispatches import NewDispatch, send
from core.appeals.delivery.model import Dispatch
from core.appeals.delivery.outcomes import deliver, resend, undeliver, unsend
from core.appeals.delivery.reports import confirm
from core.appeals.handover import accept, transfer
from core.appeals.model import Answer
from core.appeals.notices.model import Notice
from core.appeals.rules.signatures import Way
from core.appeals.words import word_of
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.work import Work
from core.shapes.deadlines.rules.standing import Standing
from tests.core.appeals.conftest import Desk
from tests.core.appeals.dispatch_steps import (
    DRAFT,
    ELECTRONIC,
    PORTAL,
    QUALIFIED,
    at,
    done,
    governing,
    listed,
    posted,
    proved,
    rows_of,
    signed,
)
from tests.core.appeals.papers import STATUTE, letter
from tests.core.appeals.test_handover import refused
from tests.fixtures.answers import POSTED


@pytest.mark.clause("fz59/10.4", "tsur.practice/lifecycle.deliver")
@pytest.mark.parametrize(
    ("new", "code"),
    [
        (replace(POSTED, number=" "), RefusalCode.PROOF_REQUIRED),
        (NewDispatch(Way.IN_PERSON), RefusalCode.PROOF_REQUIRED),
        (replace(POSTED, address="Мурманск, Иная, 1"), RefusalCode.WRONG_ADDRESS),
        (replace(POSTED, at=at(2, 6, 59)), RefusalCode.DATE_OUT_OF_RANGE),
        (replace(POSTED, at=at(2, 9, 31)), RefusalCode.DATE_OUT_OF_RANGE),
        (replace(POSTED, at=at(1, 9, 0)), RefusalCode.DATE_OUT_OF_RANGE),
    ],
)  # fmt: skip
async def test_sending_has_its_proof_its_address_and_its_day(
    desk: Desk, new: NewDispatch, code: RefusalCode
) -> None:
    desk.clock.moment = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
    appeal_id = await signed(desk)
    desk.clock.forward(hours=2, minutes=30)
    refusal = await refused(desk, desk.official, lambda w, i: send(w, i, new), appeal_id)
    assert refusal.code is code


@pytest.mark.clause("fz59/10.4", "ru.1844/2.accelerated-resolution.deadline")
async def test_the_post_register_dates_the_sending_back_within_its_day(desk: Desk) -> None:
    desk.clock.moment = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
    appeal_id = await signed(desk)
    desk.clock.forward(hours=3)
    moment = at(2, 8, 15)
    posted_then = replace(POSTED, at=moment)
    await done(desk, desk.official, lambda w, i: send(w, i, posted_then), appeal_id)
    appeal, row = await desk.appeal(appeal_id), (await desk.ledger(appeal_id))[-1]
    assert (appeal.state, appeal.outcome, appeal.answered_at) == ("answered", "explained", moment)
    assert (row.fact, row.at, row.recorded_at) == ("answered", moment, desk.now())
    assert row.data["way"] == "post"
    assert word_of(desk.region.sealing.vault, row.data, "proven_by") == "реестр № 1"
    await proved(desk)


async def test_another_address_has_its_ground_and_stays_sealed(desk: Desk) -> None:
    appeal_id = await signed(desk)
    new = replace(POSTED, address="Мурманск, Иная, 1", address_ground="заявление от 01.03.2026 № 7")
    await done(desk, desk.official, lambda w, i: send(w, i, new), appeal_id)
    (row,) = await rows_of(desk, Dispatch)
    assert isinstance(row, Dispatch)
    assert row.sealed_address is not None
    assert "Иная".encode() not in row.sealed_address
    assert row.address_ground == "заявление от 01.03.2026 № 7"


async def test_the_address_of_the_appeal_needs_no_ground(desk: Desk) -> None:
    appeal_id = await signed(desk)
    new = replace(POSTED, address="Anna@example.org")
    await done(desk, desk.official, lambda w, i: send(w, i, new), appeal_id)
    (row,) = await rows_of(desk, Dispatch)
    assert isinstance(row, Dispatch)
    assert (row.sealed_address, row.address_ground) == (None, None)


@pytest.mark.clause("tsur.practice/lifecycle.deliver")
async def test_an_electronic_answer_is_sent_when_the_channel_says_so(desk: Desk) -> None:
    appeal_id = await signed(desk, QUALIFIED, **PORTAL)
    await done(desk, desk.official, lambda w, i: send(w, i, ELECTRONIC), appeal_id)
    assert (await desk.appeal(appeal_id)).state == "in_work"
    assert (await desk.facts(appeal_id))[-1] == "signed"
    desk.clock.forward(hours=5)
    async with desk.work(system()) as work:
        await confirm(work, [1])
    appeal = await desk.appeal(appeal_id)
    assert (appeal.state, appeal.answered_at) == ("answered", desk.now())
    row = (await desk.ledger(appeal_id))[-1]
    vault = desk.region.sealing.vault
    assert word_of(vault, row.data, "proven_by") == "уведомление 1"
    async with desk.work(system()) as work:
        await confirm(work, [1])
    assert (await desk.facts(appeal_id)).count("answered") == 1
    await proved(desk)


@pytest.mark.clause("fz59/10.4")
async def test_the_letter_is_whole(desk: Desk) -> None:
    appeal_id = await posted(desk)
    (notice,) = await rows_of(desk, Notice)
    assert isinstance(notice, Notice)
    number = (await desk.appeal(appeal_id)).number
    assert notice.sent_at == desk.now()
    assert notice.text == letter(
        f"По результатам рассмотрения Вашего обращения от 02.03.2026 № {number} сообщаем: "
        + DRAFT.text,
        "В случае несогласия Вы вправе обжаловать принятое решение в административном и (или)"
        f" судебном порядке (пункт 4 статьи 5 {STATUTE}).",
    )


@pytest.mark.clause("tsur.practice/lifecycle.deliver")
async def test_a_return_does_not_undo_the_sending_and_is_sent_again(desk: Desk) -> None:
    appeal_id = await posted(desk)
    sent_at = desk.now()
    desk.clock.forward(days=40)
    await done(desk, desk.official, lambda w, i: undeliver(w, i, "адресат выбыл"), appeal_id)
    appeal = await desk.appeal(appeal_id)
    assert (appeal.state, appeal.undelivered, appeal.answered_at) == ("answered", True, sent_at)
    assert (await governing(desk, appeal_id)).standing(desk.now()) is Standing.MET
    assert await listed(desk, undelivered=True) == [appeal_id]
    await proved(desk)
    await done(desk, desk.official, lambda w, i: resend(w, i, POSTED), appeal_id)
    appeal = await desk.appeal(appeal_id)
    assert (appeal.undelivered, appeal.answered_at) == (False, sent_at)
    assert await listed(desk, undelivered=True) == []
    await done(desk, desk.official, lambda w, i: deliver(w, i, "уведомление № 9"), appeal_id)
    facts = await desk.facts(appeal_id)
    assert facts[-4:] == ["answered", "undelivered", "resent", "delivered"]
    assert (await governing(desk, appeal_id)).stopped_at == sent_at
    await proved(desk)


@pytest.mark.clause("tsur.practice/lifecycle.unsend")
async def test_the_senders_own_error_is_no_sending(desk: Desk) -> None:
    appeal_id = await posted(desk)
    before = await governing(desk, appeal_id)
    await done(desk, desk.official, answers.close, appeal_id)
    desk.clock.forward(days=2)
    await done(desk, desk.official, lambda w, i: unsend(w, i, "не тот адрес"), appeal_id)
    appeal, due = await desk.appeal(appeal_id), await governing(desk, appeal_id)
    state = (appeal.state, appeal.outcome, appeal.answered_at, appeal.closed_at)
    assert state == ("in_work", None, None, None)
    assert (due.due_at, due.stopped_at) == (before.due_at, None)
    await proved(desk)
    desk.clock.forward(days=60)
    await done(desk, desk.official, lambda w, i: send(w, i, POSTED), appeal_id)
    appeal, due = await desk.appeal(appeal_id), await governing(desk, appeal_id)
    assert (appeal.state, appeal.answered_at) == ("answered", desk.now())
    assert due.standing(desk.now()) is Standing.BREACHED
    assert [row.late for row in await rows_of(desk, Answer) if isinstance(row, Answer)] == [True]
    await proved(desk)


@pytest.mark.parametrize("step", [deliver, undeliver, unsend])
async def test_the_fate_of_what_is_not_on_its_way_is_no_fact(
    desk: Desk, step: Callable[[Work, int, str], Awaitable[object]]
) -> None:
    appeal_id = await posted(desk)
    await done(desk, desk.official, lambda w, i: deliver(w, i, "расписка"), appeal_id)
    refusal = await refused(desk, desk.official, lambda w, i: step(w, i, "ещё раз"), appeal_id)
    assert refusal.code is RefusalCode.WRONG_STATE
    refusal = await refused(desk, desk.official, lambda w, i: resend(w, i, POSTED), appeal_id)
    assert refusal.code is RefusalCode.WRONG_STATE


async def test_another_body_does_not_send_the_draft_of_the_former_holder(desk: Desk) -> None:
    appeal_id = await signed(desk)
    await done(desk, desk.chief, lambda w, i: transfer(w, i, "agency", "не наше"), appeal_id)
    await done(desk, desk.stranger, accept, appeal_id)
    refusal = await refused(desk, desk.stranger, lambda w, i: send(w, i, POSTED), appeal_id)
    assert refusal.code is RefusalCode.NO_DRAFT
