"""From a draft to the applicant: who signs and how, what stops the clock, what a return means."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from core.appeals import answers
from core.appeals.answers import NewAnswer
from core.appeals.delivery.dispatches import NewDispatch, send
from core.appeals.delivery.model import Dispatch, SigningPower
from core.appeals.delivery.outcomes import confirm, deliver, resend, undeliver, unsend
from core.appeals.delivery.signatures import NewSignature, empower, sign
from core.appeals.figures.proof import verify_cases
from core.appeals.handover import accept, transfer
from core.appeals.ledger import deadlines_of, pure
from core.appeals.model import Answer, Appeal
from core.appeals.notices.model import Notice
from core.appeals.queries import AppealFilter, matching
from core.appeals.rules.deadlines import DueDate
from core.appeals.rules.lifecycle import Outcome
from core.appeals.rules.signatures import SignatureKind, Way
from core.kernel.access import Actor, system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.work import Work
from core.shapes.deadlines.rules.standing import Standing
from tests.core.appeals.conftest import Desk
from tests.core.appeals.test_handover import refused
from tests.fixtures.answers import BY_HAND, POSTED

DRAFT = NewAnswer("Ремонт этой дороги не входит в программу.", Outcome.EXPLAINED)
QUALIFIED = NewSignature(SignatureKind.QUALIFIED)
ELECTRONIC = NewDispatch(Way.ELECTRONIC)
BEGUN = ["received", "registered", "routed", "accepted"]
Step = Callable[[Work, int], Awaitable[object]]


def at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def nothing(_done: int) -> None: ...


async def done(desk: Desk, actor: Actor, step: Step, appeal_id: int) -> None:
    async with desk.work(actor) as work:
        await step(work, appeal_id)


async def drafted(desk: Desk) -> int:
    taken = await desk.take()
    await desk.accept(taken.appeal_id)
    await done(desk, desk.official, lambda w, i: answers.answer(w, i, DRAFT), taken.appeal_id)
    return taken.appeal_id


async def signed(desk: Desk, new: NewSignature = BY_HAND) -> int:
    appeal_id = await drafted(desk)
    await done(desk, desk.chief, lambda w, i: sign(w, i, new), appeal_id)
    return appeal_id


async def posted(desk: Desk) -> int:
    appeal_id = await signed(desk)
    await done(desk, desk.official, lambda w, i: send(w, i, POSTED), appeal_id)
    return appeal_id


async def governing(desk: Desk, appeal_id: int) -> DueDate:
    appeal, rows = await desk.appeal(appeal_id), await desk.ledger(appeal_id)
    async with desk.work(desk.coordinator) as work:
        (due,) = (due for due in deadlines_of(work, appeal, pure(rows)) if due.governs)
    return due


async def rows_of(desk: Desk, kind: type[Answer] | type[Dispatch] | type[Notice]) -> list[object]:
    async with desk.region.database.reading() as session:
        return list(await session.scalars(select(kind).order_by(kind.id)))


async def proved(desk: Desk) -> None:
    """Every row is what its ledger says."""
    async with desk.region.reading(system()) as work:
        assert await verify_cases(work, progress=nothing) == []


@pytest.mark.clause("tsur.practice/lifecycle.draft", "fz59/10.3")
async def test_neither_a_draft_nor_a_signature_stops_the_clock(desk: Desk) -> None:
    appeal_id = await signed(desk)
    appeal = await desk.appeal(appeal_id)
    assert (appeal.state, appeal.outcome, appeal.answered_at) == ("in_work", None, None)
    assert await desk.facts(appeal_id) == [*BEGUN, "drafted", "signed"]
    assert (await governing(desk, appeal_id)).standing(desk.now()) is Standing.RUNNING
    assert await desk.rows(Notice, Dispatch) == 0
    await proved(desk)


@pytest.mark.clause("fz59/10.3")
async def test_the_signature_says_who_as_what_and_how(desk: Desk) -> None:
    await signed(desk, QUALIFIED)
    (answer,) = await rows_of(desk, Answer)
    assert isinstance(answer, Answer)
    said = (answer.author, answer.signer, answer.signed_as, answer.signature, answer.signed_at)
    assert said == ("official", "chief", "Руководитель органа", "qualified", desk.now())
    assert (answer.sent_at, answer.late) == (None, None)


@pytest.mark.clause("fz59/10.3")
async def test_an_official_signs_by_a_recorded_power_alone(desk: Desk) -> None:
    async with desk.work(system()) as work:
        await work.session.delete((await work.session.scalars(select(SigningPower))).one())
    appeal_id = await drafted(desk)

    def step(work: Work, number: int) -> Awaitable[object]:
        return sign(work, number, BY_HAND)

    refusal = await refused(desk, desk.official, step, appeal_id)
    assert refusal.code is RefusalCode.NOT_AUTHORISED_TO_SIGN
    assert refusal.clause is not None
    assert refusal.clause.ref == "fz59/10.3"
    person, today = desk.official.person_id or 0, date(2026, 3, 2)
    async with desk.work(desk.chief) as work:
        await empower(work, "ministry", person, "приказ от 02.03.2026 № 4", today)
    await done(desk, desk.official, step, appeal_id)
    (answer,) = await rows_of(desk, Answer)
    assert isinstance(answer, Answer)
    assert answer.signed_as == "уполномоченное лицо (приказ от 02.03.2026 № 4)"


@pytest.mark.parametrize(
    ("body", "since", "until", "code"),
    [
        ("agency", date(2026, 3, 2), None, RefusalCode.FORBIDDEN),
        ("ministry", date(2026, 3, 1), None, RefusalCode.DATE_OUT_OF_RANGE),
        ("ministry", date(2026, 3, 2), date(2026, 3, 2), RefusalCode.DATE_OUT_OF_RANGE),
    ],
)
async def test_a_power_is_given_by_the_own_head_and_never_backwards(
    desk: Desk, body: str, since: date, until: date | None, code: RefusalCode
) -> None:
    person = desk.official.person_id or 0
    with pytest.raises(Refusal) as caught:
        async with desk.work(desk.chief) as work:
            await empower(work, body, person, "приказ № 5", since, until)
    assert caught.value.code is code
    assert await desk.rows(SigningPower) == 1


@pytest.mark.clause("tsur.practice/signature")
@pytest.mark.parametrize("kind", [SignatureKind.SIMPLE, SignatureKind.UNQUALIFIED])
async def test_a_citizen_is_not_answered_with_a_weak_signature(
    desk: Desk, kind: SignatureKind
) -> None:
    appeal_id = await drafted(desk)
    refusal = await refused(
        desk, desk.chief, lambda w, i: sign(w, i, NewSignature(kind)), appeal_id
    )
    assert refusal.code is RefusalCode.SIGNATURE_TOO_WEAK
    assert refusal.clause is not None
    assert refusal.clause.ref == "tsur.practice/signature"


@pytest.mark.clause("tsur.practice/signature")
async def test_what_is_signed_by_hand_does_not_go_electronically(desk: Desk) -> None:
    appeal_id = await signed(desk)
    refusal = await refused(desk, desk.official, lambda w, i: send(w, i, ELECTRONIC), appeal_id)
    assert refusal.code is RefusalCode.SIGNATURE_TOO_WEAK


async def test_nothing_is_sent_unsigned_or_undrafted(desk: Desk) -> None:
    taken = await desk.take()
    await desk.accept(taken.appeal_id)

    def step(work: Work, number: int) -> Awaitable[object]:
        return send(work, number, POSTED)

    refusal = await refused(desk, desk.official, step, taken.appeal_id)
    assert refusal.code is RefusalCode.NO_DRAFT
    await done(desk, desk.official, lambda w, i: answers.answer(w, i, DRAFT), taken.appeal_id)
    refusal = await refused(desk, desk.official, step, taken.appeal_id)
    assert refusal.code is RefusalCode.NOT_SIGNED
    unsigned = replace(DRAFT, dispatch=POSTED)
    refusal = await refused(
        desk, desk.official, lambda w, i: answers.answer(w, i, unsigned), taken.appeal_id
    )
    assert refusal.code is RefusalCode.NOT_SIGNED


async def test_words_changed_after_the_signature_are_not_sent(desk: Desk) -> None:
    appeal_id = await signed(desk)
    async with desk.work(system()) as work:
        (await work.session.scalars(select(Answer))).one().text = "Иные слова"
    refusal = await refused(desk, desk.official, lambda w, i: send(w, i, POSTED), appeal_id)
    assert refusal.code is RefusalCode.NOT_SIGNED


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
    assert row.data["number"] == "реестр № 1"
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
    appeal_id = await signed(desk, QUALIFIED)
    await done(desk, desk.official, lambda w, i: send(w, i, ELECTRONIC), appeal_id)
    assert (await desk.appeal(appeal_id)).state == "in_work"
    assert (await desk.facts(appeal_id))[-1] == "signed"
    desk.clock.forward(hours=5)
    async with desk.work(system()) as work:
        await confirm(work, [1])
    appeal = await desk.appeal(appeal_id)
    assert (appeal.state, appeal.answered_at) == ("answered", desk.now())
    assert (await desk.ledger(appeal_id))[-1].data["number"] == "уведомление 1"
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
    assert notice.text.split("\n") == [
        "Министерство полигона",
        f"Исходящий № {number}/1 от 02.03.2026",
        f"По результатам рассмотрения Вашего обращения от 02.03.2026 № {number} сообщаем: "
        + DRAFT.text,
        "В случае несогласия Вы вправе обжаловать принятое решение в административном и (или)"
        " судебном порядке (пункт 4 статьи 5 Федерального закона от 02.05.2006 № 59-ФЗ).",
        "Подписано: Руководитель органа.",
    ]


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


async def listed(desk: Desk, **criteria: bool) -> list[int]:
    async with desk.region.reading(system()) as work:
        fits = matching(AppealFilter(**criteria), work.now, work.dialect)
        return list(await work.session.scalars(select(Appeal.id).where(fits)))
