"""Planned solutions: a term until the named day, counted at each putting off (R56)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from core.appeals import answers
from core.appeals.answers import NewAnswer
from core.appeals.delivery.outcomes import unsend
from core.appeals.escalation.model import Escalation
from core.appeals.escalation.service import run_sweep
from core.appeals.ledger import deadlines_of, pure
from core.appeals.notices.model import Notice
from core.appeals.plans import awaited_plans, fulfil, put_off
from core.appeals.prolongation import prolong
from core.appeals.rules.lifecycle import Outcome
from core.appeals.terms.queries import broken_terms
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.journal import JournalEntry
from core.kernel.work import Work
from tests.core.appeals.conftest import Desk
from tests.core.appeals.dispatch_steps import done, proved
from tests.core.appeals.test_handover import refused
from tests.fixtures.answers import sent
from tests.fixtures.proofs import PROOF, attached

JUNE, AUGUST = date(2026, 6, 1), date(2026, 8, 3)
PLANNED = sent(NewAnswer("Заделаем.", Outcome.PLANNED, plan_date=JUNE))


async def fulfilled(work: Work, appeal_id: int) -> None:
    await fulfil(work, appeal_id, "заделана", await attached(work, appeal_id))


async def awaited(desk: Desk, *, overdue: bool) -> list[int]:
    async with desk.work(desk.curator) as work:
        return [appeal.id for appeal in await awaited_plans(work, overdue=overdue)]


@pytest.mark.clause("tsur.practice/plan.promise", "tsur.practice/plan.put-off", "fz59/12.1")
async def test_a_promised_measure_is_controlled_apart_from_the_answer(desk: Desk) -> None:
    appeal_id = await desk.answered(PLANNED)
    appeal = await desk.appeal(appeal_id)
    last = datetime(2026, 6, 1, 18, 59, 59, tzinfo=UTC)
    assert (appeal.plan_date, appeal.plan_due_at, appeal.statute_late_at) == (JUNE, last, None)
    desk.clock.moment = last
    assert (await awaited(desk, overdue=False), await awaited(desk, overdue=True)) == (
        [appeal_id],
        [],
    )
    desk.clock.forward(seconds=1)
    assert await awaited(desk, overdue=True) == [appeal_id]
    await done(desk, desk.official, lambda w, i: put_off(w, i, AUGUST, "нет подрядчика"), appeal_id)
    moved = await desk.appeal(appeal_id)
    assert (moved.plan_date, moved.plans_put_off) == (AUGUST, 1)
    assert await awaited(desk, overdue=True) == []
    await done(desk, desk.official, fulfilled, appeal_id)
    entry = (await desk.ledger(appeal_id))[-1]
    assert (entry.fact, entry.data["late"]) == ("fulfilled", False)
    assert (await desk.appeal(appeal_id)).plan_due_at is None
    assert await awaited(desk, overdue=False) == []
    await proved(desk)
    async with desk.region.database.reading() as session:
        letters = (await session.scalars(select(Notice).order_by(Notice.id))).all()
    assert [letter.kind for letter in letters] == ["answered", "planned"]
    assert "перенесено с 01.06.2026 на 03.08.2026. Причина переноса: нет подрядчика." in (
        letters[1].text
    )


@pytest.mark.clause("tsur.practice/plan", "tsur.practice/plan.put-off")
async def test_what_a_plan_is_refused(desk: Desk) -> None:
    appeal_id = await desk.answered(PLANNED)
    codes = RefusalCode
    for step, code in (
        (lambda w, i: put_off(w, i, JUNE, "позже"), codes.PLAN_DATE_REQUIRED),
        (lambda w, i: put_off(w, i, AUGUST, " "), codes.REASON_REQUIRED),
        (lambda w, i: fulfil(w, i, "заделана", ()), codes.EVIDENCE_REQUIRED),
    ):
        assert (await refused(desk, desk.official, step, appeal_id)).code is code
    await done(desk, desk.official, fulfilled, appeal_id)
    for step in (
        lambda w, i: put_off(w, i, AUGUST, "позже"),
        lambda w, i: fulfil(w, i, "заделана", PROOF),
    ):
        assert (await refused(desk, desk.official, step, appeal_id)).code is codes.WRONG_STATE


@pytest.mark.clause("tsur.practice/plan")
async def test_under_the_statute_a_missing_day_warns_the_signer(desk: Desk) -> None:
    undated = replace(PLANNED, plan_date=None)
    appeal_id = await desk.answered(undated)
    signing = next(row for row in await desk.ledger(appeal_id) if row.fact == "signed")
    assert signing.data["warned"] == ["no-day"]
    assert (await desk.appeal(appeal_id)).plan_due_at is None
    await done(desk, desk.official, lambda w, i: put_off(w, i, JUNE, "смета есть"), appeal_id)
    dated = await desk.appeal(appeal_id)
    assert (dated.plan_date, dated.plans_put_off, dated.plan_due_at is None) == (JUNE, 0, False)
    desk.clock.forward(seconds=1)
    await done(desk, desk.official, lambda w, i: unsend(w, i, "не тот адрес"), appeal_id)
    assert (await desk.appeal(appeal_id)).plan_due_at is None


@pytest.mark.clause("tsur.practice/plan")
async def test_a_planned_answer_to_a_message_names_its_day_and_has_its_term(desk: Desk) -> None:
    taken = await desk.take(channel="social-networks", contact=None)
    await desk.accept(taken.appeal_id)
    undated = replace(PLANNED, plan_date=None)
    step = lambda w, i: answers.answer(w, i, undated)  # noqa: E731
    refusal = await refused(desk, desk.official, step, taken.appeal_id)
    assert refusal.code is RefusalCode.PLAN_DATE_REQUIRED
    await done(desk, desk.official, lambda w, i: answers.answer(w, i, PLANNED), taken.appeal_id)
    appeal, rows = await desk.appeal(taken.appeal_id), await desk.ledger(taken.appeal_id)
    async with desk.work(desk.curator) as work:
        dues = deadlines_of(work, appeal, pure(rows))
    assert [due.due_at for due in dues if due.rule.key == "plan"] == [appeal.plan_due_at]
    assert not any(due.rule.key == "promise" for due in dues)


async def test_the_last_day_of_a_prolonged_answer_is_no_plan(desk: Desk) -> None:
    taken = await desk.take()
    await desk.accept(taken.appeal_id)
    until = date(2026, 4, 20)
    step = lambda w, i: prolong(w, i, until, "экспертиза")  # noqa: E731
    await done(desk, desk.chief, step, taken.appeal_id)
    appeal = await desk.appeal(taken.appeal_id)
    assert (appeal.prolonged_to, appeal.plan_date, appeal.plan_due_at) == (until, None, None)
    await done(desk, desk.official, lambda w, i: answers.answer(w, i, PLANNED), taken.appeal_id)
    appeal = await desk.appeal(taken.appeal_id)
    assert (appeal.prolonged_to, appeal.plan_date) == (until, JUNE)


@pytest.mark.clause("tsur.practice/escalation.plan")
@pytest.mark.parametrize("channel", ["letter", "social-networks"])
async def test_a_promise_is_reminded_of_and_its_breach_is_kept(desk: Desk, channel: str) -> None:
    """A moment that the source itself promised is a term whatever the regime."""
    rung = "promise" if channel == "letter" else "plan"
    contact = {} if channel == "letter" else {"contact": None}
    appeal_id = await desk.answered(PLANNED, channel=channel, **contact)
    last = datetime(2026, 6, 1, 18, 59, 59, tzinfo=UTC)
    told: list[object] = []
    for moment in (last - timedelta(days=3, seconds=1), last - timedelta(days=3),
                   last + timedelta(days=1), last + timedelta(days=9)):  # fmt: skip
        desk.clock.moment = moment
        async with desk.work(system()) as work:
            await run_sweep(work, {})
            rows = (await work.session.scalars(select(Escalation).order_by(Escalation.id))).all()
            told.append(tuple((row.step, row.term, row.person_id, row.clause) for row in rows))
    clause = "tsur.practice/escalation.plan"
    first = (rung, rung, desk.official.person_id, clause)
    late = (f"{rung}-late", rung, desk.chief.person_id, clause)
    assert told == [(), (first,), (first, late), (first, late)]
    await done(desk, desk.official, fulfilled, appeal_id)
    assert (await desk.ledger(appeal_id))[-1].data["late"] is True
    async with desk.work(desk.chief) as work:
        (broken,) = await broken_terms(work)
    assert (broken.rule, broken.breached_at, broken.running) == (rung, last, False)
    async with desk.region.database.reading() as session:
        names = (await session.scalars(select(JournalEntry.name))).all()
    assert names.count("appeal.term_breached") == 1
