"""Drafts returned before they are sent: for a reason of the list, no statutory term moves (R59)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from core.appeals import answers
from core.appeals.delivery.checks import return_draft
from core.appeals.delivery.dispatches import send
from core.appeals.delivery.signatures import sign
from core.appeals.model import Answer
from core.appeals.rules import EVERY, Deadline, Fact, Occasion, Regime, Unit
from core.appeals.rules.deadlines import Circumstances, due_dates
from core.appeals.rules.ledger import Entry
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import RefusalCode
from core.shapes.deadlines.rules.standing import Standing
from tests.core.appeals.conftest import EXPLAINED, Desk
from tests.core.appeals.dispatch_steps import ELECTRONIC, PORTAL, QUALIFIED, done, signed
from tests.core.appeals.test_handover import refused
from tests.fixtures.answers import BY_HAND, POSTED


@pytest.mark.clause("tsur.practice/lifecycle.return-draft", "fz59/12.1")
async def test_a_returned_draft_is_mended_and_no_term_moves(desk: Desk) -> None:
    appeal_id = await signed(desk)
    before = await desk.appeal(appeal_id)
    step = lambda w, i: return_draft(w, i, "not-on-merits", "ответьте о сроках")  # noqa: E731
    await done(desk, desk.coordinator, step, appeal_id)
    returned = await desk.appeal(appeal_id)
    assert (returned.due_at, returned.statute_due_at) == (before.due_at, before.statute_due_at)
    assert (await desk.ledger(appeal_id))[-1].data == {"answer": 1, "fault": "not-on-merits"}
    for wrong in (lambda w, i: send(w, i, POSTED), lambda w, i: sign(w, i, BY_HAND), step):
        actor = desk.coordinator if wrong is step else desk.chief
        assert (await refused(desk, actor, wrong, appeal_id)).code is RefusalCode.NO_DRAFT
    await done(desk, desk.official, lambda w, i: answers.answer(w, i, EXPLAINED), appeal_id)
    assert (await desk.appeal(appeal_id)).state == "answered"
    async with desk.region.database.reading() as session:
        rows = (await session.scalars(select(Answer).order_by(Answer.id))).all()
    assert [(row.returned_for, row.sent_at is None) for row in rows] == [
        ("not-on-merits", True),
        (None, False),
    ]


@pytest.mark.clause("tsur.practice/lifecycle.return-draft")
async def test_what_is_not_returned(desk: Desk) -> None:
    appeal_id = await signed(desk, QUALIFIED, **PORTAL)
    unknown = lambda w, i: return_draft(w, i, "taste", "не нравится")  # noqa: E731
    refusal = await refused(desk, desk.coordinator, unknown, appeal_id)
    assert refusal.code is RefusalCode.NOT_PROVIDED
    known = lambda w, i: return_draft(w, i, "wording", "опечатки")  # noqa: E731
    own = await refused(desk, desk.official, known, appeal_id)
    assert own.code is RefusalCode.FORBIDDEN
    await done(desk, desk.official, lambda w, i: send(w, i, ELECTRONIC), appeal_id)
    handed = await refused(desk, desk.coordinator, known, appeal_id)
    assert handed.code is RefusalCode.WRONG_STATE
    other = await desk.take(external_id="п-2")
    await desk.accept(other.appeal_id)
    none = await refused(desk, desk.coordinator, known, other.appeal_id)
    assert none.code is RefusalCode.NO_DRAFT


def test_mending_has_a_term_where_an_act_gives_one(desk: Desk) -> None:
    """Three working days from each return to the next draft, by an act of its own."""
    start = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)  # Friday before a day off
    rule = Deadline(
        "mending",
        "Исправление проекта",
        Occasion(Fact.DRAFT_RETURNED, nth=EVERY),
        Occasion(Fact.DRAFTED),
        3,
        Unit.WORKING_DAYS,
        clause=PRACTICE.cite("lifecycle.return-draft"),
    )
    facts = (Fact.DRAFTED, Fact.DRAFT_RETURNED, Fact.DRAFTED, Fact.DRAFT_RETURNED)
    entries = [Entry(n, f, start + timedelta(hours=n)) for n, f in enumerate(facts)]
    zone, seen = ZoneInfo("Europe/Moscow"), Circumstances(Regime.APPEAL, None, False)
    first, second = due_dates((rule,), entries, seen, zone, desk.region.calendar)
    last = datetime(2026, 3, 12, 20, 59, 59, tzinfo=UTC)
    assert (first.due_at, second.due_at) == (last, last)
    assert first.standing(last) is Standing.MET
    assert second.breached_at(last + timedelta(seconds=1)) == last
    assert not any(due.governs for due in (first, second))
