"""A dispute that nobody judges is late when it is late, and so is what was reopened (R46)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from core.appeals.escalation.model import Escalation
from core.appeals.escalation.service import run_sweep, sweep
from core.appeals.model import Appeal
from core.appeals.satisfaction.figures import analyse_disputes
from core.appeals.satisfaction.model import Dispute
from core.appeals.satisfaction.service import Opinion
from core.appeals.satisfaction.terms import pending_disputes
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.region.figures import fold_all
from tests.core.appeals.conftest import Desk
from tests.core.appeals.disputes.conftest import answered, disputes, last_day, verdict
from tests.core.appeals.test_satisfaction import give, link

BAD = Opinion(1, dispute="Яма на месте")
SECOND = timedelta(seconds=1)


async def disputed(desk: Desk) -> Appeal:
    """A case disputed by the link on 23 March, to be judged by 6 April."""
    old = await answered(desk)
    await give(desk, await link(desk), BAD)
    return await desk.appeal(old.id)


async def swept(desk: Desk) -> list[tuple[str, date]]:
    """The rungs raised so far, each with the local day of the term that reached it."""
    async with desk.work(system()) as work:
        await sweep(work)
    async with desk.region.database.reading() as session:
        rows = await session.scalars(select(Escalation).order_by(Escalation.id))
        return [(row.step, row.due_at.date()) for row in rows]


async def figures(desk: Desk) -> tuple[int, int, int]:
    """How many disputes there are, how many judged, how many late."""
    async with desk.region.reading(desk.curator) as work:
        (one,) = await analyse_disputes(work, [])
        return one.total, one.judged, one.overdue


async def waiting(desk: Desk, *, late: bool | None = None) -> list[int]:
    async with desk.region.reading(desk.curator) as work:
        return [one.id for one in await pending_disputes(work, late=late)]


@pytest.mark.clause("tsur.practice/dispute.judging")
async def test_a_dispute_walks_the_ladder_though_the_case_was_answered(desk: Desk) -> None:
    case = await disputed(desk)
    assert case.due_at is not None
    assert last_day(case) == date(2026, 4, 6)
    desk.clock.moment = case.due_at - timedelta(days=8)
    assert await swept(desk) == []
    desk.clock.moment = case.due_at - timedelta(days=7)
    assert await swept(desk) == [("reminder", case.due_at.date())]
    desk.clock.moment = case.due_at - timedelta(days=3)
    assert [step for step, _ in await swept(desk)] == ["reminder", "body-head"]


@pytest.mark.clause("tsur.practice/dispute.mending")
async def test_a_reopened_case_walks_it_again_by_its_own_term(desk: Desk) -> None:
    case = await disputed(desk)
    assert case.due_at is not None
    desk.clock.moment = case.due_at - timedelta(days=7)
    await swept(desk)
    await verdict(desk, upheld=True)
    reopened = await desk.appeal(case.id)
    assert (reopened.due_rule, last_day(reopened)) == ("reopened", date(2026, 4, 13))
    assert reopened.due_at is not None
    desk.clock.moment = reopened.due_at - timedelta(days=7)
    assert await swept(desk) == [
        ("reminder", case.due_at.date()),
        ("reminder", reopened.due_at.date()),
    ]


@pytest.mark.clause("tsur.practice/dispute.judging")
async def test_figures_and_lists_say_what_is_late(desk: Desk) -> None:
    case = await disputed(desk)
    assert case.due_at is not None
    for moment, late in ((case.due_at, 0), (case.due_at + SECOND, 1)):
        desk.clock.moment = moment
        for _ in ("unfolded", "folded"):
            assert await figures(desk) == (1, 0, late)
            async with desk.work(system()) as work:
                await fold_all(work)
        assert await waiting(desk) == [1]
        assert await waiting(desk, late=True) == [1] * late
        assert await waiting(desk, late=False) == [1] * (1 - late)
    desk.clock.forward(days=200)
    assert await figures(desk) == (1, 0, 1)
    await verdict(desk, upheld=False)
    assert (await figures(desk), await waiting(desk)) == ((1, 1, 1), [])


async def test_judged_in_time_it_is_never_late(desk: Desk) -> None:
    case = await disputed(desk)
    assert case.due_at is not None
    desk.clock.moment = case.due_at
    await verdict(desk, upheld=False)
    desk.clock.forward(days=200)
    assert await figures(desk) == (1, 1, 0)


async def test_old_disputes_are_dated_by_the_sweep_from_their_ledgers(desk: Desk) -> None:
    case = await disputed(desk)
    async with desk.work(system()) as work:
        await work.session.execute(update(Dispute).values(due_at=None))
        await work.session.execute(update(Appeal).values(due_at=None, due_rule=None))
    for _ in range(2):
        async with desk.work(system()) as work:
            await run_sweep(work, {})
    dated = await desk.appeal(case.id)
    assert (dated.due_at, dated.due_rule) == (case.due_at, "dispute")
    assert [one.due_at for one in await disputes(desk)] == [case.due_at]


async def test_who_judges_nothing_sees_no_disputes(desk: Desk) -> None:
    async with desk.region.reading(desk.official) as work:
        with pytest.raises(Refusal) as caught:
            await pending_disputes(work)
    assert caught.value.code is RefusalCode.FORBIDDEN
