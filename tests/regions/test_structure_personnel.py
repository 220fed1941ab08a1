"""Section 13, row by row: replacing a block head, and bringing others into the work."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from core.directory.model import Appointment
from core.kernel.access import Actor, system
from core.kernel.codes import Authority
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.structure.candidates import Candidate
from core.structure.involvement import Invitation, bring_in
from core.structure.model import Involved, Replacement
from core.structure.people import dismiss
from core.structure.replacements import (
    propose_replacement,
    recommend_replacement,
    watch_replacements,
)
from core.structure.rules.appointments import Step
from tests.conftest import OpenRegion
from tests.fixtures.actors import actor_with
from tests.fixtures.centre import Centre, by, centre_of, said, with_bodies
from tests.fixtures.clock import FrozenClock

ROADS = ("roads",)
TERM = "kursk.958/pol.3.5.9.deadline"
SINCE = date(2026, 3, 2)


@pytest.fixture
async def kursk(open_test_region: OpenRegion) -> Region:
    return await open_test_region("kursk", with_bodies)


async def block_head(centre: Centre) -> Appointment:
    person = await centre.person("specialist", centre.roads)
    return await centre.holding("block-head", person, ROADS, centre.roads)


async def dismissed(centre: Centre, row: Appointment, received_at: datetime) -> list[Replacement]:
    async with centre.region.work(actor_with(centre.region, "administrator")) as work:
        await dismiss(work, row.person_id, date(2026, 3, 16), received_at)
    return await waiting(centre)


async def waiting(centre: Centre) -> list[Replacement]:
    async with centre.region.database.reading() as session:
        return list(await session.scalars(select(Replacement).order_by(Replacement.id)))


def responsible(centre: Centre, block: str = "roads") -> Actor:
    return actor_with(centre.region, "block-responsible", blocks=(block,))


@pytest.mark.clause(TERM, "kursk.958/pol.3.5.9")
@pytest.mark.parametrize(
    ("received", "due"),
    [
        (datetime(2026, 3, 2, 11, tzinfo=UTC), datetime(2026, 3, 5, 20, 59, 59, tzinfo=UTC)),
        (datetime(2026, 2, 27, 9, tzinfo=UTC), datetime(2026, 3, 4, 20, 59, 59, tzinfo=UTC)),
        (datetime(2026, 2, 20, 21, 30, tzinfo=UTC), datetime(2026, 2, 26, 20, 59, 59, tzinfo=UTC)),
    ],
    ids=["a Monday", "a Friday before a weekend", "Saturday in Moscow, 23 February is a holiday"],
)
async def test_three_working_days_from_the_notice(
    kursk: Region, received: datetime, due: datetime
) -> None:
    centre = Centre(kursk)
    (row,) = await dismissed(centre, await block_head(centre), received)
    assert (row.trigger, row.block, row.received_at, row.due_at, row.clause) == (
        "dismissal",
        "roads",
        received,
        due,
        TERM,
    )


@pytest.mark.clause(TERM, "kursk.958/pol.3.5.9")
async def test_the_curators_recommendation_has_its_own_start(
    kursk: Region, clock: FrozenClock
) -> None:
    centre = Centre(kursk)
    held = await block_head(centre)
    with pytest.raises(Refusal) as refused:
        async with kursk.work(responsible(centre)) as work:
            await recommend_replacement(work, held.id)
    assert said(refused.value) == ("FORBIDDEN", TERM)
    assert await waiting(centre) == []
    async with kursk.work(actor_with(kursk, "curator")) as work:
        (row,) = await recommend_replacement(work, held.id)
    assert row.due_at == datetime(2026, 3, 5, 20, 59, 59, tzinfo=UTC)
    clock.forward(days=1)
    rows = await dismissed(centre, held, kursk.now())
    assert [(r.trigger, r.due_at.day) for r in rows] == [("recommendation", 5), ("dismissal", 6)]


@pytest.mark.clause("kursk.958/pol.3.5.9", "kursk.958/post.4", "kursk.958/post.9")
async def test_the_responsible_proposes_and_the_chain_appoints(kursk: Region) -> None:
    centre = Centre(kursk)
    held = await block_head(centre)
    (row,) = await dismissed(centre, held, kursk.now())
    person = await centre.person("specialist", centre.roads)
    stranger = await centre.person("specialist", "company")
    before = await centre.rows()
    for actor, candidate, answer in (
        (responsible(centre, "energy"), person, ("FORBIDDEN", TERM)),
        (responsible(centre), held.person_id, ("INVALID", TERM)),
        (responsible(centre), stranger, ("OUTSIDE_POOL", "kursk.958/str.6")),
    ):
        proposal = Candidate(candidate, "block-head", SINCE, ROADS)
        with pytest.raises(Refusal) as refused:
            async with kursk.work(actor) as work:
                await propose_replacement(work, row.id, proposal)
        assert said(refused.value) == answer
    assert await centre.rows() == before
    async with kursk.work(responsible(centre)) as work:
        proposal = Candidate(person, "block-head", SINCE, ROADS)
        done = await propose_replacement(work, row.id, proposal)
    assert (done.proposed_at, done.breached_at) == (kursk.now(), None)
    assert done.candidate_id is not None
    with pytest.raises(Refusal) as early:
        await centre.advance(done.candidate_id, Step.APPROVE, by(Authority.ADMINISTRATION))
    assert said(early.value) == ("WRONG_STEP", "kursk.958/post.4")
    owner = by(Authority.BODY, body=centre.roads)
    taken = await centre.advance(done.candidate_id, Step.NOMINATE, owner)
    assert taken.appointment.state == "nominated"
    with pytest.raises(Refusal) as again:
        async with kursk.work(responsible(centre)) as work:
            await propose_replacement(work, row.id, proposal)
    assert said(again.value) == ("WRONG_STATE", TERM)


@pytest.mark.clause(TERM)
async def test_reminders_once_a_day_and_a_breach_dated_to_the_deadline(
    kursk: Region, clock: FrozenClock
) -> None:
    centre = Centre(kursk)
    (row,) = await dismissed(centre, await block_head(centre), kursk.now())
    told = []
    for hours in (0, 1, 24, 24, 24, 24, 24):
        clock.forward(hours=hours)
        async with kursk.work(system()) as work:
            told.append(await watch_replacements(work))
    assert told == [1, 0, 1, 1, 1, 1, 1]
    (late,) = await waiting(centre)
    assert late.breached_at == late.due_at == row.due_at
    async with kursk.database.reading() as session:
        names = await session.scalars(
            select(JournalEntry.name).where(JournalEntry.name.startswith("replacement."))
        )
        journal = list(names)
    assert journal.count("replacement.breached") == 1
    assert journal.count("replacement.reminded") == 6
    person = await centre.person("specialist", centre.roads)
    async with kursk.work(responsible(centre)) as work:
        proposal = Candidate(person, "block-head", SINCE, ROADS)
        done = await propose_replacement(work, row.id, proposal)
    assert (done.breached_at, done.proposed_at) == (row.due_at, kursk.now())


@pytest.mark.clause("ru.1844/10.г")
@pytest.mark.parametrize("code", ["murmansk", "mari_el", "chelyabinsk"])
async def test_where_the_act_is_silent_nothing_is_due(
    open_test_region: OpenRegion, code: str
) -> None:
    centre = await centre_of(open_test_region, code)
    held = await block_head(centre)
    with pytest.raises(Refusal) as refused:
        async with centre.region.work(actor_with(centre.region, "curator")) as work:
            await recommend_replacement(work, held.id)
    assert said(refused.value) == ("NOT_PROVIDED", "ru.1844/10.г")
    assert await dismissed(centre, held, centre.region.now()) == []


CITY = "murmansk-city-administration"
INVITED = Invitation("agency", "Проверочный представитель", "разбор причин", SINCE)
INVITATIONS = [
    pytest.param(code, body, role, answer, marks=pytest.mark.clause(clause))
    for code, body, role, answer, clause in (
        ("murmansk", "agency", "executor", None, "murmansk.513/4.4.4"),
        ("murmansk", "company", "executor", None, "murmansk.513/4.4.4"),
        ("murmansk", CITY, "executor", "KIND_NOT_ALLOWED", "murmansk.513/4.4.4"),
        ("murmansk", "agency", "head", "FORBIDDEN", "murmansk.513/4.4.4"),
        ("kursk", "agency", "executor", None, "kursk.958/pol.3.3.7"),
        ("kursk", "kursk-city-administration", "executor", None, "kursk.958/pol.3.3.7"),
        ("kursk", "agency", "curator", "FORBIDDEN", "kursk.958/pol.3.3.7"),
        ("mari_el", "agency", "executor", "NOT_PROVIDED", "ru.1844/10.г.2"),
        ("chelyabinsk", "agency", "executor", "NOT_PROVIDED", "ru.1844/10.г.2"),
    )
]  # fmt: skip


@pytest.mark.parametrize(("code", "body", "role", "answer"), INVITATIONS)
async def test_who_is_brought_in_and_by_whom(
    open_test_region: OpenRegion,
    request: pytest.FixtureRequest,
    code: str,
    body: str,
    role: str,
    answer: str | None,
) -> None:
    centre = await centre_of(open_test_region, code)
    (clause,) = request.node.get_closest_marker("clause").args
    actor = actor_with(centre.region, role)
    if answer is None:
        async with centre.region.work(actor) as work:
            row = await bring_in(work, replace(INVITED, body=body))
        assert row.clause == clause
    else:
        with pytest.raises(Refusal) as refused:
            async with centre.region.work(actor) as work:
                await bring_in(work, replace(INVITED, body=body))
        assert said(refused.value) == (answer, clause)
    assert await centre.rows(Involved) == (answer is None)
