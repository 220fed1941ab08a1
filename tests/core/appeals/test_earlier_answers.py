"""Answers given before, by which correspondence is ended: in writing, to him, by the same body."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from core.appeals.answers import answer
from core.appeals.applicants.contact import Contact
from core.appeals.conclusion.service import leave_unanswered
from core.appeals.delivery.outcomes import unsend
from core.appeals.handover import accept
from core.appeals.model import Appeal
from core.appeals.rules.grounds import EarlierAnswer, Proof
from core.appeals.rules.lifecycle import Outcome, State
from core.kernel.codes import RefusalCode
from core.kernel.work import Work
from tests.core.appeals.conclusions import EARLIER
from tests.core.appeals.conftest import EXPLAINED, Desk
from tests.core.appeals.test_conclusion import ENDED, in_work
from tests.core.appeals.test_handover import refused
from tests.core.appeals.test_reception import ORAL, receiving


@pytest.mark.clause("fz59/11.5")
@pytest.mark.parametrize(
    ("said_on", "where", "right"),
    [
        (date(2026, 3, 2), "ministry", True),
        (date(2026, 3, 1), "ministry", False),
        (date(2026, 3, 2), "agency", False),
    ],
)
async def test_the_register_must_know_the_answers_before(
    desk: Desk, said_on: date, where: str, right: bool
) -> None:
    number = await _answered_by(desk, where)
    desk.clock.forward(days=40)
    appeal_id = await in_work(desk, external_id="п-2")
    earlier = (EARLIER[0], EarlierAnswer(number, said_on))
    proof = Proof(question=ENDED.question, earlier=earlier, decision="7-р")

    async def end(work: Work, appeal_id: int) -> Appeal:
        return await leave_unanswered(work, appeal_id, Outcome.CORRESPONDENCE_ENDED, proof)

    if right:
        async with desk.work(desk.curator) as work:
            assert (await end(work, appeal_id)).state == State.CLOSED
    else:
        refusal = await refused(desk, desk.curator, end, appeal_id)
        assert refusal.code is RefusalCode.PROOF_REQUIRED


@pytest.mark.clause("fz59/11.5")
@pytest.mark.parametrize("how", ["by another", "told orally", "taken back"])
async def test_only_written_answers_to_the_same_author_end_correspondence(
    desk: Desk, how: str
) -> None:
    other = {"contact": Contact("Иная Вера Петровна", "vera@example.org")}
    number = await _answered_by(desk, "ministry", **(other if how == "by another" else {}))
    if how == "taken back":
        async with desk.work(desk.official) as work:
            (first,) = await work.session.scalars(select(Appeal.id))
            await unsend(work, first, "не тот адрес")
    if how == "told orally":
        card = {"obvious": True, "consent": True, "oral_answer": ORAL}
        number = (await receiving(desk, **card)).number
    desk.clock.forward(days=40)
    appeal_id = await in_work(desk, external_id="п-2")
    earlier = (EARLIER[0], EarlierAnswer(number, date(2026, 3, 2)))
    proof = Proof(question=ENDED.question, earlier=earlier, decision="7-р")
    refusal = await refused(
        desk,
        desk.curator,
        lambda w, i: leave_unanswered(w, i, Outcome.CORRESPONDENCE_ENDED, proof),
        appeal_id,
    )
    assert refusal.code is RefusalCode.PROOF_REQUIRED
    assert refusal.text == {
        "by another": f"Обращение № {number} подал другой заявитель",
    }.get(how, f"На обращение № {number} письменного ответа от 02.03.2026 не было")


async def _answered_by(desk: Desk, body: str, **changes: Any) -> str:
    """The number of an appeal that this body answered at once."""
    taken = await desk.take(addressee=body, **changes)
    official = {"ministry": desk.official, "agency": desk.stranger}[body]
    async with desk.work(official) as work:
        await accept(work, taken.appeal_id)
        await answer(work, taken.appeal_id, EXPLAINED)
    return taken.number
