"""An interim answer informs, only the final one ends a term; both are timed (R55)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from core.appeals import answers
from core.appeals.answers import NewAnswer
from core.appeals.delivery.dispatches import send
from core.appeals.delivery.signatures import sign
from core.appeals.model import Answer
from core.appeals.notices.model import Notice
from core.appeals.response_times import response_times
from core.appeals.rules import EVERY, Deadline, Fact, Occasion, Regime
from core.appeals.rules.answers import AnswerKind
from core.appeals.rules.lifecycle import Outcome
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.law.fault import LawError
from tests.core.appeals.conftest import EXPLAINED, Desk
from tests.core.appeals.dispatch_steps import done, drafted, proved
from tests.core.appeals.test_handover import refused
from tests.fixtures.answers import BY_HAND, POSTED, sent

WAITING = NewAnswer("Назначена экспертиза дороги.", None, kind=AnswerKind.INTERIM)
TOLD = sent(WAITING)
START = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)


@pytest.mark.clause("tsur.practice/lifecycle.inform", "fz59/12.1")
async def test_an_interim_answer_informs_and_every_term_runs_on(desk: Desk) -> None:
    desk.clock.moment = START
    taken = await desk.take()
    await desk.accept(taken.appeal_id)
    before = await desk.appeal(taken.appeal_id)
    desk.clock.forward(days=10)
    await done(desk, desk.official, lambda w, i: answers.answer(w, i, TOLD), taken.appeal_id)
    appeal = await desk.appeal(taken.appeal_id)
    assert (appeal.state, appeal.outcome, appeal.answered_at) == ("in_work", None, None)
    assert appeal.informed_at == desk.now()
    assert (appeal.due_at, appeal.statute_due_at) == (before.due_at, before.statute_due_at)
    assert (await desk.facts(taken.appeal_id))[-3:] == ["drafted", "signed", "informed"]
    desk.clock.forward(days=10)
    await done(desk, desk.official, lambda w, i: answers.answer(w, i, EXPLAINED), taken.appeal_id)
    answered = await desk.appeal(taken.appeal_id)
    assert (answered.state, answered.outcome) == ("answered", "explained")
    assert (answered.informed_at, answered.answered_at) == (appeal.informed_at, desk.now())
    await proved(desk)
    async with desk.region.database.reading() as session:
        rows = (await session.scalars(select(Answer).order_by(Answer.id))).all()
        letters = (await session.scalars(select(Notice).order_by(Notice.id))).all()
    assert [(row.kind, row.outcome, row.late) for row in rows] == [
        ("interim", None, None),
        ("final", "explained", False),
    ]
    assert [letter.kind for letter in letters] == ["informed", "answered"]
    assert "О ходе рассмотрения Вашего обращения от 02.03.2026 № " in letters[0].text
    assert "окончательный ответ будет дан до 01.04.2026 включительно (часть 1 статьи 12" in (
        letters[0].text
    )


@pytest.mark.clause("tsur.practice/lifecycle.inform")
async def test_both_times_are_counted(desk: Desk) -> None:
    desk.clock.moment = START
    first = await desk.take()
    second = await desk.take(external_id="п-2")
    for one in (first, second):
        await desk.accept(one.appeal_id)
    desk.clock.forward(hours=5)
    await done(desk, desk.official, lambda w, i: answers.answer(w, i, TOLD), first.appeal_id)
    desk.clock.forward(hours=5)
    for one in (first, second):
        await done(desk, desk.official, lambda w, i: answers.answer(w, i, EXPLAINED), one.appeal_id)
    async with desk.work(desk.curator) as work:
        found = await response_times(work, date(2026, 3, 2), date(2026, 3, 2))
        later = await response_times(work, date(2026, 3, 3), date(2026, 3, 9))
        with pytest.raises(Refusal) as caught:
            await response_times(work, date(2026, 3, 3), date(2026, 3, 2))
    assert (found.received, found.informed, found.answered) == (2, 1, 2)
    assert (found.informed_seconds, found.answered_seconds) == (5 * 3600, 2 * 10 * 3600)
    assert (later.received, later.answered_seconds) == (0, 0)
    assert caught.value.code is RefusalCode.INVALID


@pytest.mark.clause("tsur.practice/lifecycle.inform")
@pytest.mark.parametrize(
    "new",
    [
        replace(WAITING, outcome=Outcome.EXPLAINED),
        replace(WAITING, norm="ст. 11"),
        replace(WAITING, plan_date=date(2026, 6, 1)),
        replace(EXPLAINED, outcome=None),
    ],
)
async def test_each_kind_says_what_it_may(desk: Desk, new: NewAnswer) -> None:
    taken = await desk.take()
    await desk.accept(taken.appeal_id)
    refusal = await refused(
        desk, desk.official, lambda w, i: answers.answer(w, i, new), taken.appeal_id
    )
    assert refusal.code is RefusalCode.INVALID
    assert await desk.rows(Answer) == 0


async def test_an_interim_answer_leaves_the_final_draft_where_it_was(desk: Desk) -> None:
    appeal_id = await drafted(desk)
    await done(desk, desk.official, lambda w, i: answers.answer(w, i, TOLD), appeal_id)
    await done(desk, desk.chief, lambda w, i: sign(w, i, BY_HAND), appeal_id)
    await done(desk, desk.official, lambda w, i: send(w, i, POSTED), appeal_id)
    assert (await desk.appeal(appeal_id)).outcome == "explained"


@pytest.mark.parametrize("nth", [1, EVERY])
def test_no_term_of_the_statute_gives_way_to_an_interim_answer(nth: int) -> None:
    informed, clause = frozenset({Occasion(Fact.INFORMED, nth=nth)}), PRACTICE.cite("no-term")
    of_messages = frozenset({Regime.MESSAGE})
    terms = (Fact.RECEIVED, Fact.ANSWERED, 9)
    with pytest.raises(LawError, match="промежуточный ответ не прекращает"):
        Deadline("x", "x", *terms, relieved_by=informed, clause=clause)
    own = Deadline("x", "x", *terms, relieved_by=informed, regimes=of_messages, clause=clause)
    assert own.relieved_by >= informed
