"""Terms beside the answer's: kept as rows, warned of, breached at their own moment, listed."""

from __future__ import annotations

from datetime import UTC, date

import pytest
from sqlalchemy import delete, select, update

from core.appeals import handover
from core.appeals.escalation.model import Escalation
from core.appeals.escalation.service import digest, run_sweep
from core.appeals.figures.proof import verify_cases
from core.appeals.refresh.model import TermsRefresh
from core.appeals.refresh.service import refresh_batch
from core.appeals.terms.model import AppealTerm
from core.appeals.terms.queries import broken_terms, running_terms
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from tests.core.appeals.conftest import Desk
from tests.core.appeals.terms.messages import PLACE, accepted, answered, local, noted, taken
from tests.fixtures.actors import actor_with

Row = tuple[str, int, str, bool, str | None]


async def kept(desk: Desk) -> list[Row]:
    """Rule, ordinal, due, whether it runs, its breach; moments by Moscow's clock."""
    async with desk.region.database.reading() as session:
        rows = (await session.scalars(select(AppealTerm).order_by(AppealTerm.id))).all()
    zone = local("03-01 00:00").tzinfo
    return [
        (
            row.rule,
            row.ordinal,
            f"{row.due_at.astimezone(zone):%m-%d %H:%M:%S}",
            row.running,
            f"{row.breached_at.astimezone(zone):%m-%d %H:%M:%S}" if row.breached_at else None,
        )
        for row in rows
    ]


async def swept(desk: Desk, at: str) -> list[tuple[str, str | None, int | None]]:
    """What the sweep of this moment raised: step, term, to whom."""
    desk.clock.moment = local(at).astimezone(UTC)
    async with desk.work(system()) as work:
        before = await work.session.scalar(select(Escalation.id).order_by(Escalation.id.desc()))
        await run_sweep(work, {})
        query = select(Escalation).where(Escalation.id > (before or 0)).order_by(Escalation.id)
        rows = (await work.session.scalars(query)).all()
        return [(row.step, row.term, row.person_id) for row in rows if row.term]


async def breaches(desk: Desk) -> list[tuple[str | None, object]]:
    async with desk.region.database.reading() as session:
        query = select(JournalEntry).where(JournalEntry.name == "appeal.term_breached")
        return [(row.cause, row.after["term"]) for row in await session.scalars(query)]


async def test_a_breach_that_the_ledger_does_not_tell_of_is_none(desk: Desk) -> None:
    """As an earlier release left them: noted, and read otherwise by this one."""
    appeal_id = await accepted(desk, "04-30 09:00")
    due, early = "05-04 09:45:00", local("04-30 10:00").astimezone(UTC)
    async with desk.work(system()) as work:
        of_before = {"name": "Прежний", "clause": "terms.7/4", "due_at": early}
        await work.session.execute(update(AppealTerm).values(breached_at=early))
        gone = {"rule": "gone", "ordinal": 1, "running": True, "breached_at": early}
        work.session.add(AppealTerm(appeal_id=appeal_id, **of_before, **gone))
    await refreshed(desk)
    told = [("draft", 1, due, True, None), ("gone", 1, "04-30 10:00:00", False, None)]
    assert await kept(desk) == told
    await swept(desk, "05-06 09:00")
    await refreshed(desk)
    assert await kept(desk) == [(*told[0][:4], due), told[1]]
    async with desk.work(system()) as work:
        assert await verify_cases(work, progress=lambda _: None) == []


async def refreshed(desk: Desk) -> None:
    async with desk.work(system()) as work:
        await work.session.execute(delete(TermsRefresh))
    async with desk.work(system()) as work:
        assert await refresh_batch(work) is False


@pytest.mark.clause("tsur.practice/escalation.term")
async def test_a_draft_is_warned_of_breached_and_done_late(desk: Desk) -> None:
    appeal_id = await accepted(desk, "04-30 09:00")
    due = "05-04 09:45:00"
    assert await kept(desk) == [("draft", 1, due, True, None)]
    assert await swept(desk, "05-03 09:44:59") == []
    assert await swept(desk, "05-03 09:45") == [("term", "draft", desk.official.person_id)]
    assert await swept(desk, "05-03 12:00") == []
    assert (await breaches(desk), await kept(desk)) == ([], [("draft", 1, due, True, None)])
    assert await swept(desk, "05-04 09:45") == [("term-late", "draft", desk.chief.person_id)]
    assert await breaches(desk) == []
    assert await swept(desk, "05-06 09:00") == []
    assert await breaches(desk) == [("terms.7/4", "draft")]
    assert await kept(desk) == [("draft", 1, due, True, due)]
    await noted(desk, appeal_id, "draft", "05-06 10:00")
    assert await kept(desk) == [("draft", 1, due, False, due)]
    assert await swept(desk, "05-07 10:00") == []
    assert len(await breaches(desk)) == 1


async def test_what_ends_in_time_is_no_breach_and_late_without_a_sweep_is_one(desk: Desk) -> None:
    await taken(desk, "03-06 23:30", addressee=None)
    desk.clock.moment = local("03-07 00:30:01").astimezone(UTC)
    async with desk.work(desk.coordinator) as work:
        await handover.route(work, 1, "ministry", "по теме")
    late = ("pass-on", 1, "03-07 00:30:00", False, "03-07 00:30:00")
    assert await kept(desk) == [late]
    await desk.accept(1)
    await noted(desk, 1, "draft", "03-10 09:00")
    assert await kept(desk) == [late, ("draft", 1, "03-10 17:45:00", False, None)]
    await answered(desk, 1, "03-10 10:00")
    publish = ("publish", 1, "03-11 10:00:00", True, None)
    assert (await kept(desk))[2:] == [publish]
    await noted(desk, 1, "published", "03-11 10:00")
    assert (await kept(desk))[2:] == [(*publish[:3], False, None)]
    assert await swept(desk, "03-20 10:00") == []


async def test_each_term_of_one_case_is_told_of_by_itself(desk: Desk) -> None:
    """Two returned answers run beside one another, and a stage beside them."""
    appeal_id = await accepted(desk, "02-18 10:00")
    await noted(desk, appeal_id, "draft", "02-18 11:00")
    await noted(desk, appeal_id, "returned", "02-18 12:00")
    await noted(desk, appeal_id, "returned", "02-18 13:00")
    last = "02-24 23:59:59"
    both = [("correct", n, last, True, None) for n in (1, 2)]
    assert [row for row in await kept(desk) if row[3]] == both
    told = ("term", "correct", desk.official.person_id)
    assert await swept(desk, "02-24 09:00") == [told, told]
    assert await swept(desk, "02-25 09:00") == [("term-late", "correct", desk.chief.person_id)] * 2
    async with desk.region.database.reading() as session:
        rows = (await session.scalars(select(Escalation).where(Escalation.term == "correct"))).all()
    assert [(row.step, row.round) for row in rows] == [
        ("term", 0), ("term", 1), ("term-late", 0), ("term-late", 1),
    ]  # fmt: skip


async def test_lists_of_what_runs_and_of_what_was_broken(desk: Desk) -> None:
    first = await accepted(desk, "03-02 09:00")
    second = await taken(desk, "04-15 12:00", PLACE)
    await swept(desk, "04-20 09:00")
    async with desk.work(desk.curator) as work:
        running = [(row.appeal_id, row.rule) for row in await running_terms(work)]
        overdue = [row.rule for row in await running_terms(work, overdue=True, rule="moderation")]
        broken = [(row.appeal_id, row.rule) for row in await broken_terms(work)]
        assert await broken_terms(work, rule="correct") == []
    assert running == [(first, "draft"), (second, "moderation")]
    assert overdue == ["moderation"]
    assert broken == [(second, "moderation"), (first, "draft")]
    stranger = actor_with(desk.region, "body-official", body_id=10_000)
    async with desk.work(stranger) as work:
        assert (await running_terms(work), await broken_terms(work)) == ([], [])
    for listed in (running_terms, broken_terms):
        with pytest.raises(Refusal) as refused:
            async with desk.work(actor_with(desk.region, "administrator")) as work:
                await listed(work)
        assert refused.value.code is RefusalCode.FORBIDDEN


async def test_warnings_are_in_the_digest_of_the_day(desk: Desk) -> None:
    await accepted(desk, "03-02 09:00")
    await swept(desk, "03-02 12:00")
    async with desk.work(desk.official) as work:
        rows = await digest(work, date(2026, 3, 2))
        assert [(row.step, row.term, row.clause) for row in rows] == [
            ("term", "draft", "tsur.practice/escalation.term"),
            ("reminder", None, "tsur.practice/escalation.reminder"),
        ]
