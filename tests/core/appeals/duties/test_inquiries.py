"""Bodies that must help with facts: who is bound, by which clause, until when; who is not."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import date, timedelta

import pytest

from core.appeals.inquiries import Inquiry, ask, inquiries, supply
from core.appeals.model import LedgerEntry
from core.appeals.rules.supply import SupplyDuty, duty_of
from core.directory.rules.bodies import BodyKind
from core.kernel.access import ANONYMOUS, Actor
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.shapes.deadlines.rules.counting import end_of_day
from tests.core.appeals.duties.conftest import FOREIGN, SECOND, Office
from tests.core.law.samples import clause

QUESTION, REPLY = "Чья это дорога?", "Дорога муниципальная."
BOUND = [  # neither act sets a term: the days are those of 59-ФЗ, and it is cited for them
    pytest.param("kursk", "fz59/10.2", marks=pytest.mark.clause("kursk.958/post.5")),
    pytest.param("mari_el", "fz59/10.2", marks=pytest.mark.clause("mari-el.335/post.4")),
    pytest.param("murmansk", "fz59/10.2", marks=pytest.mark.clause("fz59/10.2")),
]


async def asked(office: Office, appeal_id: int, body: str = SECOND) -> Inquiry:
    async with office.region.work(office.first) as work:
        return await ask(work, appeal_id, body, QUESTION)


async def supplied(
    office: Office, actor: Actor, appeal_id: int, seq: int, reply: str = REPLY
) -> Inquiry:
    async with office.region.work(actor) as work:
        return await supply(work, appeal_id, seq, reply)


async def waiting(office: Office, actor: Actor) -> list[int]:
    async with office.region.reading(actor) as work:
        return [inquiry.seq for inquiry in await inquiries(work)]


async def refused(office: Office, attempt: Awaitable[object]) -> tuple[RefusalCode, str | None]:
    before = await office.rows(LedgerEntry, JournalEntry)
    with pytest.raises(Refusal) as caught:
        await attempt
    assert await office.rows(LedgerEntry, JournalEntry) == before
    return caught.value.code, caught.value.clause.ref if caught.value.clause else None


@pytest.mark.parametrize(("code", "ref"), BOUND)
async def test_a_bound_body_is_asked_and_replies_in_time(
    office: Office, code: str, ref: str
) -> None:
    appeal_id = await office.accepted()
    before = await office.appeal(appeal_id)
    inquiry = await asked(office, appeal_id)
    assert inquiry.due_at == end_of_day(date(2026, 3, 17), office.region.passport.zone)
    assert (await waiting(office, office.second), await waiting(office, office.first)) == (
        [inquiry.seq],
        [],
    )
    await supplied(office, office.second, appeal_id, inquiry.seq)
    question, reply = (await office.ledger(appeal_id))[-2:]
    assert (question.clause, question.body, question.reason) == (ref, SECOND, QUESTION)
    assert (reply.clause, reply.reason) == ("fz59/10.2", REPLY)
    assert reply.data == {"asked": inquiry.seq, "late": False}
    assert await waiting(office, office.second) == []
    after = await office.appeal(appeal_id)
    assert (after.body_id, after.state, after.due_at) == (
        before.body_id,
        before.state,
        before.due_at,
    )


@pytest.mark.parametrize("code", ["kursk"])
async def test_a_late_reply_is_taken_and_recorded_as_late(office: Office, code: str) -> None:
    appeal_id = await office.accepted()
    inquiry = await asked(office, appeal_id)
    office.clock.moment = inquiry.due_at + timedelta(seconds=1)
    await supplied(office, office.second, appeal_id, inquiry.seq)
    assert (await office.ledger(appeal_id))[-1].data["late"] is True


@pytest.mark.parametrize("code", ["kursk"])
async def test_whom_no_norm_binds_is_not_asked(office: Office, code: str) -> None:
    appeal_id = await office.accepted()
    refusal = await refused(office, asked(office, appeal_id, FOREIGN))
    assert refusal == (RefusalCode.INVALID, "fz59/10.2")


@pytest.mark.parametrize("code", ["kursk"])
async def test_only_the_body_that_was_asked_replies_once(office: Office, code: str) -> None:
    appeal_id = await office.accepted()
    seq = (await asked(office, appeal_id)).seq
    for actor, number, expected in (
        (office.first, seq, RefusalCode.NOT_FOUND),
        (office.second, seq + 1, RefusalCode.NOT_FOUND),
        (office.second, 1, RefusalCode.NOT_FOUND),
        (ANONYMOUS, seq, RefusalCode.UNAUTHENTICATED),
    ):
        attempt = supplied(office, actor, appeal_id, number)
        assert await refused(office, attempt) == (expected, None)
    empty = supplied(office, office.second, appeal_id, seq, " ")
    assert await refused(office, empty) == (RefusalCode.REASON_REQUIRED, "fz59/10.2")
    await supplied(office, office.second, appeal_id, seq)
    again = supplied(office, office.second, appeal_id, seq)
    assert await refused(office, again) == (RefusalCode.ALREADY_ANSWERED, "fz59/10.2")


def test_the_duty_written_for_fewer_kinds_of_body_binds() -> None:
    whole = SupplyDuty("all", frozenset(BodyKind), days=15, clause=clause("a/1"))
    own = SupplyDuty("own", frozenset({BodyKind.EXECUTIVE}), days=10, clause=clause("b/1"))
    assert duty_of((whole, own), BodyKind.EXECUTIVE) is own
    assert duty_of((whole, own), BodyKind.MUNICIPAL) is whole
    assert duty_of((own,), BodyKind.MUNICIPAL) is None
