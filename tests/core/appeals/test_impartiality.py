"""The official complained of handles nothing of the complaint, by whatever step or road."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import pytest
from sqlalchemy import select

from core.appeals import answers, copies, handover, results, send_back
from core.appeals.case import open_cases, open_step
from core.appeals.complaints import name_official
from core.appeals.delivery.dispatches import send
from core.appeals.delivery.model import Dispatch
from core.appeals.duplicates import service as duplicates
from core.appeals.executors import name_executor
from core.appeals.model import Appeal
from core.appeals.notices.model import Notice
from core.appeals.offences import send_offence
from core.appeals.prolongation import prolong
from core.appeals.registration import register_forwarded
from core.appeals.rights.withdrawal import Statement, withdraw
from core.appeals.rules.lifecycle import Fact, State, Transition
from core.appeals.satisfaction.judging import judge
from core.kernel.access import Actor, Grant, Scope, system
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import Permission, RefusalCode
from core.kernel.work import Work
from tests.core.appeals.conftest import EXPLAINED, Desk
from tests.core.appeals.disputes.conftest import object_to
from tests.core.appeals.test_handover import Step, refused
from tests.core.appeals.test_satisfaction import BAD, give, link
from tests.fixtures.actors import appoint
from tests.fixtures.answers import POSTED


@dataclass(frozen=True)
class Complaint:
    """A case and the official of whom it complains; with every right that there is."""

    appeal_id: int
    official: Actor


@pytest.fixture
async def complaint(desk: Desk) -> Complaint:
    taken = await desk.take()
    official = Actor("official", desk.official.person_id, (_everything(),))
    await name(desk, taken.appeal_id, desk.official)
    return Complaint(taken.appeal_id, official)


def _everything() -> Grant:
    return Grant("everything", 1000, frozenset(Permission), Scope())


async def name(desk: Desk, appeal_id: int, official: Actor) -> None:
    assert official.person_id is not None
    async with desk.work(desk.coordinator) as work:
        await name_official(work, appeal_id, official.person_id, "жалоба на него")


async def of_a_plugin(work: Work, appeal_id: int) -> object:
    """A step that no rule of the core knows, as a region's own is."""
    rule = Transition(
        "own",
        frozenset(State),
        None,
        Permission.ANSWER,
        Fact.DECLARED,
        clause=PRACTICE.cite("return"),
    )
    return await open_step(work, appeal_id, rule)


COPY = (copies.Copy("agency", "о дороге"),)
STEPS: Mapping[str, tuple[str, Step]] = {
    "executor": ("assigned", handover.accept),
    "registrar": ("assigned", lambda w, i: register_forwarded(w, i, "А-1")),
    "sender": ("assigned", lambda w, i: handover.transfer(w, i, "agency", "не наше")),
    "returner": ("assigned", lambda w, i: handover.return_case(w, i, "не наше")),
    "copier": ("in_work", lambda w, i: copies.copy_to(w, i, COPY)),
    "answerer": ("in_work", lambda w, i: answers.answer(w, i, EXPLAINED)),
    "prolonger": ("in_work", lambda w, i: prolong(w, i, date(2026, 4, 10), "ждём", "Ждём")),
    "withdrawer": ("in_work", lambda w, i: withdraw(w, i, Statement(w.today, "вх. 7"))),
    "closer": ("answered", answers.close),
    "reporter": ("answered", lambda w, i: results.give_results(w, i, "сделано")),
    "returner to the applicant": ("in_work", lambda w, i: send_back.send_back(w, i, "отказ")),
    "judge of the court": (
        "in_work",
        lambda w, i: send_back.return_court_decision(w, i, "суд", "порядок"),
    ),
    "a plugin's": ("in_work", of_a_plugin),
    "whoever names another": ("in_work", lambda w, i: name_official(w, i, 1, "не я")),
    "joiner": ("in_work", lambda w, i: duplicates.join(w, [i], "одно и то же")),
}


@pytest.mark.parametrize(("state", "step"), STEPS.values(), ids=STEPS)
@pytest.mark.clause("fz59/8.6")
async def test_the_official_takes_no_step(
    desk: Desk, complaint: Complaint, state: str, step: Step
) -> None:
    if state != "assigned":
        async with desk.work(desk.chief) as work:
            await handover.accept(work, complaint.appeal_id)
            if state == "answered":
                await answers.answer(work, complaint.appeal_id, EXPLAINED)
    refusal = await refused(desk, complaint.official, step, complaint.appeal_id)
    assert refusal.code is RefusalCode.OFFICIAL_COMPLAINED_OF
    assert refusal.clause is not None
    assert refusal.clause.ref == "fz59/8.6"


@pytest.mark.clause("fz59/8.6")
async def test_a_step_with_many_passes_his_complaint_over(desk: Desk, complaint: Complaint) -> None:
    other = await desk.take(external_id="п-2")
    async with desk.work(complaint.official) as work:
        cases = await open_cases(work, select(Appeal), "return")
        assert [case.appeal.id for case in cases] == [other.appeal_id]
    async with desk.work(desk.chief) as work:
        assert len(await open_cases(work, select(Appeal), "return")) == 2
    async with desk.work(system()) as work:
        assert len(await open_cases(work, select(Appeal), "return")) == 2


@pytest.mark.clause("fz59/8.6")
async def test_others_of_his_body_handle_it(desk: Desk, complaint: Complaint) -> None:
    async with desk.work(desk.chief) as work:
        await handover.accept(work, complaint.appeal_id)
        await answers.answer(work, complaint.appeal_id, EXPLAINED)
    row = next(r for r in await desk.ledger(complaint.appeal_id) if r.fact == "complained")
    assert (row.clause, row.data) == ("fz59/8.6", {"person": desk.official.person_id})


@pytest.mark.clause("fz59/8.6")
async def test_he_accepted_before_he_was_named_and_goes_no_further(desk: Desk) -> None:
    taken = await desk.take()
    await desk.accept(taken.appeal_id)
    await name(desk, taken.appeal_id, desk.official)
    refusal = await refused(
        desk, desk.official, lambda w, i: answers.answer(w, i, EXPLAINED), taken.appeal_id
    )
    assert refusal.code is RefusalCode.OFFICIAL_COMPLAINED_OF


@pytest.mark.clause("fz59/8.6")
async def test_no_body_gets_it_in_which_there_is_nobody_else(desk: Desk) -> None:
    taken = await desk.take()
    await name(desk, taken.appeal_id, desk.stranger)
    refusal = await refused(
        desk,
        desk.chief,
        lambda w, i: handover.transfer(w, i, "agency", "не наше"),
        taken.appeal_id,
    )
    assert refusal.code is RefusalCode.OFFICIAL_COMPLAINED_OF
    async with desk.work(system()) as work:
        await appoint(work, "body-head", body_id=await desk.body_id("agency"), subject="new")
    async with desk.work(desk.chief) as work:
        await handover.transfer(work, taken.appeal_id, "agency", "не наше")
    assert (await desk.appeal(taken.appeal_id)).body_id == await desk.body_id("agency")


@pytest.mark.parametrize(
    ("who", "person", "reason", "code"),
    [
        ("coordinator", 10_000, "жалоба", RefusalCode.NOT_FOUND),
        ("coordinator", 1, " ", RefusalCode.REASON_REQUIRED),
        ("official", 1, "жалоба", RefusalCode.FORBIDDEN),
    ],
)
async def test_who_may_name_whom(
    desk: Desk, who: str, person: int, reason: str, code: RefusalCode
) -> None:
    taken = await desk.take()
    refusal = await refused(
        desk,
        getattr(desk, who),
        lambda w, i: name_official(w, i, person, reason),
        taken.appeal_id,
    )
    assert refusal.code is code


@pytest.mark.clause("fz59/8.6")
async def test_what_his_body_has_alone_goes_to_the_coordinator(desk: Desk) -> None:
    taken = await desk.take(addressee="agency")
    await name(desk, taken.appeal_id, desk.stranger)
    appeal = await desk.appeal(taken.appeal_id)
    assert (appeal.state, appeal.body_id) == ("queued", None)
    assert (await desk.facts(taken.appeal_id))[-2:] == ["complained", "queued"]


@pytest.mark.clause("fz59/8.6")
async def test_nothing_is_given_back_to_him_who_is_alone(desk: Desk) -> None:
    taken = await desk.take(addressee="agency")
    async with desk.work(system()) as work:
        await handover.accept(work, taken.appeal_id)
        await handover.transfer(work, taken.appeal_id, "ministry", "не наше")
    await name(desk, taken.appeal_id, desk.stranger)
    async with desk.work(desk.official) as work:
        await handover.return_case(work, taken.appeal_id, "не наше")
    appeal = await desk.appeal(taken.appeal_id)
    assert (appeal.state, appeal.body_id) == ("queued", None)


@pytest.mark.clause("fz59/8.6")
async def test_he_does_not_judge_the_dispute(desk: Desk) -> None:
    appeal_id = await desk.closed()
    await give(desk, await link(desk), BAD)
    await name(desk, appeal_id, desk.curator)
    refusal = await refused(
        desk, desk.curator, lambda w, _: judge(w, 1, upheld=False, verdict="всё верно"), appeal_id
    )
    assert refusal.code is RefusalCode.OFFICIAL_COMPLAINED_OF
    assert (await desk.appeal(appeal_id)).state == "disputed"


@pytest.mark.clause("fz59/8.6")
async def test_named_he_is_the_executor_no_more(desk: Desk) -> None:
    taken = await desk.take()
    person = desk.official.person_id
    assert person is not None
    async with desk.work(desk.chief) as work:
        await name_executor(work, taken.appeal_id, person)
    await name(desk, taken.appeal_id, desk.curator)
    assert (await desk.appeal(taken.appeal_id)).executor_id == person
    await name(desk, taken.appeal_id, desk.official)
    assert (await desk.appeal(taken.appeal_id)).executor_id is None


@pytest.mark.clause("fz59/8.6")
async def test_what_he_signed_before_he_was_named_is_not_sent(desk: Desk) -> None:
    taken = await desk.take()
    await desk.accept(taken.appeal_id)
    signed = replace(EXPLAINED, dispatch=None)
    async with desk.work(desk.official) as work:
        await answers.answer(work, taken.appeal_id, signed)
    await name(desk, taken.appeal_id, desk.official)
    before = await desk.rows(Dispatch, Notice)
    refusal = await refused(desk, desk.chief, lambda w, i: send(w, i, POSTED), taken.appeal_id)
    assert (refusal.code, refusal.clause and refusal.clause.ref) == (
        RefusalCode.OFFICIAL_COMPLAINED_OF, "fz59/8.6",
    )  # fmt: skip
    assert await desk.rows(Dispatch, Notice) == before
    async with desk.work(desk.chief) as work:
        await answers.answer(work, taken.appeal_id, EXPLAINED)
    assert (await desk.appeal(taken.appeal_id)).state == "answered"


@pytest.mark.clause("fz59/8.6")
async def test_he_does_not_judge_a_dispute_whose_new_appeal_complains_of_him(desk: Desk) -> None:
    old = await desk.appeal(await desk.answered())
    new = await object_to(desk, old)
    await name(desk, new.appeal_id, desk.curator)
    refusal = await refused(
        desk, desk.curator, lambda w, _: judge(w, 1, upheld=False, verdict="всё верно"), old.id
    )
    assert refusal.code is RefusalCode.OFFICIAL_COMPLAINED_OF
    assert (await desk.appeal(old.id)).state == "disputed"


@pytest.mark.clause("fz59/8.6")
async def test_facts_of_an_offence_do_not_go_to_him_who_is_alone(desk: Desk) -> None:
    taken = await desk.take(offence=True)
    await name(desk, taken.appeal_id, desk.stranger)
    before = await desk.facts(taken.appeal_id)
    refusal = await refused(
        desk,
        desk.coordinator,
        lambda w, i: send_offence(w, i, "agency", "Составление протокола"),
        taken.appeal_id,
    )
    assert refusal.code is RefusalCode.OFFICIAL_COMPLAINED_OF
    assert await desk.facts(taken.appeal_id) == before
