"""What an act must record first, and where a step on the portal is equal to a letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from core.documents.kinds import NewChain, record_chain
from core.documents.letters import register_letter
from core.documents.model import DocumentReceipt, DocumentVersion
from core.documents.queries import listed
from core.documents.rules.kinds import DocumentDeed, step
from core.kernel.access import system
from core.kernel.codes import ActKind, Authority
from core.kernel.errors import Refusal
from core.shapes.chains.model import DecisionRecord
from core.shapes.chains.rules import Ground
from tests.conftest import OpenRegion
from tests.core.documents.people import LETTER, open_people, refused
from tests.fixtures.clock import FrozenClock

YESTERDAY, TODAY, TOMORROW = date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3)
AGREES, APPROVES = "kursk.958/pol.3.4.7", "kursk.958/pol.3.2.4"
PASSPORT = "murmansk.513/4.3.6"
BLOCKS = "block-responsible"
REGULATION = Ground(ActKind.REGULATION, "1", date(2026, 2, 1))
INTERNAL = Ground(ActKind.INTERNAL, "1", date(2026, 2, 1))


@pytest.mark.clause("chelyabinsk.641/pol.15")
async def test_two_of_three_in_any_order(open_test_region: OpenRegion) -> None:
    """R21: a regulation sets it; one person has one voice; a no ends it once two are not left."""
    people = await open_people(await open_test_region("chelyabinsk"))
    three = (Authority.EXECUTOR, Authority.HEAD, Authority.CURATOR)
    steps = (step(DocumentDeed.AGREE, *three, need=2),)
    chain = NewChain("passport", TODAY, frozenset({BLOCKS}), steps)
    with pytest.raises(Refusal) as no_regulation:
        async with people.region.work(people.actors["head"]) as work:
            await record_chain(work, chain, INTERNAL)
    assert no_regulation.value.code == "GROUND_REQUIRED"
    async with people.region.work(people.actors["head"]) as work:
        await record_chain(work, chain, REGULATION)
    await people.also("head", "executor")
    number = await people.draft("passport", BLOCKS)
    await people.submit(number, BLOCKS)
    assert await people.decide(number, "head") == "approval"
    twice = await refused(people, number, "head", party=Authority.EXECUTOR)
    assert twice == ("JUDGE_NOT_INDEPENDENT", "chelyabinsk.641/pol.15")
    assert await people.decide(number, "curator", refusing="рано") == "approval"
    assert await people.decide(number, "executor") == "approved"
    other = await people.draft("passport", BLOCKS)
    await people.submit(other, BLOCKS)
    assert await people.decide(other, "curator", refusing="рано") == "approval"
    assert await people.decide(other, "executor", refusing="рано") == "returned"


@pytest.mark.clause("mari-el.335/pol.10", "mari-el.335/pol.16", "chelyabinsk.641/pol.15")
async def test_only_the_act_that_may_sets_a_chain(open_test_region: OpenRegion) -> None:
    people = await open_people(await open_test_region("mari_el"))
    steps = (step(DocumentDeed.APPROVE, Authority.CURATOR),)
    chain = NewChain("passport", TODAY, frozenset({"head"}), steps)
    duties = "mari-el.335/pol.16"
    for who, grounds, code in (
        ("curator", (INTERNAL, LETTER), "FORBIDDEN"),
        ("head", (INTERNAL, None), "GROUND_REQUIRED"),
        ("head", (LETTER, LETTER), "GROUND_REQUIRED"),
    ):
        with pytest.raises(Refusal) as found:
            async with people.region.work(people.actors[who]) as work:
                await record_chain(work, chain, *grounds)
        assert found.value.code == code
    early = replace(chain, since=date(2026, 1, 31))
    with pytest.raises(Refusal) as backwards:
        async with people.region.work(people.actors["head"]) as work:
            await record_chain(work, early, INTERNAL, LETTER)
    assert backwards.value.code == "DATE_OUT_OF_RANGE"
    with pytest.raises(Refusal) as off:
        await people.draft("passport", "head")
    assert off.value.code == "NOT_PROVIDED"
    with pytest.raises(Refusal) as lawful:
        async with people.region.work(people.actors["head"]) as work:
            await record_chain(work, NewChain("duties", TODAY, frozenset(), steps), INTERNAL)
    assert (lawful.value.code, lawful.value.clause and lawful.value.clause.ref) == (
        "NOT_PROVIDED",
        duties,
    )
    async with people.region.work(people.actors["head"]) as work:
        await record_chain(work, chain, INTERNAL, LETTER)
    number = await people.draft("passport", "head")
    await people.submit(number, "head")
    assert await people.decide(number, "curator") == "approved"
    async with people.region.reading(system()) as work:
        version = (await work.session.scalars(select(DocumentVersion))).one()
        assert version.ground == INTERNAL.text
        (taken,) = await work.session.scalars(select(DecisionRecord))
        assert taken.clause == duties


@pytest.mark.clause("kursk.958/pol.4.4.2", "mari-el.335/pol.10", "mari-el.335/pol.10.2")
@pytest.mark.parametrize(
    ("code", "prefix"),
    [("kursk", "46"), ("mari_el", "12"), ("murmansk", None), ("chelyabinsk", None)],
)
async def test_receipts_where_the_act_says_so(
    open_test_region: OpenRegion, clock: FrozenClock, code: str, prefix: str | None
) -> None:
    """Numbers without gaps in a local year; a refused step takes none; elsewhere there are none."""
    people = await open_people(await open_test_region(code))
    numbers = []
    for moment in (None, datetime(2026, 12, 31, 22, 30, tzinfo=UTC)):
        clock.moment = moment or clock.moment
        for _ in range(2):
            number = await people.draft("leadership-report", "head")
            with pytest.raises(Refusal):
                await people.submit(number, "curator")
            await people.submit(number, "head")
            numbers.append(number)
    async with people.region.reading(system()) as work:
        found = [row.number for row in await work.session.scalars(select(DocumentReceipt))]
        force = {row.force for row in await listed(work)}
    if prefix is None:
        assert (found, force) == ([], {"record"})
        async with people.region.work(people.actors["head"]) as work:
            assert (await register_letter(work, numbers[0], LETTER)).number == "17-д"
        async with people.region.reading(system()) as work:
            assert [row.number for row in await listed(work)] == ["17-д", None, None, None]
    else:
        assert force == {"letter"}
        assert found == [f"{prefix}-Д-{year}-{seq:05}" for year in (2026, 2027) for seq in (1, 2)]


@pytest.mark.clause("kursk.958/pol.4.4.2")
async def test_an_act_entered_from_outside_has_its_own_number(open_test_region: OpenRegion) -> None:
    """R18: what the Administration resolves is no step on the portal, and takes no number of it."""
    people = await open_people(await open_test_region("kursk"))
    number = await people.draft("structure", "head")
    await people.submit(number, "head")
    ground, party = Ground(ActKind.RESOLUTION, "12-па", YESTERDAY), Authority.ADMINISTRATION
    assert await people.decide(number, "head", party=party, ground=ground) == "approved"
    async with people.region.reading(system()) as work:
        found = [row.number for row in await work.session.scalars(select(DocumentReceipt))]
    assert found == ["46-Д-2026-00001"]
