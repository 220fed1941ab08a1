"""Who signs an answer and how, and that neither a draft nor a signature stops the clock."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import delete, select

from core.appeals import answers
from core.appeals.delivery.dispatches import send
from core.appeals.delivery.model import Dispatch, SigningPower
from core.appeals.delivery.signatures import NewSignature, empower, sign
from core.appeals.model import Answer
from core.appeals.notices.model import Notice
from core.appeals.rules.signatures import SignatureKind
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.work import Work
from core.shapes.deadlines.rules.standing import Standing
from tests.core.appeals.conftest import Desk
from tests.core.appeals.dispatch_steps import (
    BEGUN,
    DRAFT,
    ELECTRONIC,
    PORTAL,
    QUALIFIED,
    done,
    drafted,
    governing,
    proved,
    rows_of,
    signed,
)
from tests.core.appeals.test_handover import refused
from tests.fixtures.answers import BY_HAND, POSTED


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
        await work.session.execute(delete(SigningPower))
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
    before = await desk.rows(SigningPower)
    with pytest.raises(Refusal) as caught:
        async with desk.work(desk.chief) as work:
            await empower(work, body, person, "приказ № 5", since, until)
    assert caught.value.code is code
    assert await desk.rows(SigningPower) == before


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
    appeal_id = await signed(desk, **PORTAL)
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
