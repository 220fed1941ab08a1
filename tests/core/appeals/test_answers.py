"""Answers and outcomes: each with its proof, a late one accepted and recorded as late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from core.appeals import answers
from core.appeals.answers import Evidence, NewAnswer
from core.appeals.model import Answer
from core.appeals.notices.model import Notice
from core.appeals.rules.lifecycle import Outcome
from core.kernel.codes import RefusalCode
from tests.core.appeals.conftest import EXPLAINED, SOLVED, Desk
from tests.core.appeals.test_handover import refused
from tests.fixtures.answers import sent

PHOTO = (Evidence("photo", "f-1"),)


async def answer_row(desk: Desk, appeal_id: int) -> Answer:
    async with desk.region.database.reading() as session:
        return (await session.scalars(select(Answer).where(Answer.appeal_id == appeal_id))).one()


@pytest.mark.parametrize(
    "new",
    [
        SOLVED,
        replace(SOLVED, outcome=Outcome.PARTLY_SOLVED, evidence=()),
        sent(NewAnswer("Заделаем.", Outcome.PLANNED, plan_date=date(2026, 6, 1))),
        EXPLAINED,
        sent(NewAnswer("Отказано.", Outcome.REFUSED, norm="ст. 11 59-ФЗ")),
        sent(NewAnswer("Ямы нет.", Outcome.NOT_CONFIRMED)),
        sent(NewAnswer("Передано в другой регион.", Outcome.FORWARDED)),
    ],
    ids=lambda new: new.outcome.value,
)
async def test_every_outcome_can_be_given_with_its_proof(desk: Desk, new: NewAnswer) -> None:
    appeal_id = await desk.answered(new)
    appeal = await desk.appeal(appeal_id)
    assert (appeal.state, appeal.outcome, appeal.answered_at) == (
        "answered",
        new.outcome,
        desk.now(),
    )
    row = await answer_row(desk, appeal_id)
    assert (row.text, row.late, row.author) == (new.text, False, "official")
    async with desk.region.database.reading() as session:
        assert [n.kind for n in await session.scalars(select(Notice))] == ["answered"]


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (replace(SOLVED, evidence=()), RefusalCode.EVIDENCE_REQUIRED),
        (replace(SOLVED, evidence=(Evidence("photo", " "),)), RefusalCode.EVIDENCE_REQUIRED),
        (NewAnswer("Отказано.", Outcome.REFUSED), RefusalCode.NORM_REQUIRED),
        (
            NewAnswer("Заделаем.", Outcome.PLANNED, plan_date=date(2026, 3, 2)),
            RefusalCode.PLAN_DATE_REQUIRED,
        ),
        (NewAnswer("Отозвано.", Outcome.WITHDRAWN), RefusalCode.INVALID),
        (NewAnswer(" ", Outcome.EXPLAINED), RefusalCode.TEXT_EMPTY),
        (NewAnswer("\x00", Outcome.EXPLAINED), RefusalCode.TEXT_UNREADABLE),
    ],
)
async def test_an_outcome_without_its_proof_is_refused(
    desk: Desk, new: NewAnswer, code: RefusalCode
) -> None:
    taken = await desk.take()
    await desk.accept(taken.appeal_id)
    refusal = await refused(
        desk, desk.official, lambda w, i: answers.answer(w, i, new), taken.appeal_id
    )
    assert refusal.code is code


@pytest.mark.clause("tsur.practice/evidence.photo")
async def test_a_road_is_solved_with_a_photo(desk: Desk) -> None:
    appeal_id = await desk.answered(replace(SOLVED, evidence=PHOTO))
    assert (await answer_row(desk, appeal_id)).evidence == [{"kind": "photo", "reference": "f-1"}]


@pytest.mark.clause("ru.1844/2.accelerated-resolution.deadline")
@pytest.mark.parametrize(("seconds_after", "late"), [(0, False), (1, True)])
async def test_the_last_second_is_in_time_and_a_late_answer_is_accepted(
    desk: Desk, seconds_after: int, late: bool
) -> None:
    taken = await desk.take()
    await desk.accept(taken.appeal_id)
    due_at = (await desk.appeal(taken.appeal_id)).due_at
    assert due_at is not None
    desk.clock.moment = due_at
    desk.clock.forward(seconds=seconds_after)
    async with desk.work(desk.official) as work:
        await answers.answer(work, taken.appeal_id, EXPLAINED)
    assert (await answer_row(desk, taken.appeal_id)).late is late


async def test_closing_needs_an_answer(desk: Desk) -> None:
    taken = await desk.take()
    refusal = await refused(desk, desk.official, answers.close, taken.appeal_id)
    assert refusal.code is RefusalCode.WRONG_STATE
