"""The sweep: every rung once, repeated only as the rules say, nothing scanned twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from core.appeals.delivery.outcomes import unsend
from core.appeals.escalation import service
from core.appeals.escalation.model import Escalation
from core.appeals.escalation.service import digest, recall_unaccepted, sweep
from core.appeals.model import Appeal
from core.kernel.access import system
from core.kernel.incidents.model import Incident
from core.kernel.journal import JournalEntry
from tests.core.appeals.conftest import Desk
from tests.fixtures.actors import appoint
from tests.fixtures.statements import queries


async def run(desk: Desk) -> int:
    async with desk.work(system()) as work:
        return await sweep(work)


async def raised(desk: Desk) -> list[tuple[str, int, int]]:
    async with desk.region.database.reading() as session:
        rows = await session.scalars(select(Escalation).order_by(Escalation.id))
        return [(row.step, row.round, row.person_id) for row in rows]


@pytest.mark.clause("tsur.practice/escalation.reminder", "tsur.practice/escalation.head")
async def test_the_ladder_is_walked_one_rung_at_a_time(desk: Desk) -> None:
    async with desk.work(system()) as work:
        responsible = await appoint(work, "block-responsible", blocks=["roads"], subject="resp")
        head = await appoint(work, "head", subject="head")
    taken = await desk.take()
    due_at = (await desk.appeal(taken.appeal_id)).due_at
    assert due_at is not None
    expected: list[tuple[str, int, int | None]] = []
    for moment, news in (
        (due_at - timedelta(days=8), []),
        (due_at - timedelta(days=7), [("reminder", 0, desk.official.person_id)]),
        (due_at - timedelta(days=3), [("body-head", 0, desk.chief.person_id)]),
        (due_at, [("block", 0, responsible.person_id)]),
        (due_at + timedelta(days=1), [("head", 0, head.person_id)]),
        (due_at + timedelta(days=2), []),
        (due_at + timedelta(days=8), [("head", 1, head.person_id)]),
    ):
        desk.clock.moment = moment
        expected += news
        for _ in range(2):
            await run(desk)
        assert await raised(desk) == expected


async def test_one_digest_a_person_and_day(desk: Desk) -> None:
    for number in range(3):
        await desk.take(external_id=f"д-{number}")
    desk.clock.forward(days=25)
    assert await run(desk) == 3
    async with desk.work(desk.official) as work:
        items = await digest(work, work.today)
        assert [item.step for item in items] == ["reminder"] * 3
        assert await digest(work, work.today - timedelta(days=1)) == []


async def test_where_nobody_can_be_told_an_operator_is(desk: Desk) -> None:
    await desk.take(addressee=None)
    desk.clock.forward(days=40)
    await run(desk)
    async with desk.region.database.reading() as session:
        incidents = {row.key for row in await session.scalars(select(Incident))}
    assert "escalation/block/roads" in incidents


@pytest.mark.clause("tsur.practice/transfer")
async def test_what_nobody_accepted_returns_to_the_coordinator(desk: Desk) -> None:
    ignored, taken = await desk.take(), await desk.take(external_id="п-2")
    await desk.accept(taken.appeal_id)
    desk.clock.forward(days=2, seconds=1)
    async with desk.work(system()) as work:
        assert await recall_unaccepted(work) == 1
    assert (await desk.appeal(ignored.appeal_id)).state == "queued"
    assert (await desk.appeal(taken.appeal_id)).state == "in_work"


async def test_the_answered_are_left_in_peace(desk: Desk) -> None:
    await desk.answered()
    desk.clock.forward(days=60)
    assert await run(desk) == 0
    assert await desk.rows(Appeal) == 1


@pytest.mark.parametrize("cases", [1, 4])
async def test_how_many_are_due_makes_no_more_statements(desk: Desk, cases: int) -> None:
    async with desk.work(system()) as work:
        await appoint(work, "block-responsible", blocks=["roads"], subject="resp")
        await appoint(work, "head", subject="head")
    for number in range(cases):
        await desk.take(external_id=f"с-{number}")
    desk.clock.forward(days=40)
    async with desk.work(system()) as work:
        beside = 6  # rungs of other terms, which find nothing
        # blocks and holders; what is due, escalations, journal by rung; webhooks, once
        with queries(2 + 4 * 3 + beside + 1):
            assert await sweep(work) == 4 * cases
    assert await desk.rows(Escalation) == 4 * cases


async def test_many_are_raised_batch_by_batch(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "BATCH", 2)
    for number in range(5):
        await desk.take(external_id=f"б-{number}")
    desk.clock.forward(days=25)
    assert await run(desk) == 5
    assert await raised(desk) == [("reminder", 0, desk.official.person_id)] * 5
    assert await run(desk) == 0


async def test_what_is_escalated_is_in_the_journal(desk: Desk) -> None:
    taken = await desk.take()
    desk.clock.forward(days=25)
    await run(desk)
    async with desk.region.database.reading() as session:
        query = select(JournalEntry).where(JournalEntry.name == "appeal.escalated")
        (row,) = await session.scalars(query)
    assert (row.subject, row.actor, row.at) == (f"appeal:{taken.appeal_id}", "system", desk.now())
    assert row.cause == "tsur.practice/escalation.reminder"
    assert (row.before, row.after) == ({}, {"step": "reminder", "round": 0, "told": 1})


async def test_recalling_reads_all_ledgers_at_once(desk: Desk) -> None:
    for number in range(3):
        await desk.take(external_id=f"в-{number}")
    desk.clock.forward(days=2, seconds=1)
    async with desk.work(system()) as work:
        with queries(4):
            assert await recall_unaccepted(work) == 3
    for number in (1, 2, 3):
        assert (await desk.facts(number))[-1] == "queued"
        assert (await desk.appeal(number)).version == 2
    async with desk.region.database.reading() as session:
        query = select(JournalEntry.subject).where(JournalEntry.name == "appeal.queued")
        assert [*await session.scalars(query)] == ["appeal:1", "appeal:2", "appeal:3"]


@pytest.mark.clause("tsur.practice/escalation.eve")
@pytest.mark.parametrize(
    ("received", "told_on", "silent_on"),
    [
        (date(2026, 3, 5), date(2026, 4, 3), date(2026, 4, 2)),  # 4 April is a Saturday
        (date(2026, 3, 6), date(2026, 4, 3), date(2026, 4, 4)),  # 5 April is a Sunday
        (date(2026, 4, 1), date(2026, 4, 30), date(2026, 4, 29)),  # 1 May is a holiday
    ],
)
async def test_a_term_that_ends_on_a_day_off_is_told_of_on_the_working_day_before(
    desk: Desk, received: date, told_on: date, silent_on: date
) -> None:
    def noon(day: date) -> datetime:
        return datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)

    desk.clock.moment = noon(received)
    await desk.take()
    desk.clock.moment = noon(silent_on)
    await run(desk)
    assert "eve" not in [step for step, *_ in await raised(desk)]
    desk.clock.moment = noon(told_on)
    await run(desk)
    await run(desk)
    eves = [one for one in await raised(desk) if one[0] == "eve"]
    assert eves == [("eve", 0, desk.official.person_id)]
    async with desk.region.database.reading() as session:
        marks = await session.scalars(select(Escalation.day_off))
        assert set(marks) == {True}


async def test_what_ends_on_a_working_day_has_no_eve(desk: Desk) -> None:
    desk.clock.moment = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)  # due on Friday, 3 April
    await desk.take()
    for day in (1, 2, 3):
        desk.clock.moment = datetime(2026, 4, day, 9, 0, tzinfo=UTC)
        await run(desk)
    assert "eve" not in [step for step, *_ in await raised(desk)]


async def test_a_case_put_back_into_work_is_told_of_by_its_new_term(desk: Desk) -> None:
    appeal_id = await desk.answered()
    desk.clock.forward(days=3)
    async with desk.work(desk.official) as work:
        await unsend(work, appeal_id, "не тот адрес")
    desk.clock.forward(days=24)
    await run(desk)
    assert "reminder" in [step for step, *_ in await raised(desk)]
