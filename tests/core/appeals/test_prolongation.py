"""Prolongation by 59-ФЗ, 12 ч. 2: the vectors of the article, one row each."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from core.appeals.handover import accept
from core.appeals.inquiries import ask
from core.appeals.model import Appeal
from core.appeals.notices.model import Notice
from core.appeals.prolongation import prolong
from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.prolongations import sent_inquiry
from core.kernel.access import Actor, system
from core.kernel.codes import RefusalCode
from core.kernel.work import Work
from tests.core.appeals.conftest import Desk
from tests.core.appeals.papers import STATUTE, letter
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
    assert (await desk.ledger(appeal_id))[-1].data == {
        "days": 30,
        "plan_date": "2026-05-01",
        "ground": "exceptional",
    }


@pytest.mark.clause("fz59/12.2")
@pytest.mark.parametrize(
    ("days", "notice", "who", "later", "code"),
    [
        (31, NOTICE, "chief", 0, RefusalCode.PROLONGATION_TOO_LONG),
        (0, NOTICE, "chief", 0, RefusalCode.INVALID),
        (10, "\x00", "chief", 0, RefusalCode.TEXT_UNREADABLE),
        (10, "я" * 4001, "chief", 0, RefusalCode.TEXT_TOO_LONG),
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


DECIDED = (
    "Решение принято должностным лицом (Руководитель органа Проверочный chief) на основании "
    f"части 2 статьи 12 {STATUTE}."
)
PUT_OFF = (
    "Срок рассмотрения Вашего обращения от 02.03.2026 № ПЛ-2026-000001 продлён до 11.04.2026 "
    "включительно в связи с "
)


async def asked(desk: Desk, appeal_id: int) -> int:
    """The number in the ledger of a request sent to the agency on the next day."""
    desk.clock.forward(days=1)
    async with desk.work(desk.coordinator) as work:
        return (await ask(work, appeal_id, "agency", "Чья это дорога?")).seq


async def letters(desk: Desk) -> list[tuple[str, str]]:
    async with desk.region.database.reading() as session:
        rows = await session.scalars(select(Notice).order_by(Notice.id))
        return [(row.kind, row.text) for row in rows]


@pytest.mark.clause("fz59/12.2")
@pytest.mark.parametrize("more", ["", "Приносим извинения."])
async def test_the_letter_names_the_exceptional_case(desk: Desk, more: str) -> None:
    appeal_id = await in_work(desk)
    async with desk.work(desk.chief) as work:
        await prolong(work, appeal_id, date(2026, 4, 11), "нужна экспертиза.", more)
    told = f"{PUT_OFF}исключительным случаем (нужна экспертиза). {DECIDED}"
    assert await letters(desk) == [("prolonged", letter(told, *filter(None, [more])))]


@pytest.mark.clause("fz59/12.2", "fz59/10.2")
async def test_the_letter_names_the_request(desk: Desk) -> None:
    appeal_id = await in_work(desk)
    seq = await asked(desk, appeal_id)
    async with desk.work(desk.chief) as work:
        await prolong(work, appeal_id, date(2026, 4, 11), "ждём сведений", inquiry=seq)
    cause = "направлением запроса в орган «Агентство» от 03.03.2026 № ПЛ-2026-000001/5"
    assert await letters(desk) == [
        ("prolonged", letter(f"{PUT_OFF}{cause}. {DECIDED}", on="03.03.2026"))
    ]
    assert (await desk.ledger(appeal_id))[-1].data == {
        "days": 10,
        "plan_date": "2026-04-11",
        "ground": "inquiry",
        "inquiry": seq,
    }


@pytest.mark.clause("fz59/12.2", "fz59/10.2")
@pytest.mark.parametrize("of_another", [True, False])
async def test_a_request_that_was_not_sent_is_no_ground(desk: Desk, of_another: bool) -> None:
    appeal_id = await in_work(desk)
    other = await desk.take(external_id="п-2")
    sent = await asked(desk, other.appeal_id)
    seq = sent if of_another else 99

    async def waiting(work: Work, appeal_id: int) -> Appeal:
        return await prolong(work, appeal_id, date(2026, 4, 11), "ждём", inquiry=seq)

    refusal = await refused(desk, desk.chief, waiting, appeal_id)
    assert (refusal.code, refusal.clause and refusal.clause.ref) == (
        RefusalCode.PROOF_REQUIRED,
        "fz59/12.2",
    )


@pytest.mark.clause("fz59/12.2")
async def test_a_service_prolongs_nothing(desk: Desk) -> None:
    appeal_id = await in_work(desk)
    refusal = await refused(desk, system(), put_off, appeal_id)
    assert refusal.code is RefusalCode.FORBIDDEN


REGISTERED, ASKED, PASSED = Fact.REGISTERED, Fact.ASKED, Fact.TRANSFERRED
AT = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.clause("fz59/12.2", "fz59/10.2")
@pytest.mark.parametrize(
    ("facts", "seq", "found"),
    [
        ((REGISTERED, ASKED), 2, True),
        ((REGISTERED, ASKED), 1, False),
        ((REGISTERED, ASKED), 3, False),
        ((REGISTERED, ASKED, PASSED, REGISTERED), 2, False),
        ((REGISTERED, PASSED, REGISTERED, ASKED), 4, True),
        ((ASKED,), 1, True),
    ],
)
def test_only_requests_of_this_consideration_count(
    facts: tuple[Fact, ...], seq: int, found: bool
) -> None:
    entries = [Entry(number, fact, AT, "agency") for number, fact in enumerate(facts, 1)]
    inquiry = sent_inquiry(entries, seq)
    assert (inquiry is not None and inquiry.seq == seq) is found
