"""Answers and outcomes: each with its proof, a late one accepted and recorded as late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from sqlalchemy import select

from core.appeals import answers
from core.appeals.answers import NewAnswer
from core.appeals.evidence import Evidence
from core.appeals.model import Answer
from core.appeals.notices.model import Notice
from core.appeals.rules.lifecycle import Outcome
from core.attachments.kinds import ScanState
from core.attachments.model import Attachment
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.work import Work
from tests.core.appeals.conftest import EXPLAINED, SOLVED, Desk
from tests.core.appeals.test_handover import refused
from tests.fixtures.answers import sent
from tests.fixtures.proofs import attached

PHOTO = (Evidence("photo"),)


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
        (
            replace(SOLVED, evidence=(Evidence("photo", None, "ф-1"),)),
            RefusalCode.EVIDENCE_REQUIRED,
        ),
        (replace(SOLVED, evidence=(Evidence("photo", 10_000),)), RefusalCode.NOT_FOUND),
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
    (row,) = (await answer_row(desk, appeal_id)).evidence
    digest = row.pop("digest")
    assert (row, len(digest)) == (
        {"kind": "photo", "reference": "вложение 1", "attachment": 1},
        64,
    )


@pytest.mark.clause("tsur.practice/evidence.photo")
async def test_proof_is_an_attachment_of_this_case_and_a_photo_is_a_picture(desk: Desk) -> None:
    taken, other = await desk.take(), await desk.take(external_id="п-2")
    await desk.accept(taken.appeal_id)
    async with desk.work(system()) as work:
        foreign = await attached(work, other.appeal_id, PHOTO)
        (paper,) = await attached(work, taken.appeal_id, (Evidence("document"),))
        (sick,) = await attached(work, taken.appeal_id, PHOTO)
        infected = await work.session.get_one(Attachment, sick.attachment)
        infected.state = ScanState.INFECTED
    for given, code in (
        (foreign, RefusalCode.NOT_FOUND),
        ([replace(paper, kind="photo")], RefusalCode.INVALID),
        ([sick], RefusalCode.FILE_INFECTED),
    ):
        new = replace(SOLVED, evidence=given)
        step = partial(answer_with, new)
        assert (await refused(desk, desk.official, step, taken.appeal_id)).code is code


async def answer_with(new: NewAnswer, work: Work, appeal_id: int) -> None:
    await answers.answer(work, appeal_id, new)


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
