"""Article 11 of 59-ФЗ: each ground with its own proof, letter, term and decider."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from core.appeals.conclusion.model import Conclusion
from core.appeals.conclusion.service import leave_unanswered
from core.appeals.handover import accept
from core.appeals.ledger import deadlines_of, pure
from core.appeals.model import Appeal
from core.appeals.notices.model import Notice
from core.appeals.rules.deadlines import DueDate
from core.appeals.rules.grounds import EarlierAnswer, Proof
from core.appeals.rules.ledger import holdings, summary
from core.appeals.rules.lifecycle import Fact, Outcome, State
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.shapes.deadlines.rules.standing import Standing
from tests.core.appeals.conclusions import CLAUSES, EARLIER, LETTERS, PROOFS
from tests.core.appeals.conftest import Desk
from tests.core.appeals.papers import letter
from tests.core.appeals.test_handover import refused

ON = date(2026, 3, 2)


async def in_work(desk: Desk, **changes: Any) -> int:
    taken = await desk.take(**changes)
    await desk.accept(taken.appeal_id)
    return taken.appeal_id


async def conclude(desk: Desk, appeal_id: int, outcome: Outcome) -> None:
    async with desk.work(desk.chief) as work:
        await leave_unanswered(work, appeal_id, outcome, PROOFS[outcome])


async def dues(desk: Desk, appeal_id: int) -> Sequence[DueDate]:
    appeal, rows = await desk.appeal(appeal_id), await desk.ledger(appeal_id)
    async with desk.work(desk.coordinator) as work:
        return deadlines_of(work, appeal, pure(rows))


@pytest.mark.clause(*CLAUSES.values())
@pytest.mark.parametrize("outcome", PROOFS)
async def test_each_ground_ends_the_answer_with_its_letter(desk: Desk, outcome: Outcome) -> None:
    appeal_id = await in_work(desk)
    await conclude(desk, appeal_id, outcome)
    appeal, entry = await desk.appeal(appeal_id), (await desk.ledger(appeal_id))[-1]
    assert (appeal.state, appeal.outcome, appeal.answered_at) == (State.CLOSED, outcome, None)
    assert (appeal.closed_at, appeal.due_at, appeal.due_rule) == (desk.now(), None, None)
    assert (entry.fact, entry.clause, entry.data) == (
        Fact.CONCLUDED,
        CLAUSES[outcome],
        {"outcome": outcome},
    )
    async with desk.region.database.reading() as session:
        (notice,) = await session.scalars(select(Notice))
        (row,) = await session.scalars(select(Conclusion))
    assert (notice.kind, notice.text) == ("concluded", letter(LETTERS[outcome]))
    assert (row.outcome, row.seq, row.actor) == (outcome, entry.seq, "chief")
    assert row.proof.keys() == {str(kind) for kind in PROOFS[outcome].given}


@pytest.mark.clause("fz59/11.3")
async def test_the_ledger_alone_tells_it(desk: Desk) -> None:
    appeal_id = await in_work(desk)
    desk.clock.forward(days=2)
    await conclude(desk, appeal_id, Outcome.ABUSIVE)
    desk.clock.forward(days=9)
    entries = pure(await desk.ledger(appeal_id))
    told = summary(entries)
    assert (told.state, told.outcome) == (State.CLOSED, Outcome.ABUSIVE)
    held = sum((part.length(desk.now()) for part in holdings(entries)), timedelta())
    assert held == timedelta(days=2)


@pytest.mark.clause("fz59/11.4", "fz59/11.4.1", "fz59/11.5.1")
@pytest.mark.parametrize("outcome", [Outcome.UNREADABLE, Outcome.UNCLEAR, Outcome.PUBLISHED])
@pytest.mark.parametrize(("after", "standing"), [(7, Standing.MET), (8, Standing.BREACHED)])
async def test_the_citizen_is_told_in_seven_days(
    desk: Desk, outcome: Outcome, after: int, standing: Standing
) -> None:
    appeal_id = await in_work(desk)
    desk.clock.forward(days=after)
    await conclude(desk, appeal_id, outcome)
    found = {due.rule.key: due for due in await dues(desk, appeal_id)}
    assert found[f"{outcome}-told"].standing(desk.now()) is standing
    assert {key for key in found if key.endswith("-told")} == {f"{outcome}-told"}
    assert (found["answer"].relieved, found["accelerated"].relieved) == (True, True)


@pytest.mark.clause("fz59/11", "fz59/12.1")
async def test_no_term_of_telling_stands_where_nothing_was_concluded(desk: Desk) -> None:
    appeal_id = await in_work(desk)
    assert not [due for due in await dues(desk, appeal_id) if due.rule.key.endswith("-told")]


@pytest.mark.clause("fz59/11.6", "fz59/12.1")
@pytest.mark.parametrize(("after", "relieved"), [(30, True), (31, False)])
async def test_a_conclusion_after_the_term_leaves_the_breach(
    desk: Desk, after: int, relieved: bool
) -> None:
    appeal_id = await in_work(desk)
    desk.clock.forward(days=after)
    await conclude(desk, appeal_id, Outcome.SECRET)
    (due,) = [due for due in await dues(desk, appeal_id) if due.rule.key == "answer"]
    breached = due.standing(desk.now()) is Standing.BREACHED
    assert (due.relieved, breached) == (relieved, not relieved)


REFUSED = [
    (Outcome.ABUSIVE, Proof(), RefusalCode.PROOF_REQUIRED),
    (Outcome.ABUSIVE, Proof(passage="  "), RefusalCode.PROOF_REQUIRED),
    (Outcome.ABUSIVE, Proof(passage="дурак"), RefusalCode.PROOF_REQUIRED),
    (Outcome.UNREADABLE, Proof(findings="Размыт текст"), RefusalCode.PROOF_REQUIRED),
    (Outcome.UNREADABLE, Proof(copy="скан-17"), RefusalCode.PROOF_REQUIRED),
    (Outcome.UNCLEAR, PROOFS[Outcome.UNREADABLE], RefusalCode.INVALID),
    (Outcome.UNCLEAR, Proof(findings="\x00"), RefusalCode.TEXT_UNREADABLE),
    (Outcome.UNCLEAR, Proof(findings="я" * 4001), RefusalCode.TEXT_TOO_LONG),
    (Outcome.SECRET, Proof(findings="тайна"), RefusalCode.PROOF_REQUIRED),
    (Outcome.PUBLISHED, Proof(page="на нашем сайте"), RefusalCode.PROOF_REQUIRED),
    (Outcome.PUBLISHED, Proof(page="ftp://ministry.example.ru"), RefusalCode.PROOF_REQUIRED),
    (Outcome.EXPLAINED, Proof(findings="всё ясно"), RefusalCode.NOT_PROVIDED),
    (Outcome.WITHDRAWN, Proof(findings="всё ясно"), RefusalCode.NOT_PROVIDED),
]


@pytest.mark.clause("fz59/11.3", "fz59/11.4", "fz59/11.4.1", "fz59/11.5.1", "fz59/11.6")
@pytest.mark.parametrize(("outcome", "proof", "code"), REFUSED)
async def test_no_ground_without_its_own_proof(
    desk: Desk, outcome: Outcome, proof: Proof, code: RefusalCode
) -> None:
    await _refused(desk, outcome, proof, code)


ENDED = PROOFS[Outcome.CORRESPONDENCE_ENDED]
TOO_FEW = [
    EARLIER[:1],
    (EARLIER[0], EarlierAnswer("А-11 ", date(2025, 9, 8))),
    (EARLIER[0], EarlierAnswer(" ", date(2025, 9, 8))),
    (EARLIER[0], EarlierAnswer("А-12", ON)),
    (EARLIER[0], EarlierAnswer("ПЛ-2026-000001", date(2025, 9, 8))),
]


@pytest.mark.clause("fz59/11.5")
@pytest.mark.parametrize("earlier", TOO_FEW)
async def test_correspondence_is_not_ended_without_answers_before(
    desk: Desk, earlier: tuple[EarlierAnswer, ...]
) -> None:
    proof = Proof(question=ENDED.question, earlier=earlier, decision="7-р")
    await _refused(desk, Outcome.CORRESPONDENCE_ENDED, proof, RefusalCode.PROOF_REQUIRED)


@pytest.mark.clause("fz59/11.5")
@pytest.mark.parametrize(
    ("who", "code"),
    [("official", RefusalCode.FORBIDDEN), ("coordinator", RefusalCode.FORBIDDEN)],
)
async def test_only_the_head_ends_correspondence(desk: Desk, who: str, code: RefusalCode) -> None:
    await _refused(desk, Outcome.CORRESPONDENCE_ENDED, ENDED, code, who)


@pytest.mark.clause("fz59/11.5")
async def test_nobody_ends_it_in_his_own_case(desk: Desk) -> None:
    taken = await desk.take()
    async with desk.work(desk.chief) as work:
        await accept(work, taken.appeal_id)
    before = await desk.rows(Conclusion, Notice)
    refusal = await refused(
        desk,
        desk.chief,
        lambda w, i: leave_unanswered(w, i, Outcome.CORRESPONDENCE_ENDED, ENDED),
        taken.appeal_id,
    )
    assert refusal.code is RefusalCode.APPROVER_TOO_LOW
    assert await desk.rows(Conclusion, Notice) == before


@pytest.mark.clause("fz59/11")
async def test_what_is_no_appeal_has_no_such_grounds(desk: Desk) -> None:
    appeal_id = await in_work(desk, channel="social-networks")
    refusal = await refused(
        desk,
        desk.chief,
        lambda w, i: leave_unanswered(w, i, Outcome.ABUSIVE, PROOFS[Outcome.ABUSIVE]),
        appeal_id,
    )
    assert refusal.code is RefusalCode.NOT_PROVIDED


@pytest.mark.clause("fz59/11")
@pytest.mark.parametrize("outcome", PROOFS)
async def test_history_does_not_bring_such_an_outcome_without_proof(
    desk: Desk, outcome: Outcome
) -> None:
    with pytest.raises(Refusal) as caught:
        await desk.take(answered_at=desk.now(), outcome=outcome)
    assert caught.value.code is RefusalCode.PROOF_REQUIRED
    assert await desk.rows(Appeal, Notice) == 0


@pytest.mark.clause("fz59/8.2", "fz59/11")
async def test_a_body_first_accepts_what_it_was_given(desk: Desk) -> None:
    taken = await desk.take()
    refusal = await refused(
        desk,
        desk.chief,
        lambda w, i: leave_unanswered(w, i, Outcome.ABUSIVE, PROOFS[Outcome.ABUSIVE]),
        taken.appeal_id,
    )
    assert refusal.code is RefusalCode.WRONG_STATE


async def _refused(
    desk: Desk, outcome: Outcome, proof: Proof, code: RefusalCode, who: str = "chief"
) -> None:
    appeal_id = await in_work(desk)
    before = await desk.rows(Conclusion, Notice)
    actor = getattr(desk, who)
    refusal = await refused(
        desk, actor, lambda w, i: leave_unanswered(w, i, outcome, proof), appeal_id
    )
    assert (refusal.code, bool(refusal.clause)) == (code, True)
    assert await desk.rows(Conclusion, Notice) == before


@pytest.mark.clause("fz59/11.4.1")
async def test_what_no_route_fits_is_concluded_from_the_queue(desk: Desk) -> None:
    taken = await desk.take(theme=None, addressee=None)
    async with desk.work(desk.curator) as work:
        await leave_unanswered(work, taken.appeal_id, Outcome.UNCLEAR, PROOFS[Outcome.UNCLEAR])
    appeal = await desk.appeal(taken.appeal_id)
    assert (appeal.state, appeal.outcome, appeal.body_id) == (State.CLOSED, Outcome.UNCLEAR, None)


@pytest.mark.clause("fz59/11")
async def test_a_service_concludes_nothing(desk: Desk) -> None:
    await _refused(
        desk, Outcome.UNCLEAR, PROOFS[Outcome.UNCLEAR], RefusalCode.FORBIDDEN, "coordinator"
    )
