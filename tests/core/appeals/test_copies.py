"""Copies to several bodies: each once, one failure stops no other, and results asked back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from core.appeals import answers, handover
from core.appeals.copies import Copy, copy_to, run_copy
from core.appeals.duplicates.model import DuplicateProposal
from core.appeals.duplicates.search import run_propose
from core.appeals.ledger import deadlines_of, pure
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.registration import register_forwarded
from core.appeals.rules.results import asked_results
from core.directory.model import Body
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.queue import JobState, QueuedJob
from core.worker.runs import run_job
from tests.core.appeals.conftest import EXPLAINED, Desk
from tests.core.appeals.test_forwarding import notices
from tests.core.appeals.test_handover import refused

THREE = (
    Copy("agency", "о ремонте моста"),
    Copy("second", "об освещении"),
    Copy("third", "о пособии"),
)


@pytest.fixture
async def appeal_id(desk: Desk) -> int:
    """A case in work at the ministry, beside which there are two bodies more."""
    async with desk.work(system()) as work:
        work.session.add(Body(key="second", name="Второй орган", kind="executive"))
        work.session.add(Body(key="third", name="Третий орган", kind="executive"))
    taken = await desk.take()
    await desk.accept(taken.appeal_id)
    return taken.appeal_id


async def send(desk: Desk, appeal_id: int, copies: Sequence[Copy] = THREE, **given: Any) -> None:
    async with desk.work(desk.chief) as work:
        await copy_to(work, appeal_id, copies, **given)


async def work_off(desk: Desk) -> list[tuple[str, str]]:
    """Run every copy's job that is due, once; (body, state) of them all."""
    async with desk.region.database.reading() as session:
        query = select(QueuedJob.id).where(QueuedJob.name == "appeals.copy").order_by(QueuedJob.id)
        jobs = list(await session.scalars(query))
    for job in jobs:
        await run_job(desk.region, job)
    async with desk.region.database.reading() as session:
        rows = [await session.get_one(QueuedJob, job) for job in jobs]
        return [(row.payload["body"], row.state) for row in rows]


async def copies_of(desk: Desk) -> dict[str, Appeal]:
    """The cases that are copies, by their external id."""
    async with desk.region.database.reading() as session:
        query = select(Appeal).where(Appeal.external_id.like("п-1/%")).order_by(Appeal.id)
        return {row.external_id: row for row in await session.scalars(query)}


async def shut(desk: Desk, key: str, on: date | None) -> None:
    async with desk.work(system()) as work:
        await work.session.execute(update(Body).where(Body.key == key).values(closed=on))


@pytest.mark.clause("fz59/8.4", "fz59/10.1.5")
async def test_each_body_gets_its_question_and_the_applicant_is_told(
    desk: Desk, appeal_id: int
) -> None:
    await send(desk, appeal_id)
    rows = [row for row in await desk.ledger(appeal_id) if row.fact == "copied"]
    assert [(row.body, row.reason, row.clause) for row in rows] == [
        (copy.body, copy.question, "fz59/8.4") for copy in THREE
    ]
    assert (await desk.appeal(appeal_id)).state == "in_work"
    ((kind, text),) = await notices(desk)
    assert kind == "copied"
    assert text.startswith("Министерство полигона\nИсх. № ПЛ-2026-000001/1 от 02.03.2026\n")
    assert "Агентство: о ремонте моста; Второй орган: об освещении; Третий орган" in text
    assert "(часть 4 статьи 8, пункт 5 части 1 статьи 10 Федерального закона" in text
    assert "По вопросу «о пособии» ответ будет дан" in text
    assert "не позднее 04.04.2026. Орган: Третий орган." in text
    assert await work_off(desk) == [(copy.body, "done") for copy in THREE]
    cases = await copies_of(desk)
    assert list(cases) == ["п-1/agency", "п-1/second", "п-1/third"]
    copy = cases["п-1/third"]
    assert (copy.state, copy.text, copy.number) == ("assigned", LETTER_TEXT, "ПЛ-2026-000004")
    assert (copy.in_region_view, copy.in_federal_view) == (False, False)
    facts = await desk.facts(copy.id)
    assert facts == ["received", "registered", "routed", "accepted", "transferred"]
    assert (await desk.ledger(copy.id))[-1].reason == "о пособии"


@pytest.mark.clause("fz59/8.4")
async def test_one_fails_the_others_go_it_is_tried_again_and_nobody_gets_two(
    desk: Desk, appeal_id: int
) -> None:
    await send(desk, appeal_id)
    await shut(desk, "second", date(2026, 3, 2))
    assert await work_off(desk) == [("agency", "done"), ("second", "waiting"), ("third", "done")]
    assert list(await copies_of(desk)) == ["п-1/agency", "п-1/third"]
    await shut(desk, "second", None)
    desk.clock.forward(hours=2)
    assert {state for _, state in await work_off(desk)} == {JobState.DONE}
    cases = await copies_of(desk)
    assert len(cases) == 3
    await send(desk, appeal_id)
    async with desk.work(system()) as work:
        for copy in THREE:
            await run_copy(work, {"appeal": appeal_id, "body": copy.body})
    await work_off(desk)
    assert {key: row.id for key, row in (await copies_of(desk)).items()} == {
        key: row.id for key, row in cases.items()
    }
    assert (await desk.facts(appeal_id)).count("copied") == 3
    assert [kind for kind, _ in await notices(desk)] == ["copied"]


@pytest.mark.clause("fz59/8.4", "fz59/12.1", "fz59/8.2")
async def test_a_copy_has_terms_of_its_receivers_registration(desk: Desk, appeal_id: int) -> None:
    await send(desk, appeal_id, [THREE[0]])
    await work_off(desk)
    copy = (await copies_of(desk))["п-1/agency"]
    desk.clock.forward(days=2)
    async with desk.work(desk.stranger) as work:
        await register_forwarded(work, copy.id, "А-5")
        await handover.accept(work, copy.id)
        await answers.answer(work, copy.id, EXPLAINED)
    row, entries = await desk.appeal(copy.id), pure(await desk.ledger(copy.id))
    async with desk.work(desk.curator) as work:
        dues = {(d.rule.key, d.body): d for d in deadlines_of(work, row, entries)}
    agency = dues["answer", "agency"]
    assert agency.due_at is not None
    assert agency.due_at.isoformat() == "2026-04-03T18:59:59+00:00"
    assert dues["answer", "ministry"].relieved
    assert (await desk.appeal(appeal_id)).state == "in_work"


@pytest.mark.parametrize(
    ("copies", "code"),
    [
        ((), RefusalCode.INVALID),
        ((THREE[0], THREE[0]), RefusalCode.INVALID),
        ((Copy("ministry", "о дороге"),), RefusalCode.INVALID),
        ((THREE[0], Copy("second", " ")), RefusalCode.REASON_REQUIRED),
        ((THREE[0], Copy("nowhere", "о дороге")), RefusalCode.UNKNOWN_BODY),
        (tuple(Copy(f"b{n}", "о дороге") for n in range(21)), RefusalCode.INVALID),
    ],
)
async def test_what_is_refused_sends_no_copy_at_all(
    desk: Desk, appeal_id: int, copies: tuple[Copy, ...], code: RefusalCode
) -> None:
    refusal = await refused(desk, desk.chief, lambda w, i: copy_to(w, i, copies), appeal_id)
    assert refusal.code is code
    assert await desk.rows(QueuedJob) == 0


@pytest.mark.clause("fz59/8.6")
async def test_no_copy_of_a_complaint_goes_to_whom_it_is_about(desk: Desk) -> None:
    taken = await desk.take(addressee="agency", complained_body="ministry")
    copies = (Copy("office", "о дороге"),)
    refusal = await refused(desk, desk.curator, lambda w, i: copy_to(w, i, copies), taken.appeal_id)
    assert refusal.code is RefusalCode.BODY_COMPLAINED_OF


@pytest.mark.clause("fz59/8.6")
async def test_a_body_that_became_subordinate_on_the_way_gets_no_copy(desk: Desk) -> None:
    taken = await desk.take(addressee="agency", complained_body="ministry")
    async with desk.work(system()) as work:
        work.session.add(Body(key="third", name="Третий орган", kind="executive"))
        await work.session.flush()
        await copy_to(work, taken.appeal_id, [THREE[2]])
        ministry = await desk.body_id("ministry")
        moved = update(Body).where(Body.key == "third").values(parent_id=ministry)
        await work.session.execute(moved)
    assert await work_off(desk) == [("third", "waiting")]
    assert await copies_of(desk) == {}


@pytest.mark.clause("fz59/8.5")
async def test_results_may_be_asked_of_a_copy_too(desk: Desk, appeal_id: int) -> None:
    await send(desk, appeal_id, [THREE[0]], results=True)
    await work_off(desk)
    copy = (await copies_of(desk))["п-1/agency"]
    (asked,) = asked_results(pure(await desk.ledger(copy.id)))
    assert (asked.asker, asked.of) == ("ministry", "agency")


async def test_the_history_of_a_copy_is_the_originals_up_to_it(desk: Desk, appeal_id: int) -> None:
    await send(desk, appeal_id, [THREE[0]])
    async with desk.work(desk.chief) as work:
        await handover.transfer(work, appeal_id, "third", "остальное не наше")
    await work_off(desk)
    copy = (await copies_of(desk))["п-1/agency"]
    assert copy.previous_body_id == await desk.body_id("ministry")
    original, own = await desk.ledger(appeal_id), await desk.ledger(copy.id)
    assert [said(row) for row in own[:-1]] == [said(row) for row in original[:4]]


def said(row: LedgerEntry) -> tuple[object, ...]:
    return row.seq, row.fact, row.at, row.body, row.actor, row.clause, row.data


LETTER_TEXT = "На улице Полевой глубокая яма, машины бьют колёса."


async def test_a_copy_is_proposed_as_nobodys_duplicate(desk: Desk, appeal_id: int) -> None:
    await send(desk, appeal_id)
    await work_off(desk)
    other = await desk.take(external_id="п-2")
    await run_propose(desk.region, {})
    async with desk.region.database.reading() as session:
        pairs = {(row.appeal_id, row.other_id) for row in await session.scalars(PROPOSALS)}
    assert pairs == {(other.appeal_id, appeal_id)}
    assert {row.copy_of_id for row in (await copies_of(desk)).values()} == {appeal_id}


PROPOSALS = select(DuplicateProposal)
