"""Several official records of one receipt: terms go by the earliest, the others are kept (R53)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.appeals.certificate import certify, verify
from core.appeals.ledger import pure
from core.appeals.receipts import tell_receipt
from core.appeals.rules.receipts import ReceiptRecord
from core.kernel.codes import RefusalCode
from tests.core.appeals.conftest import Desk
from tests.core.appeals.dispatch_steps import done, proved
from tests.core.appeals.test_handover import refused

STAMP = ReceiptRecord.STAMP
NOW = datetime(2026, 3, 5, 7, 0, tzinfo=UTC)


@pytest.mark.clause("tsur.practice/receipts", "ru.1844/2.accelerated-resolution.deadline")
async def test_terms_go_by_the_earliest_record(desk: Desk) -> None:
    desk.clock.moment = NOW
    taken = await desk.take()
    before = await desk.appeal(taken.appeal_id)
    assert before.mechanism_due_at is not None
    for days, moved in ((1, 1), (3, 3), (2, 3)):
        at = NOW - timedelta(days=days)
        step = lambda w, i, at=at: tell_receipt(w, i, at, STAMP, "вх. 17")  # noqa: E731
        await done(desk, desk.coordinator, step, taken.appeal_id)
        appeal = await desk.appeal(taken.appeal_id)
        assert appeal.mechanism_due_at == before.mechanism_due_at - timedelta(days=moved)
        assert (appeal.received_at, appeal.statute_due_at) == (NOW, before.statute_due_at)
    rows = await desk.ledger(taken.appeal_id)
    assert rows[-1].reason == "штамп о поступлении: вх. 17"
    async with desk.work(desk.coordinator) as work:
        text = certify(work, appeal, pure(rows))
    region = desk.region
    assert verify(text, region.rules, region.keys, region.calendar).appeal == appeal.number
    await proved(desk)


@pytest.mark.clause("tsur.practice/receipts")
async def test_after_the_answer_a_record_is_kept_and_changes_nothing(desk: Desk) -> None:
    desk.clock.moment = NOW
    appeal_id = await desk.answered()
    before = await desk.appeal(appeal_id)
    at = NOW - timedelta(days=60)
    step = lambda w, i: tell_receipt(w, i, at, STAMP, "вх. 17")  # noqa: E731
    await done(desk, desk.coordinator, step, appeal_id)
    appeal = await desk.appeal(appeal_id)
    assert (appeal.mechanism_due_at, appeal.mechanism_late) == (before.mechanism_due_at, False)
    assert (await desk.ledger(appeal_id))[-1].data == {"record": "stamp", "kept": at.isoformat()}
    late = lambda w, i: tell_receipt(w, i, NOW + timedelta(days=1), STAMP, "вх. 18")  # noqa: E731
    refusal = await refused(desk, desk.coordinator, late, appeal_id)
    assert refusal.code is RefusalCode.DATE_OUT_OF_RANGE
