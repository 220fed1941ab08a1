"""An appeal without surname or address: registered, owed no answer, and nobody is written to."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from core.appeals import handover
from core.appeals.applicants.contact import Contact
from core.appeals.conclusion.service import leave_unanswered
from core.appeals.copies import Copy, copy_to
from core.appeals.identity import identify
from core.appeals.ledger import deadlines_of, pure
from core.appeals.rules.grounds import Proof
from core.appeals.rules.intake import Identification, Regime
from core.appeals.rules.lifecycle import Outcome
from core.appeals.rules.no_term import no_term_reason
from core.appeals.send_back import return_court_decision, send_back
from core.kernel.codes import RefusalCode
from core.shapes.deadlines.rules.standing import Standing
from tests.core.appeals.conclusions import PROOFS
from tests.core.appeals.conftest import Desk
from tests.core.appeals.test_forwarding import notices
from tests.core.appeals.test_handover import refused

NOWHERE: dict[str, Any] = {"anonymous": True, "contact": None}
UNSIGNED: dict[str, Any] = {"anonymous": True, "contact": Contact(address="ул. Полевая, 1")}
SHOWN = Proof(findings="подписи и обратного адреса нет")


async def in_work(desk: Desk, **changes: Any) -> int:
    taken = await desk.take(**changes)
    await desk.accept(taken.appeal_id)
    return taken.appeal_id


@pytest.mark.parametrize(("author", "told"), [(NOWHERE, 0), (UNSIGNED, 1)], ids=["none", "address"])
@pytest.mark.parametrize("step", ["forwarded", "copied", "concluded"])
@pytest.mark.clause("fz59/11.1", "fz59/8.3")
async def test_a_letter_is_written_to_an_address_alone(
    desk: Desk, author: dict[str, Any], told: int, step: str
) -> None:
    appeal_id = await in_work(desk, **author)
    async with desk.work(desk.chief) as work:
        if step == "forwarded":
            await handover.transfer(work, appeal_id, "agency", "не наше")
        elif step == "copied":
            await copy_to(work, appeal_id, [Copy("agency", "о дороге")])
        else:
            await leave_unanswered(work, appeal_id, Outcome.UNCLEAR, PROOFS[Outcome.UNCLEAR])
    assert [kind for kind, _ in await notices(desk)] == [step] * told


@pytest.mark.parametrize("author", [NOWHERE, UNSIGNED], ids=["none", "address"])
@pytest.mark.clause("fz59/11.1")
async def test_it_is_ended_by_its_own_ground_and_without_a_letter(
    desk: Desk, author: dict[str, Any]
) -> None:
    appeal_id = await in_work(desk, offence=True, **author)
    async with desk.work(desk.chief) as work:
        await leave_unanswered(work, appeal_id, Outcome.ANONYMOUS, SHOWN)
    desk.clock.forward(days=60)
    appeal, entries = await desk.appeal(appeal_id), pure(await desk.ledger(appeal_id))
    assert (appeal.state, appeal.outcome, await notices(desk)) == ("closed", "anonymous", [])
    async with desk.work(desk.curator) as work:
        dues = deadlines_of(work, appeal, entries)
    reason = no_term_reason(entries, dues, Regime(appeal.regime))
    assert reason is not None
    assert reason.clause.ref == "fz59/11.1"
    standings = {due.rule.key: due.standing(desk.now()) for due in dues}
    assert "answer" not in standings
    assert standings["offence-forwarding"] is Standing.BREACHED


@pytest.mark.clause("fz59/11.1", "fz59/7.3")
async def test_who_is_found_out_when_it_is_ended_begins_no_term(desk: Desk) -> None:
    appeal_id = await in_work(desk, **NOWHERE)
    async with desk.work(desk.chief) as work:
        await leave_unanswered(work, appeal_id, Outcome.ANONYMOUS, SHOWN)
    async with desk.work(desk.coordinator) as work:
        await identify(work, appeal_id, Identification.RECEPTION, "пришёл на приём")
    appeal = await desk.appeal(appeal_id)
    assert (appeal.identified_by, appeal.due_at) == ("reception", None)


@pytest.mark.parametrize(
    ("author", "proof", "code"),
    [
        ({}, SHOWN, RefusalCode.INVALID),
        (NOWHERE, Proof(), RefusalCode.PROOF_REQUIRED),
        (NOWHERE, Proof(norm="статья 5 Закона № 5485-1"), RefusalCode.PROOF_REQUIRED),
    ],
    ids=["known", "unproven", "another proof"],
)
@pytest.mark.clause("fz59/11.1")
async def test_the_ground_is_of_such_appeals_alone(
    desk: Desk, author: dict[str, Any], proof: Proof, code: RefusalCode
) -> None:
    appeal_id = await in_work(desk, **author)
    step = partial(leave_unanswered, outcome=Outcome.ANONYMOUS, proof=proof)
    refusal = await refused(desk, desk.chief, step, appeal_id)
    assert (refusal.code, refusal.clause and refusal.clause.ref) == (code, "fz59/11.1")


@pytest.mark.clause("fz59/8.7", "fz59/11.1", "fz59/11.2")
async def test_what_nobody_can_be_given_back_is_not_given_back(desk: Desk) -> None:
    taken = await desk.take(complained_body="ministry", **NOWHERE)
    for step in (
        partial(send_back, complained_of="решение об отказе"),
        partial(return_court_decision, decision="суд, № 2-1", order="апелляция"),
    ):
        refusal = await refused(desk, desk.coordinator, step, taken.appeal_id)
        assert (refusal.code, refusal.clause and refusal.clause.ref) == (
            RefusalCode.NOT_PROVIDED, "fz59/11.1",
        )  # fmt: skip
    known = await desk.take(external_id="п-2", complained_body="ministry", **UNSIGNED)
    async with desk.work(desk.coordinator) as work:
        await send_back(work, known.appeal_id, "решение об отказе")
    assert [kind for kind, _ in await notices(desk)] == ["sent_back"]
