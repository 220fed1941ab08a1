"""The life of an obligation: done by its document, late, missed for good, proven, dropped."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from core.documents.model import Document
from core.documents.submission import withdraw
from core.kernel.access import Actor, system
from core.kernel.codes import ActKind
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.law.periods import Periodicity
from core.obligations.calendar import calendar, own_obligations
from core.obligations.entries import Place
from core.obligations.feed import issue_feed, read_feed
from core.obligations.fulfilment import assign_document, prove_obligation
from core.obligations.law import NewObligation, decide_obligation
from core.obligations.model import ObligationDecision, ObligationRow
from core.obligations.sweep import watch_obligations
from core.shapes.chains.rules import Ground
from tests.conftest import OpenRegion
from tests.core.documents.people import People, open_people
from tests.fixtures.clock import FrozenClock

REPORT, UPDATE, MONTHLY = "roadmap-report", "roadmap-update", "monthly-report"
Q1, Q2, Q4 = date(2026, 1, 1), date(2026, 4, 1), date(2025, 10, 1)
LETTER = Ground(ActKind.LETTER, "12", date(2026, 3, 1))
ORDER = Ground(ActKind.INTERNAL, "7-вн", date(2026, 3, 1))


async def sweep(region: Region) -> int:
    async with region.work(system()) as work:
        return await watch_obligations(work)


async def states(region: Region, year: int = 2026, kind: str = REPORT) -> dict[str | None, str]:
    async with region.reading(system()) as work:
        rows = [one for one in await calendar(work, year) if one.row.key == kind]
    return {one.row.period: one.state.value for one in rows}


async def rows(region: Region, key: str = REPORT) -> list[ObligationRow]:
    async with region.reading(system()) as work:
        query = select(ObligationRow).where(ObligationRow.key == key)
        return list(await work.session.scalars(query.order_by(ObligationRow.start)))


async def said(region: Region, name: str) -> list[dict[str, Any]]:
    async with region.reading(system()) as work:
        query = select(JournalEntry.after).where(JournalEntry.name == f"obligation.{name}")
        return [dict(one) for one in await work.session.scalars(query.order_by(JournalEntry.id))]


async def reported(people: People) -> int:
    number = await people.draft(REPORT, "executor")
    await people.submit(number, "executor")
    return number


@pytest.mark.clause("kursk.958/pol.3.3.6")
async def test_a_quarter_closed_without_a_report_is_a_breach(
    open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    """Recorded at its deadline with who answered that day; a later report changes nothing of it."""
    people = await open_people(await open_test_region("kursk"))
    region, executor = people.region, people.actors["executor"].person_id
    await sweep(region)
    assert await states(region) == {
        "2026-Q1": "running", "2026-Q2": "running", "2026-Q3": "running", "2026-Q4": "running",
    }  # fmt: skip
    clock.moment = datetime(2026, 6, 30, 20, 59, 59, tzinfo=UTC)
    assert await sweep(region) == 2, "the last quarter of 2025, never swept, and this one"
    assert await states(region) | {"2026-Q4": "x"} == {
        "2026-Q1": "running", "2026-Q2": "running", "2026-Q3": "running", "2026-Q4": "x",
    }  # fmt: skip
    clock.moment = datetime(2026, 6, 30, 21, 0, 0, tzinfo=UTC)
    await sweep(region)
    await sweep(region)
    first = [row for row in await rows(region) if row.start == Q1]
    assert [(row.breached_at, row.answering) for row in first] == [
        (datetime(2026, 6, 30, 20, 59, 59, tzinfo=UTC), [executor])
    ]
    breaches = [one for one in await said(region, "breached") if one["start"] == "2026-01-01"]
    assert [(one["owner"], one["answering"]) for one in breaches] == [("executor", [executor])]
    number = await people.draft(REPORT, "executor")
    async with region.work(people.actors["executor"]) as work:
        await assign_document(work, (REPORT, "", Q1), number)
    await people.submit(number, "executor")
    assert (await states(region))["2026-Q1"] == "missed"
    (done,) = [row for row in await rows(region) if row.start == Q1]
    assert (done.document_id, done.done_at) == (number, clock.moment)


@pytest.mark.clause("kursk.958/pol.3.3.6")
async def test_a_report_is_of_the_period_that_closed_last(
    open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    """Never counted from the last one: two reports of one quarter leave the next one owed."""
    people = await open_people(await open_test_region("kursk"))
    await sweep(people.region)
    clock.at(2026, 4, 10)
    first = await reported(people)
    await reported(people)
    assert await states(people.region) == {
        "2026-Q1": "met", "2026-Q2": "running", "2026-Q3": "running", "2026-Q4": "running",
    }  # fmt: skip
    (row,) = [one for one in await rows(people.region) if one.start == Q1]
    assert row.document_id == first
    async with people.region.work(people.actors["executor"]) as work:
        await withdraw(work, first, "Ошибка в таблице")
    assert (await states(people.region))["2026-Q1"] == "running"


@pytest.mark.clause("kursk.958/pol.3.4.1", "murmansk.513/4.5.9")
@pytest.mark.parametrize("code", ["kursk", "murmansk"])
async def test_an_update_is_done_when_it_is_agreed(
    open_test_region: OpenRegion, code: str, clock: FrozenClock
) -> None:
    """What somebody judges is done in force, and within its year."""
    people = await open_people(await open_test_region(code))
    await sweep(people.region)
    number = await people.draft(UPDATE, "head")
    await people.submit(number, "head")
    assert await states(people.region, kind=UPDATE) == {"2026": "running"}
    clock.at(2027, 1, 1)
    await sweep(people.region)
    assert await states(people.region, kind=UPDATE) == {"2026": "missed"}
    head = people.actors["head"].person_id
    assert [row.answering for row in await rows(people.region, UPDATE)] == [[head], []]


@pytest.mark.clause("mari-el.335/post.3.monthly-report")
async def test_a_month_has_its_report(open_test_region: OpenRegion, clock: FrozenClock) -> None:
    people = await open_people(await open_test_region("mari_el"))
    await sweep(people.region)
    number = await people.draft(MONTHLY, "head")
    await people.submit(number, "head")
    found = await states(people.region, kind=MONTHLY)
    assert {key: found[key] for key in ("2026-01", "2026-02", "2026-03")} == {
        "2026-01": "not_established", "2026-02": "met", "2026-03": "running",
    }  # fmt: skip
    clock.at(2026, 5, 1)
    await sweep(people.region)
    assert (await states(people.region, kind=MONTHLY))["2026-03"] == "missed"
    assert (await states(people.region, kind=MONTHLY))["2026-04"] == "running"


@pytest.mark.clause("kursk.958/pol.3.3.6")
async def test_a_decision_sets_the_due_day_and_late_stays_late(
    open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    """R6: the day is a parameter; done after it and before the next period closes is late."""
    people = await open_people(await open_test_region("kursk"))
    await sweep(people.region)
    new = NewObligation(REPORT, date(2026, 3, 2), "kursk.958/pol.3.3.6", within=10)
    async with people.region.work(people.actors["executor"]) as work:
        await decide_obligation(work, new, ORDER)
    await sweep(people.region)
    (row,) = [one for one in await rows(people.region) if one.start == Q1]
    assert (row.due, row.closes, row.ground) == (
        date(2026, 4, 10), date(2026, 6, 30), ORDER.text
    )  # fmt: skip
    clock.at(2026, 4, 11)
    assert (await states(people.region))["2026-Q1"] == "overdue"
    await reported(people)
    assert (await states(people.region))["2026-Q1"] == "late"
    (late,) = [one for one in await rows(people.region) if one.start == Q1]
    assert late.breached_at == datetime(2026, 4, 10, 20, 59, 59, tzinfo=UTC)
    assert late.answering == [people.actors["executor"].person_id]


@pytest.mark.clause("kursk.958/post.9", "kursk.958/post.8.2")
async def test_what_was_due_once_is_proven(open_test_region: OpenRegion) -> None:
    """Early is in time, with its proof; it is entered though the account began later."""
    people = await open_people(await open_test_region("kursk"))
    keeper = people.actors["executor"]
    proof = Ground(ActKind.LETTER, "5-к", date(2020, 9, 20))
    place: Place = ("first-composition", "", date(2020, 10, 1))
    async with people.region.work(keeper) as work:
        await prove_obligation(work, place, date(2020, 9, 25), proof)
    assert await states(people.region, 2020, "first-composition") == {None: "met"}
    (row,) = await rows(people.region, "first-composition")
    assert (row.proof, row.breached_at) == (proof.text, None)
    late: Place = ("municipal-proposals", "", date(2020, 12, 1))
    async with people.region.work(keeper) as work:
        done = await prove_obligation(
            work, late, date(2021, 2, 1), Ground(ActKind.LETTER, "6", date(2021, 1, 1))
        )
    assert done.breached_at is None, "advice is never a breach (R42)"
    await _refused(people.region, keeper, "WRONG_STATE", place, date(2020, 9, 25), proof)
    other: Place = ("roadmap-report", "", Q4)
    await _refused(people.region, keeper, "DATE_OUT_OF_RANGE", other, date(2026, 3, 3), LETTER)
    await _refused(people.region, keeper, "NOT_FOUND", ("нет", "", Q4), date(2026, 3, 1), LETTER)
    for role in ("curator", "block-responsible"):
        await _refused(people.region, people.actors[role], "FORBIDDEN", other, Q4, LETTER)


async def _refused(
    region: Region, actor: Actor, code: str, place: Place, on: date, proof: Ground
) -> None:
    async with region.reading(system()) as work:
        before = await work.session.scalar(select(func.count()).select_from(JournalEntry))
        entered = await work.session.scalar(select(func.count()).select_from(ObligationRow))
    with pytest.raises(Refusal) as found:
        async with region.work(actor) as work:
            await prove_obligation(work, place, on, proof)
    assert found.value.code == code
    async with region.reading(system()) as work:
        assert before == await work.session.scalar(select(func.count()).select_from(JournalEntry))
        assert entered == await work.session.scalar(select(func.count()).select_from(ObligationRow))


@pytest.mark.clause("chelyabinsk.641/pol.9.4", "chelyabinsk.641/pol.15")
async def test_a_regulation_sets_an_obligation_of_each_block(
    open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    """A row a block, its responsible answers; what is not due yet drops out with the decision."""
    people = await open_people(await open_test_region("chelyabinsk"))
    new = NewObligation(
        "block-report", date(2026, 3, 2), "chelyabinsk.641/pol.15", 20,
        "Отчёт блока за квартал", "block-responsible", Periodicity.QUARTER, "progress-report",
    )  # fmt: skip
    async with people.region.work(people.actors["head"]) as work:
        await decide_obligation(work, new, ORDER)
    await sweep(people.region)
    found = {row.block for row in await rows(people.region, "block-report")}
    assert (len(found), "roads" in found) == (8, True)
    async with people.region.reading(people.actors["block-responsible"]) as work:
        assert {one.row.block for one in await own_obligations(work)} == {"roads"}
    async with people.region.work(people.actors["block-responsible"]) as work:
        text = (await read_feed(work, await issue_feed(work))).replace("\r\n ", "")
    (summary,) = [line for line in text.split("\r\n") if line.startswith("SUMMARY")]
    assert summary == "SUMMARY:Отчёт блока за квартал (1-й квартал 2026 года)\\, блок «Дороги»"
    clock.at(2026, 4, 21)
    await sweep(people.region)
    breached = {
        row.block: row.answering
        for row in await rows(people.region, "block-report")
        if row.breached_at
    }
    assert breached["roads"] == [people.actors["block-responsible"].person_id]
    assert breached["health"] == []
    async with people.region.work(system()) as work:
        (decision,) = await work.session.scalars(select(ObligationDecision))
        decision.until = date(2026, 4, 21)
    await sweep(people.region)
    kept = {
        (row.start, row.dropped_at is None) for row in await rows(people.region, "block-report")
    }
    assert kept == {(Q1, True), (Q2, False)}, "what is missed stays, what is to come drops out"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"clause": "нет"}, "NORM_REQUIRED"),
        ({"since": date(2026, 2, 1)}, "DATE_OUT_OF_RANGE"),
        ({"within": 0}, "INVALID"),
        ({"name": "иное"}, "INVALID"),
        ({"key": "new", "name": "Новое", "owner": "head"}, "INVALID"),
        (
            {"key": "new", "name": "Новое", "owner": "нет", "period": Periodicity.YEAR},
            "UNKNOWN_ROLE",
        ),
        (
            {
                "key": "new",
                "name": "Новое",
                "owner": "head",
                "period": Periodicity.YEAR,
                "document": "нет",
            },
            "NOT_PROVIDED",
        ),
    ],
)
async def test_what_no_decision_may_set(
    open_test_region: OpenRegion, change: dict[str, Any], code: str
) -> None:
    people = await open_people(await open_test_region("kursk"))
    whole: dict[str, Any] = {
        "key": REPORT,
        "since": date(2026, 3, 2),
        "clause": "kursk.958/pol.3.3.6",
        "within": 5,
    }
    with pytest.raises(Refusal) as found:
        async with people.region.work(people.actors["executor"]) as work:
            await decide_obligation(work, NewObligation(**(whole | change)), ORDER)
    assert found.value.code == code
    async with people.region.reading(system()) as work:
        assert not list(await work.session.scalars(select(ObligationDecision)))
        assert not list(await work.session.scalars(select(Document)))
