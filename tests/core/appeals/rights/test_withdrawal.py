"""Taking an appeal back by a written statement: the clock ends, the record stays (5 п. 5)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from core.appeals import answers
from core.appeals.ledger import deadlines_of, pure
from core.appeals.rights.withdrawal import Statement, withdraw
from core.appeals.satisfaction.figures import DisputeDimension, analyse_disputes
from core.appeals.satisfaction.service import Opinion
from core.appeals.words import word_of
from core.kernel.access import Actor
from core.kernel.codes import RefusalCode
from core.shapes.deadlines.rules.standing import Standing
from tests.core.appeals.conftest import EXPLAINED, Desk
from tests.core.appeals.disputes.conftest import (
    Refused,
    answered,
    disputes,
    letters,
    object_to,
    refused,
)
from tests.core.appeals.papers import STATUTE
from tests.core.appeals.papers import letter as paper
from tests.core.appeals.test_satisfaction import give, link

__all__ = ["refused"]
PAPER = "вх. 7 от 02.03.2026"


async def take_back(desk: Desk, appeal_id: int, actor: Actor | None = None, **said: Any) -> None:
    async with desk.work(actor or desk.coordinator) as work:
        given = {"stated_on": work.today, "reference": PAPER, **said}
        await withdraw(work, appeal_id, Statement(**given))


@pytest.mark.clause("fz59/5", "fz59/5.5")
async def test_a_withdrawal_ends_the_clock_and_keeps_the_record(desk: Desk) -> None:
    taken = await desk.take()
    desk.clock.forward(days=3)
    await take_back(desk, taken.appeal_id, stated_on=date(2026, 3, 4))
    appeal, rows = await desk.appeal(taken.appeal_id), await desk.ledger(taken.appeal_id)
    assert (appeal.state, appeal.outcome, appeal.answered_at) == ("closed", "withdrawn", None)
    assert [row.fact for row in rows] == ["received", "registered", "routed", "withdrawn"]
    place = word_of(desk.region.sealing.vault, rows[-1].data, "reference")
    assert (rows[-1].data["stated_on"], place, rows[-1].clause) == (
        "2026-03-04", PAPER, "fz59/5.5",
    )  # fmt: skip
    desk.clock.forward(days=200)
    async with desk.work(desk.coordinator) as work:
        dues = deadlines_of(work, appeal, pure(rows))
        ended = {due.rule.key: due.standing(work.now) for due in dues if due.due_at}
    assert set(ended.values()) == {Standing.MET}
    assert await letters(desk, appeal.id, "withdrawn") == [
        paper(
            f"Рассмотрение Вашего обращения от 02.03.2026 № {appeal.number} прекращено 05.03.2026"
            f" на основании Вашего заявления от 04.03.2026 (пункт 5 статьи 5 {STATUTE})."
            " Вы вправе обратиться вновь.",
            on="05.03.2026",
            signer="",
        )
    ]


async def test_a_message_is_taken_back_without_the_statute(desk: Desk) -> None:
    taken = await desk.take(channel="portal", contact=None)
    await take_back(desk, taken.appeal_id)
    (letter,) = await letters(desk, taken.appeal_id, "withdrawn")
    assert f"\n\nРассмотрение Вашего сообщения от 02.03.2026 № {taken.number}" in letter
    assert "59-ФЗ" not in letter


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"reference": " "}, RefusalCode.PROOF_REQUIRED),
        ({"reference": "я" * 201}, RefusalCode.PROOF_REQUIRED),
        ({"stated_on": date(2026, 3, 1)}, RefusalCode.DATE_OUT_OF_RANGE),
        ({"stated_on": date(2026, 3, 3)}, RefusalCode.DATE_OUT_OF_RANGE),
        ({"signatories": 2}, RefusalCode.INVALID),
    ],
)
@pytest.mark.clause("fz59/5.5")
async def test_a_statement_is_on_paper_in_time_and_of_all_who_signed(
    desk: Desk, refused: Refused, said: dict[str, Any], code: RefusalCode
) -> None:
    taken = await desk.take(signatories=3)
    refusal = await refused(take_back(desk, taken.appeal_id, **{"signatories": 3, **said}))
    assert (refusal.code, refusal.clause and refusal.clause.ref) == (code, "fz59/5.5")
    await take_back(desk, taken.appeal_id, signatories=3)


async def test_what_is_answered_is_not_taken_back(desk: Desk, refused: Refused) -> None:
    old = await answered(desk)
    assert (await refused(take_back(desk, old.id))).code is RefusalCode.WRONG_STATE
    refusal = await refused(take_back(desk, old.id, desk.official))
    assert refusal.code is RefusalCode.FORBIDDEN


async def test_a_disputed_case_taken_back_waits_for_no_judge(desk: Desk) -> None:
    old = await answered(desk)
    await give(desk, await link(desk), Opinion(1, dispute="Яма на месте"))
    await take_back(desk, old.id)
    (dispute,) = await disputes(desk)
    assert (dispute.withdrawn_at, dispute.judged_at) == (desk.now(), None)
    desk.clock.forward(days=200)
    async with desk.region.reading(desk.curator) as work:
        (one,) = await analyse_disputes(work, [DisputeDimension.VERDICT])
    assert (one.values, one.total, one.judged, one.overdue) == (("withdrawn",), 1, 0, 0)


async def test_an_objection_taken_back_leaves_the_answer_as_it_was(desk: Desk) -> None:
    old = await answered(desk)
    new = await object_to(desk, old)
    desk.clock.forward(days=1)
    await take_back(desk, new.appeal_id)
    after = await desk.appeal(old.id)
    assert (after.state, after.due_rule, after.due_at) == ("closed", old.due_rule, old.due_at)
    assert (await desk.ledger(old.id))[-1].reason == "заявитель отозвал возражение"
    (dispute,) = await disputes(desk)
    assert (dispute.withdrawn_at, dispute.judged_at) == (desk.now(), None)


async def test_what_the_link_had_disputed_before_is_still_to_be_judged(desk: Desk) -> None:
    old = await answered(desk)
    await give(desk, await link(desk), Opinion(1, dispute="Яма на месте"))
    new = await object_to(desk, old)
    await take_back(desk, new.appeal_id)
    (dispute,) = await disputes(desk)
    assert (dispute.withdrawn_at, dispute.by_appeal_id) == (None, None)
    assert (await desk.appeal(old.id)).state == "disputed"


async def test_an_answer_after_a_withdrawal_is_refused(desk: Desk, refused: Refused) -> None:
    taken = await desk.take()
    await desk.accept(taken.appeal_id)
    await take_back(desk, taken.appeal_id)
    desk.clock.forward(seconds=timedelta(hours=1).seconds)
    async with desk.work(desk.official) as work:
        refusal = await refused(answers.answer(work, taken.appeal_id, EXPLAINED))
    assert refusal.code is RefusalCode.WRONG_STATE
