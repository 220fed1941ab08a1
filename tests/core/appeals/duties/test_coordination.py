"""Coordination as every act orders it: taking in, delivering, watching, reacting, one test a duty.

The same federal clauses and each region's own words for them, region by region.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.appeals import handover
from core.appeals.escalation.model import Escalation
from core.appeals.escalation.service import run_sweep
from core.appeals.inquiries import ask
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.notices.service import pending_notices
from core.appeals.rules.handling import TransferRule
from core.appeals.rules.intake import Channel, Regime
from core.appeals.rules.lifecycle import Fact, State
from core.kernel.access import system
from core.shapes.deadlines.rules.counting import end_of_day
from tests.core.appeals.duties.conftest import FIRST, SECOND, Office
from tests.fixtures.actors import actor_with

COORDINATION = {
    "murmansk": ["murmansk.513/1.3.1"],
    "kursk": ["kursk.958/pol.1.2"],
    "mari_el": ["mari-el.335/post.3", "mari-el.335/pol.4"],
    "chelyabinsk": ["chelyabinsk.641/pol.3.1"],
}
CHANNELS = {
    "murmansk": ["murmansk.513/1.3.1.channels"],
    "kursk": ["kursk.958/pol.1.2.channels"],
    "mari_el": ["mari-el.335/pol.4.channels"],
    "chelyabinsk": ["chelyabinsk.641/pol.3.1.channels"],
}
SUBSTANCE = {
    "murmansk": ["murmansk.513/2.1.2"],
    "kursk": ["kursk.958/pol.1.3.2"],
    "mari_el": ["mari-el.335/pol.5.2"],
    "chelyabinsk": ["chelyabinsk.641/pol.4.1.2"],
}
REACTION = {
    "murmansk": ["murmansk.513/1.3.3"],
    "mari_el": ["mari-el.335/pol.9.3"],
    "chelyabinsk": ["chelyabinsk.641/pol.3.3"],
}
ACCELERATED = {
    "kursk": ["kursk.958/pol.4.3.1"],
    "mari_el": ["mari-el.335/pol.9.4"],
    "chelyabinsk": ["chelyabinsk.641/pol.11.4"],
}


def regions(table: dict[str, list[str]], *federal: str) -> pytest.MarkDecorator:
    """A case for each region, marked with its own clauses and the federal ones."""
    return pytest.mark.parametrize(
        "code",
        [
            pytest.param(code, marks=pytest.mark.clause(*refs, *federal))
            for code, refs in table.items()
        ],
    )


async def escalated(office: Office, appeal_id: int) -> list[str]:
    async with office.region.database.reading() as session:
        query = select(Escalation.step).where(Escalation.appeal_id == appeal_id)
        return list(await session.scalars(query.order_by(Escalation.id)))


@regions(COORDINATION, "ru.1844/2.region-centre.1")
async def test_a_case_is_taken_in_delivered_and_watched(office: Office, code: str) -> None:
    appeal_id = await office.take(theme=None, addressee=None)
    async with office.region.work(office.coordinator) as work:
        await handover.route(work, appeal_id, FIRST, "по компетенции")
    async with office.region.work(office.first) as work:
        await handover.accept(work, appeal_id)
    due_at = (await office.appeal(appeal_id)).due_at
    assert due_at is not None
    office.clock.moment = due_at + timedelta(days=2)
    async with office.region.work(system()) as work:
        await run_sweep(work, {})
    facts = [row.fact for row in await office.ledger(appeal_id)]
    assert facts == [Fact.RECEIVED, Fact.REGISTERED, Fact.QUEUED, Fact.ROUTED, Fact.ACCEPTED]
    assert "head" in await escalated(office, appeal_id)


@regions(CHANNELS, "ru.1844/2.region-centre.1.channels", "ru.1844/4.б.4.channels")
async def test_every_channel_takes_in_and_carries_the_answer_back(
    office: Office, code: str
) -> None:
    channels = office.region.rules.all(Channel, office.region.now().date())
    found: dict[str, Regime] = {}
    for channel in channels:
        known = min(channel.identifies, default=None) if channel.electronic else None
        appeal_id = await office.accepted(channel=channel.key, identified_by=known)
        async with office.region.work(office.first) as work:
            await handover.transfer(work, appeal_id, SECOND, "дорога не наша")
        found[channel.key] = Regime((await office.appeal(appeal_id)).regime)
    regimes = {channel.key: channel.regime for channel in channels}
    assert found == {**regimes, "e-mail": Regime.MESSAGE}
    async with office.region.work(actor_with(office.region, "notifier")) as work:
        sent = {c.key: [n.kind for n in await pending_notices(work, c.key)] for c in channels}
    assert sent == {channel.key: ["forwarded"] for channel in channels}


@pytest.mark.parametrize("code", ["murmansk", "kursk", "mari_el", "chelyabinsk"])
@pytest.mark.clause("ru.1844/2.feedback-platform.discussions")
async def test_what_is_said_in_a_discussion_of_the_platform_is_a_message(
    office: Office, code: str
) -> None:
    appeal = await office.appeal(await office.take(channel="public-discussions"))
    assert (appeal.channel, appeal.regime) == ("public-discussions", Regime.MESSAGE)


@regions(SUBSTANCE, "ru.1844/4.а.2")
async def test_the_substance_becomes_theme_block_place_and_words(office: Office, code: str) -> None:
    appeal = await office.appeal(await office.take(topic="Ямочный ремонт"))
    assert (appeal.theme, appeal.block, appeal.topic) == ("roads", "roads", "Ямочный ремонт")
    assert appeal.significant
    assert {"яма", "колесо", "улица"} <= set(appeal.terms.split())


@regions(REACTION, "ru.1844/2.region-centre.3")
async def test_bodies_are_brought_in_and_the_deadline_stays(office: Office, code: str) -> None:
    appeal_id = await office.take(addressee=None, theme=None, channel="social-networks")
    async with office.region.work(office.coordinator) as work:
        await handover.route(work, appeal_id, FIRST, "по компетенции")
    before = (await office.appeal(appeal_id)).due_at
    async with office.region.work(office.first) as work:
        await handover.accept(work, appeal_id)
    async with office.region.work(office.first) as work:
        await ask(work, appeal_id, SECOND, "Чья это дорога?")
    async with office.region.work(office.first) as work:
        await handover.transfer(work, appeal_id, SECOND, "дорога ваша")
    rows = await office.ledger(appeal_id)
    assert [(row.fact, row.body) for row in rows[3:]] == [
        (Fact.ROUTED, FIRST),
        (Fact.ACCEPTED, None),
        (Fact.ASKED, SECOND),
        (Fact.TRANSFERRED, SECOND),
    ]
    assert (await office.appeal(appeal_id)).due_at == before


@pytest.mark.parametrize("code", ["murmansk", "kursk", "mari_el", "chelyabinsk"])
@pytest.mark.clause("ru.1844/2.region-centre.3")
async def test_what_the_centre_routes_on_counts_too(office: Office, code: str) -> None:
    appeal_id = await office.take(channel="social-networks")
    limit = office.region.rules.get(TransferRule, "appeal", office.region.now().date()).limit
    for number in range(limit + 1):
        assert (await office.appeal(appeal_id)).state != State.QUEUED
        async with office.region.work(office.coordinator) as work:
            to = FIRST if number % 2 else SECOND
            await handover.transfer(work, appeal_id, to, "по компетенции")
    assert (await office.appeal(appeal_id)).state == State.QUEUED


@regions(ACCELERATED)
async def test_a_problem_of_a_block_has_thirty_days_across_bodies(
    office: Office, code: str
) -> None:
    message = NewAppeal("social-networks", "с-1", "Яма у школы.", theme="roads", addressee=FIRST)
    async with office.region.work(office.coordinator) as work:
        appeal_id = (await take_in(work, message)).appeal_id
        day = work.today
    async with office.region.work(office.first) as work:
        await handover.transfer(work, appeal_id, SECOND, "дорога не наша")
    appeal = await office.appeal(appeal_id)
    assert appeal.due_rule == "accelerated"
    assert appeal.due_at == end_of_day(day + timedelta(days=30), office.region.passport.zone)
    async with office.region.work(office.second) as work:
        await handover.accept(work, appeal_id)
    office.clock.moment = appeal.due_at + timedelta(days=1)
    async with office.region.work(system()) as work:
        await run_sweep(work, {})
    assert await escalated(office, appeal_id) != []
