"""Both verdicts in rows, lists and figures: whose thirty days were broken, what nobody knows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from core.appeals import answers
from core.appeals.analysis import analyse
from core.appeals.intake.new import NewAppeal
from core.appeals.model import Appeal
from core.appeals.prolongation import prolong
from core.appeals.queries import AppealFilter, is_overdue, matching, verdicts_of
from core.appeals.rights.withdrawal import Statement, withdraw
from core.appeals.rules.lateness import LateBy
from core.appeals.satisfaction.judging import judge
from core.kernel.access import system
from tests.core.appeals.conftest import EXPLAINED, LETTER, Desk
from tests.core.appeals.test_satisfaction import BAD, give, link

OLD = LETTER._replace(received_at=datetime(2025, 3, 3, 9, 0, tzinfo=UTC), history=True)


async def listed(desk: Desk, **criteria: object) -> list[int]:
    async with desk.region.reading(system()) as work:
        wanted = AppealFilter(**criteria)  # type: ignore[arg-type]  # names of its fields
        fits = matching(wanted, work.now, work.dialect)
        return list(await work.session.scalars(select(Appeal.id).where(fits).order_by(Appeal.id)))


async def told(desk: Desk, appeal_id: int) -> list[LateBy]:
    """What the row says against the case; lists by each verdict say the same."""
    verdicts = verdicts_of(await desk.appeal(appeal_id), desk.now())
    for verdict in LateBy:
        assert (appeal_id in await listed(desk, late_by=verdict)) is (verdict in verdicts)
    late = is_overdue(await desk.appeal(appeal_id), desk.now())
    assert (appeal_id in await listed(desk, overdue=True)) is late
    return verdicts


async def figures(desk: Desk) -> tuple[int, int, int, int]:
    """Late by what governs, answered late by the statute, by the mechanism, not established."""
    async with desk.region.reading(system()) as work:
        (one,) = await analyse(work, [])
    return one.overdue, one.statute_late, one.mechanism_late, one.not_established


async def answer(desk: Desk, appeal_id: int) -> None:
    async with desk.work(desk.official) as work:
        await answers.answer(work, appeal_id, EXPLAINED)


@pytest.mark.clause("fz59/12.2", "ru.1844/2.accelerated-resolution.deadline")
async def test_a_prolongation_leaves_the_breach_of_the_mechanism(desk: Desk) -> None:
    taken = await desk.take()
    await desk.accept(taken.appeal_id)
    async with desk.work(desk.chief) as work:
        until = date(2026, 4, 20)
        await prolong(work, taken.appeal_id, until, "экспертиза", "Срок продлён.")
    assert await told(desk, taken.appeal_id) == []
    desk.clock.forward(days=35)
    assert await told(desk, taken.appeal_id) == [LateBy.MECHANISM]
    await answer(desk, taken.appeal_id)
    assert await told(desk, taken.appeal_id) == [LateBy.MECHANISM]
    assert await figures(desk) == (0, 0, 1, 0)


async def test_the_two_terms_are_told_with_their_last_moments(desk: Desk) -> None:
    taken = await desk.take(received_at=desk.now() - timedelta(days=2))
    appeal = await desk.appeal(taken.appeal_id)
    assert appeal.statute_due_at is not None
    assert appeal.mechanism_due_at == appeal.statute_due_at - timedelta(days=2)
    assert appeal.late_at == appeal.due_at == appeal.mechanism_due_at


async def test_a_case_reopened_is_late_by_its_new_term_and_its_first_verdict_stays(
    desk: Desk,
) -> None:
    appeal_id = await desk.closed()
    await give(desk, await link(desk), BAD)
    desk.clock.forward(days=2)
    async with desk.work(desk.curator) as work:
        await judge(work, 1, upheld=True, verdict="яма действительно на месте")
    assert (await desk.appeal(appeal_id)).answered_at is not None
    assert await listed(desk, overdue=True) == []
    desk.clock.forward(days=200)
    assert await listed(desk, overdue=True) == [appeal_id]
    assert await told(desk, appeal_id) == [LateBy.OWN]
    await answer(desk, appeal_id)
    assert await listed(desk, overdue=True) == [appeal_id]
    assert await told(desk, appeal_id) == [LateBy.OWN]
    assert await figures(desk) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("days", "verdicts"),
    [
        (30, []),
        (31, [LateBy.MECHANISM, LateBy.NOT_ESTABLISHED]),
        (33, [LateBy.MECHANISM, LateBy.NOT_ESTABLISHED]),
        (34, [LateBy.STATUTE, LateBy.MECHANISM]),
    ],
)
async def test_a_verdict_that_hangs_on_a_presumed_registration_is_not_established(
    desk: Desk, days: int, verdicts: list[LateBy]
) -> None:
    assert OLD.received_at is not None
    answered = OLD.received_at + timedelta(days=days)
    taken = await desk.take(OLD, answered_at=answered, outcome="explained")
    assert await told(desk, taken.appeal_id) == verdicts
    registered = (await desk.ledger(taken.appeal_id))[1]
    assert (registered.at, registered.data) == (OLD.received_at, {"presumed": True})
    doubtful = LateBy.NOT_ESTABLISHED in verdicts
    assert (await figures(desk))[1:] == (days > 33, days > 30, doubtful)


async def test_an_old_case_without_an_answer_gets_no_fresh_term(desk: Desk) -> None:
    taken = await desk.take(OLD)
    appeal = await desk.appeal(taken.appeal_id)
    assert appeal.registered_at == OLD.received_at
    assert appeal.due_at == datetime(2025, 4, 2, 18, 59, 59, tzinfo=UTC)
    assert await told(desk, taken.appeal_id) == [LateBy.STATUTE, LateBy.MECHANISM]


async def test_until_the_doubt_is_over_nobody_is_late_by_the_statute(desk: Desk) -> None:
    received = desk.now() - timedelta(days=32)
    taken = await desk.take(LETTER._replace(received_at=received, history=True))
    assert await told(desk, taken.appeal_id) == [LateBy.MECHANISM, LateBy.NOT_ESTABLISHED]
    desk.clock.forward(days=2)
    assert await told(desk, taken.appeal_id) == [LateBy.STATUTE, LateBy.MECHANISM]


@pytest.mark.parametrize(
    "new",
    [
        LETTER._replace(received_at=datetime(2026, 2, 27, 9, 0, tzinfo=UTC)),
        OLD._replace(registered_at=datetime(2025, 3, 5, 9, 0, tzinfo=UTC)),
    ],
    ids=["it came in live", "the day is known"],
)
async def test_what_is_known_is_not_presumed(desk: Desk, new: NewAppeal) -> None:
    taken = await desk.take(new)
    registered = (await desk.ledger(taken.appeal_id))[1]
    assert (registered.at, registered.data) == (new.registered_at or desk.now(), {})
    assert not (await desk.appeal(taken.appeal_id)).not_established


async def test_a_withdrawn_case_is_late_by_no_term(desk: Desk) -> None:
    taken = await desk.take()
    desk.clock.forward(days=60)
    async with desk.work(desk.coordinator) as work:
        await withdraw(work, taken.appeal_id, Statement(work.today, "вх. 7"))
    assert await told(desk, taken.appeal_id) == []
    assert await figures(desk) == (0, 0, 0, 0)
