"""The invented half-year: the same for the same seed, lawful, and with something to find in it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from core.appeals.ledger import deadlines_of, pure
from core.appeals.model import Answer, Appeal, LedgerEntry
from core.appeals.notices.model import Notice
from core.appeals.rules.ledger import COORDINATOR, count, holdings
from core.appeals.rules.lifecycle import Fact, Outcome, State
from core.appeals.rules.terms import ProlongationLimit
from core.appeals.satisfaction.model import Dispute, Survey
from core.demo.cases import cases
from core.demo.documents import fill_documents
from core.demo.service import SMALL, fill
from core.demo.tempers import GAMING, INSTANT
from core.demo.world import LAST_WEEK, World, build_world
from core.directory.bodies import bodies_of_the_highest, load_bodies
from core.directory.model import Appointment, Body, Person
from core.directory.service import actor_of
from core.documents import submission
from core.documents.kinds import Procedure, procedures
from core.documents.model import Document
from core.documents.rules import DocumentDeed
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.kernel.rules.roles import Role
from core.kernel.settings import DEMO_REGIONS
from tests.conftest import OpenRegion
from tests.core.documents.people import Plain

UNTIL = datetime(2026, 3, 2, 12, tzinfo=UTC)
SEED = 7
NUMBER = 800


async def world_of(region: Region) -> World:
    async with region.database.reading() as session:
        return build_world(region, await load_bodies(session), SEED, UNTIL)


async def prepare(region: Region) -> None:
    await fill(region, NUMBER, seed=SEED, until=UNTIL)


@pytest.fixture
async def filled(open_test_region: OpenRegion) -> Region:
    return await open_test_region("kursk", prepare)


@pytest.mark.parametrize("code", DEMO_REGIONS)
async def test_every_region_is_filled_once(open_test_region: OpenRegion, code: str) -> None:
    region = await open_test_region(code)
    seen: list[tuple[int, int]] = []
    first = await fill(region, progress=lambda *done: seen.append(done))
    assert first.appeals == SMALL
    assert first.officials > 0
    assert seen[-1] == (SMALL, SMALL)
    second = await fill(region)
    assert (second.bodies, second.officials, second.appeals) == (0, 0, 0)
    async with region.database.reading() as session:
        assert await session.scalar(select(func.count(Appeal.id))) == SMALL
        states = set(await session.scalars(select(Appeal.state)))
        assert await bodies_of_the_highest(session) == ("highest-official",)
    assert {State.CLOSED, State.IN_WORK} <= states


async def test_every_kind_has_a_document_at_each_stage(
    filled: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(submission, "typesetter", Plain)
    await fill_documents(filled)
    async with filled.reading(system()) as work:
        kinds = [one for one in await procedures(work, work.today) if one.on]
        rows = await work.session.execute(select(Document.kind, Document.state))
        stages = {(kind, state) for kind, state in rows}
    assert stages == {(one.kind.key, state) for one in kinds for state in stages_of(one)}


def stages_of(one: Procedure) -> set[str]:
    """Where a document of the kind can stand: what nobody decides on is handed over at once."""
    steps = one.chain.steps
    judged = any(step.deed != DocumentDeed.RECEIVE for step in steps)
    under_way = {"approval", "returned", "withdrawn"} if steps else set()
    return {"draft", "approved" if judged else "issued", *under_way}


async def test_the_same_seed_gives_the_same_half_year(open_test_region: OpenRegion) -> None:
    told = []
    for _ in range(2):
        region = await open_test_region("murmansk")
        await fill(region, 50, seed=SEED, until=UNTIL)
        told.append([*cases(await world_of(region), 50)])
    assert told[0] == told[1]
    assert len({new.text for new in told[0]}) > 40
    assert len({new.external_id for new in told[0]}) == 50


async def test_another_seed_gives_another(kursk: Region) -> None:
    async with kursk.database.reading() as session:
        bodies = await load_bodies(session)
    one, other = (build_world(kursk, bodies, seed, UNTIL) for seed in (1, 2))
    assert [*cases(one, 5)] != [*cases(other, 5)]


async def test_a_region_without_places_can_be_filled(
    open_test_region: OpenRegion,
) -> None:
    boston = await open_test_region("tests.grounds.boston")
    assert (await fill(boston, 40)).appeals == 40
    assert (await world_of(boston)).hot_spots == ()
    async with boston.database.reading() as session:
        assert set(await session.scalars(select(Appeal.municipality))) == {None}


@pytest.mark.parametrize("size", ["", "big", "-5", "0", "1_000", "１２", 0, -1])
async def test_unknown_sizes(kursk: Region, size: str | int) -> None:
    async with kursk.database.reading() as session:
        before = await session.scalar(select(func.count(Body.id)))
    with pytest.raises(Refusal) as refused:
        await fill(kursk, size)
    assert refused.value.code is RefusalCode.INVALID
    async with kursk.database.reading() as session:
        assert await session.scalar(select(func.count(Body.id))) == before


async def test_every_role_has_an_official_who_may_act(filled: Region) -> None:
    today = filled.now().date()
    async with filled.database.reading() as session:
        for role in filled.rules.all(Role, today):
            actor = await actor_of(filled.database, f"demo-{role.key}", today, filled.rules)
            assert [grant.role for grant in actor.grants] == [role.key]
            assert actor.grants[0].permissions == role.permissions
            scope = actor.grants[0].scope
            assert frozenset() not in (scope.blocks, scope.municipalities, scope.bodies)
        names = (await session.scalars(select(Person.name))).all()
        held = await session.scalar(select(func.count(Appointment.id)))
    assert held == len(names)
    assert all(len(name.split()) == 3 for name in names)


async def test_rows_agree_with_their_ledgers(filled: Region) -> None:
    """What lists and the sweep read is exactly what the ledger and the law say."""
    async with filled.work(system()) as work:
        bodies = {b.id: b.key for b in await work.session.scalars(select(Body))}
        ledgers: dict[int, list[LedgerEntry]] = {}
        for row in await work.session.scalars(select(LedgerEntry).order_by(LedgerEntry.seq)):
            ledgers.setdefault(row.appeal_id, []).append(row)
        for appeal in await work.session.scalars(select(Appeal)):
            entries = pure(ledgers[appeal.id])
            assert [e.seq for e in entries] == list(range(1, len(entries) + 1))
            assert [e.at for e in entries] == sorted(e.at for e in entries)
            assert entries[-1].at <= UNTIL
            governing = [d for d in deadlines_of(work, appeal, entries) if d.governs]
            assert appeal.due_at == (governing[0].due_at if governing else None)
            answers = [e.at for e in entries if e.fact is Fact.ANSWERED]
            assert appeal.answered_at == (answers[0] if answers else None)
            assert appeal.transfers == count(entries, Fact.TRANSFERRED, Fact.RETURNED)
            assert appeal.prolongations == count(entries, Fact.PROLONGED)
            assert appeal.reworks == count(entries, Fact.REOPENED)
            assert appeal.version == len(entries) - 2
            assert appeal.held_since >= appeal.received_at
            assert holdings(entries)[-1].body == bodies.get(appeal.body_id or 0, COORDINATOR)


@pytest.mark.clause("fz59/12.2", "fz59/8.3", "fz59/8.6")
async def test_the_law_is_kept_even_by_those_who_game(filled: Region) -> None:
    limit = filled.rules.get(ProlongationLimit, "answer", UNTIL.date())
    async with filled.database.reading() as session:
        prolonged = select(func.max(Appeal.prolongations), func.max(Appeal.prolonged_days))
        times, days = (await session.execute(prolonged)).one()
        told = Counter(await session.scalars(select(Notice.kind)))
        facts = Counter(await session.scalars(select(LedgerEntry.fact)))
        same = select(func.count(Appeal.id)).where(Appeal.body_id == Appeal.complained_body_id)
        to_whom_it_is_about = await session.scalar(same)
    assert times == limit.times
    assert 10 <= days <= limit.days
    assert (told["prolonged"], told["forwarded"]) == (facts["prolonged"], facts["transferred"])
    assert to_whom_it_is_about == 0


async def test_some_bodies_game_and_it_can_be_seen(filled: Region) -> None:
    world = await world_of(filled)
    gamers = {key for key, temper in world.tempers.items() if temper is INSTANT}
    async with filled.database.reading() as session:
        rows = (
            await session.execute(
                select(Body.key, LedgerEntry.fact, LedgerEntry.at, LedgerEntry.appeal_id)
                .join(Appeal, Appeal.id == LedgerEntry.appeal_id)
                .join(Body, Body.id == Appeal.body_id)
                .order_by(LedgerEntry.appeal_id, LedgerEntry.seq)
            )
        ).all()
    answered: Counter[str] = Counter()
    at_once: Counter[str] = Counter()
    accepted_at: dict[int, datetime] = {}
    for body, fact, at, appeal_id in rows:
        if fact == Fact.ACCEPTED:
            accepted_at[appeal_id] = at
        elif fact == Fact.ANSWERED:
            answered[body] += 1
            at_once[body] += at - accepted_at[appeal_id] < timedelta(minutes=30)
    caught = sum(at_once[body] for body in gamers)
    played = sum(answered[body] for body in gamers)
    assert caught > 0.3 * played > 0
    assert sum(at_once.values()) - caught < 0.1 * (sum(answered.values()) - played)
    assert set(GAMING) <= set(world.tempers.values())


async def test_the_hot_spot_stands_out(filled: Region) -> None:
    hot, now = (await world_of(filled)).hot_spots
    assert hot.municipality != now.municipality
    assert now.until - now.since == LAST_WEEK
    weeks: Counter[int] = Counter()
    async with filled.database.reading() as session:
        moments = await session.scalars(
            select(Appeal.received_at).where(
                Appeal.topic == hot.subject.topic, Appeal.municipality == hot.municipality.key
            )
        )
        for moment in moments:
            weeks[(moment - hot.since).days // 7] += 1
    during = sum(weeks[week] for week in range(3))
    assert during > 20
    assert during > 3 * (sum(weeks.values()) - during)


async def test_marks_disputes_and_answers_are_there(filled: Region) -> None:
    async with filled.database.reading() as session:
        marks = Counter(await session.scalars(select(Survey.mark)))
        disputes = (await session.scalars(select(Dispute))).all()
        closings = await session.scalar(
            select(func.count(LedgerEntry.id)).where(LedgerEntry.fact == Fact.CLOSED)
        )
        answers = (await session.scalars(select(Answer))).all()
    assert {1, 2, 3, 4, 5} <= set(marks)
    assert sum(marks.values()) == closings
    assert {True, False} <= {dispute.upheld for dispute in disputes}
    assert all(answer.norm for answer in answers if answer.outcome == Outcome.REFUSED)
    assert all(answer.plan_date for answer in answers if answer.outcome == Outcome.PLANNED)
    assert all(answer.evidence for answer in answers if answer.outcome == Outcome.SOLVED)
