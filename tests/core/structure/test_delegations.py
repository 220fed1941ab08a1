"""A delegate acts within the delegator's appointment, between two days and not a day longer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.directory.model import Delegation, Person
from core.directory.service import actor_of
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.structure.accountability import responsible_for, role_holders
from core.structure.delegations import delegate, recall
from core.structure.rules.charges import Charge
from tests.fixtures.actors import actor_with
from tests.fixtures.centre import Centre, open_centre, said
from tests.fixtures.clock import FrozenClock

FIRST, PAST = date(2026, 3, 5), date(2026, 3, 12)
LAW = "tsur.practice/delegation"


async def subject(region: Region, person: int) -> str:
    async with region.database.reading() as session:
        return (await session.get_one(Person, person)).subject


async def grants(region: Region, person: int, on: date) -> list[tuple[str, list[str]]]:
    name = await subject(region, person)
    actor = await actor_of(region.database, name, on, region.rules)
    return [(g.role, sorted(g.scope.blocks or ())) for g in actor.grants]


@pytest.mark.clause("tsur.practice/delegation", "ru.1844/10.г.3")
async def test_a_delegate_has_the_grants_of_the_days_and_the_holder_answers(kursk: Region) -> None:
    centre = await open_centre(kursk)
    person, other = await two(centre)
    row = await centre.holding("block-responsible", person, ("roads",))
    holder = replace(actor_with(kursk, "block-responsible", blocks=("roads",)), person_id=person)
    async with kursk.work(holder) as work:
        await delegate(work, row.id, other, FIRST, PAST, "отпуск")
    day = timedelta(days=1)
    for on, held in ((FIRST - day, []), (FIRST, ["roads"]), (PAST - day, ["roads"]), (PAST, [])):
        expected = [("block-responsible", held)] if held else []
        assert await grants(kursk, other, on) == expected
    async with kursk.database.reading() as session:
        (found,) = await role_holders(session, "block-responsible", FIRST, "roads")
        (answer,) = await responsible_for(session, kursk.rules, Charge.BLOCK, FIRST, block="roads")
    assert found.delegate is not None
    assert (found.person.id, found.delegate.id) == (person, other)
    assert [h.person.id for h in answer.holders] == [person]


@pytest.mark.clause("tsur.practice/delegation")
async def test_what_cannot_be_delegated(kursk: Region) -> None:
    centre = await open_centre(kursk)
    person, other = await two(centre)
    row = await centre.holding("block-responsible", person, ("roads",))
    holder = replace(actor_with(kursk, "block-responsible", blocks=("roads",)), person_id=person)
    delegated = replace(holder, person_id=other)
    for actor, whom, since, until, why, answer in (
        (delegated, other, FIRST, PAST, "отпуск", ("FORBIDDEN", None)),
        (holder, person, FIRST, PAST, "отпуск", ("INVALID", LAW)),
        (holder, other, PAST, FIRST, "отпуск", ("DATE_OUT_OF_RANGE", LAW)),
        (holder, other, date(2026, 2, 1), date(2026, 3, 2), "отпуск", ("DATE_OUT_OF_RANGE", LAW)),
        (holder, other, date(2026, 3, 1), PAST, "отпуск", ("DATE_OUT_OF_RANGE", LAW)),
        (holder, other, FIRST, PAST, " ", ("REASON_REQUIRED", LAW)),
    ):
        with pytest.raises(Refusal) as refused:
            async with kursk.work(actor) as work:
                await delegate(work, row.id, whom, since, until, why)
        assert said(refused.value) == answer
    assert await centre.rows(Delegation) == 0


async def test_a_dismissed_holder_leaves_no_delegate_and_a_recall_ends_it_today(
    kursk: Region, clock: FrozenClock
) -> None:
    centre = await open_centre(kursk)
    person, other = await two(centre)
    row = await centre.holding("block-responsible", person, ("roads",))
    holder = replace(actor_with(kursk, "block-responsible", blocks=("roads",)), person_id=person)
    async with kursk.work(holder) as work:
        lent = await delegate(work, row.id, other, date(2026, 3, 2), PAST, "отпуск")
    assert await grants(kursk, other, FIRST) == [("block-responsible", ["roads"])]
    async with kursk.work(holder) as work:
        assert (await recall(work, lent.id)).until == date(2026, 3, 2)
    assert await grants(kursk, other, date(2026, 3, 2)) == []
    async with kursk.work(holder) as work:
        await delegate(work, row.id, other, date(2026, 3, 2), PAST, "отпуск")
        (await work.session.get_one(Person, person)).dismissed = FIRST
    assert await grants(kursk, other, date(2026, 3, 4)) == [("block-responsible", ["roads"])]
    assert await grants(kursk, other, FIRST) == []


async def two(centre: Centre) -> tuple[int, int]:
    return (
        await centre.person("body-deputy-head", centre.roads),
        await centre.person("body-deputy-head", centre.roads),
    )
