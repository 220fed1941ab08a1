"""An approval under way: two at once, what may not change, what it goes by, who says no."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from typing import cast

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from core.directory.model import Appointment, Delegation, Person
from core.kernel.access import Actor, system
from core.kernel.codes import ActKind, Authority, RefusalCode
from core.kernel.errors import Refusal
from core.shapes.chains.model import ChainRecord, ChainState
from core.shapes.chains.rules import Decision, Ground
from core.structure.block_proposals import refuse_block
from core.structure.model import BlockProposal
from core.structure.rules.growth import ProposalState
from tests.conftest import OpenRegion
from tests.core.shapes.matters import (
    MATTERS,
    Matter,
    decided,
    ids,
    lend,
    official,
    one_person,
    rows,
    two_persons,
)

TODAY, LATER = date(2026, 3, 2), date(2026, 3, 12)
GOOD = Ground(ActKind.LETTER, "П-12/7 от 01.02.2026", date(2026, 2, 20))


@pytest.mark.parametrize("matter", MATTERS, ids=ids)
async def test_of_two_decisions_at_once_one_wins(
    open_test_region: OpenRegion, matter: Matter
) -> None:
    region = await open_test_region(matter.region)
    first, due = await two_persons(region, matter)
    rivals = (due, await official(region, "rival", matter.due))
    number = await matter.prepare(region, first)
    before = len(await decided(region))

    async def attempt(actor: Actor) -> object:
        async with region.work(actor) as work:
            return await matter.decide(work, number, None)

    found = await asyncio.gather(*map(attempt, rivals), return_exceptions=True)
    lost = [one for one in found if isinstance(one, BaseException)]
    assert [type(one) for one in lost] == [Refusal]
    assert cast(Refusal, lost[0]).code is matter.again
    assert len(await decided(region)) == before + 1


@pytest.mark.parametrize("change", ["UPDATE {} SET actor = 'x'", "DELETE FROM {}"])
async def test_decisions_are_not_changed(open_test_region: OpenRegion, change: str) -> None:
    (matter,) = [one for one in MATTERS if one.name == "block"]
    region = await open_test_region(matter.region)
    first, _ = await two_persons(region, matter)
    await matter.prepare(region, first)
    with pytest.raises(DBAPIError, match="decision is append-only"):
        async with region.work(system()) as work:
            await work.session.execute(text(change.format("decision")))
    assert [row.actor for row in await decided(region)] == ["first"]


async def test_what_is_approved_does_not_change_meanwhile(open_test_region: OpenRegion) -> None:
    (matter,) = [one for one in MATTERS if one.name == "block"]
    region = await open_test_region(matter.region)
    first, due = await two_persons(region, matter)
    number = await matter.prepare(region, first)
    async with region.work(system()) as work:
        (await work.session.get_one(BlockProposal, number)).themes = ["culture", "sport"]
    before = await rows(region)
    with pytest.raises(Refusal) as refused:
        async with region.work(due) as work:
            await matter.decide(work, number, GOOD)
    assert refused.value.code is RefusalCode.STALE
    assert await rows(region) == before


async def test_a_chain_goes_on_by_the_steps_it_began_with(open_test_region: OpenRegion) -> None:
    """Whatever the rulebook says by now: the row alone decides."""
    (matter,) = [one for one in MATTERS if one.name == "block"]
    region = await open_test_region(matter.region)
    first, due = await two_persons(region, matter)
    number = await matter.prepare(region, first)
    async with region.work(system()) as work:
        chain = (await work.session.scalars(select(ChainRecord))).one()
        assert chain.law_on == TODAY
        assert [step["key"] for step in chain.steps or []] == ["propose", "support", "decide"]
        chain.steps = (chain.steps or [])[:2]
    async with region.work(due) as work:
        await matter.decide(work, number, None)
        proposal = await work.session.get_one(BlockProposal, number)
        assert proposal.state == ProposalState.IN_FORCE


async def test_what_he_began_himself_he_may_refuse(open_test_region: OpenRegion) -> None:
    """A no needs a reason, is written like a yes and ends the approval."""
    (matter,) = [one for one in MATTERS if one.name == "block"]
    region = await open_test_region(matter.region)
    both, _ = await one_person(region, matter)
    number = await matter.prepare(region, both)
    before = await rows(region)
    with pytest.raises(Refusal) as silent:
        async with region.work(both) as work:
            await refuse_block(work, number, Decision(Authority.CURATOR), " ")
    assert silent.value.code is RefusalCode.REASON_REQUIRED
    assert await rows(region) == before
    async with region.work(both) as work:
        row = await refuse_block(work, number, Decision(Authority.CURATOR), "не нужно")
        chain = (await work.session.scalars(select(ChainRecord))).one()
        assert (row.state, chain.state) == (ProposalState.REFUSED, ChainState.REFUSED)
    (_, last) = await decided(region)
    assert (last.agreed, last.reason, last.step) == (False, "не нужно", "support")


async def test_a_delegate_does_not_decide_on_his_own_candidature(
    open_test_region: OpenRegion,
) -> None:
    (matter,) = [one for one in MATTERS if one.name == "appointment"]
    region = await open_test_region(matter.region)
    first, holder = await two_persons(region, matter)
    number = await matter.prepare(region, first)
    delegate = await lend(region, holder, matter.due, "delegate", LATER)
    async with region.work(system()) as work:
        row = await work.session.get_one(Appointment, number)
        person = await work.session.get_one(Person, row.person_id)
        lent = (await work.session.scalars(select(Delegation))).one()
        lent.person_id = person.id
    candidate = replace(delegate, person_id=person.id)
    before = await rows(region)
    with pytest.raises(Refusal) as refused:
        async with region.work(candidate) as work:
            await matter.decide(work, number, GOOD)
    assert refused.value.code is RefusalCode.SECOND_PERSON_REQUIRED
    assert refused.value.clause is not None
    assert refused.value.clause.ref == "tsur.practice/second-person"
    assert await rows(region) == before
