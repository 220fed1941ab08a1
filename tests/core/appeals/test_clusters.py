"""Duplicates: proposed by place, theme, time and text; joined and split by people."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import delete, select

from core.appeals.duplicates.model import Cluster, DuplicateProposal, LikeCase, LikeGroup, LikeMark
from core.appeals.duplicates.search import propose, run_propose
from core.appeals.duplicates.service import join, split
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from tests.core.appeals.conftest import Desk

PLACE: dict[str, Any] = {"latitude": 51.7373, "longitude": 36.1873}
LONG_AGO = datetime(2026, 1, 12, 9, tzinfo=UTC)
NEARBY: dict[str, Any] = {"latitude": 51.7374, "longitude": 36.1875}


async def two(desk: Desk) -> tuple[int, int]:
    one = await desk.take(**PLACE)
    text = "Полевая улица: глубокие ямы, бьём колёса машин."
    other = await desk.take(external_id="п-2", text=text, **NEARBY)
    await desk.take(external_id="п-3", text="Нет автобуса.", theme="transport", **NEARBY)
    return one.appeal_id, other.appeal_id


@pytest.mark.clause("tsur.practice/duplicates")
async def test_a_look_alike_nearby_is_proposed_once(desk: Desk) -> None:
    one, other = await two(desk)
    for expected in ([other], []):
        async with desk.work(desk.curator) as work:
            found = await propose(work, one)
        assert [proposal.other_id for proposal in found] == expected
    async with desk.region.database.reading() as session:
        (proposal,) = await session.scalars(select(DuplicateProposal))
    assert (proposal.score, proposal.reasons) == (1000, "общих слов 90 %, расстояние 18 м")


async def test_the_job_looks_at_each_case_once(desk: Desk) -> None:
    one, other = await two(desk)
    for _ in range(2):
        await run_propose(desk.region, {})
    async with desk.region.database.reading() as session:
        (proposal,) = await session.scalars(select(DuplicateProposal))
        groups = (await session.execute(select(LikeGroup.first_id, LikeGroup.size))).all()
    assert (proposal.appeal_id, proposal.other_id, proposal.score) == (other, one, 1000)
    assert [*map(tuple, groups)] == [(one, 2), (3, 1)]


async def test_many_like_cases_are_one_proposal(desk: Desk) -> None:
    ids = [(await desk.take(external_id=f"п-{n}", **PLACE)).appeal_id for n in range(12)]
    await run_propose(desk.region, {})
    async with desk.region.database.reading() as session:
        (proposal,) = await session.scalars(select(DuplicateProposal))
        query = select(LikeCase.appeal_id, LikeCase.other_id).order_by(LikeCase.position)
        cases = [tuple(row) for row in await session.execute(query)]
    assert cases == [(ids[0], ids[1]), *((one, ids[0]) for one in ids[1:])]
    async with desk.work(desk.curator) as work:
        await join(work, ids, "одна яма")
    async with desk.region.database.reading() as session:
        assert await session.scalar(select(DuplicateProposal.joined)) is True
    late = await desk.take(external_id="п-99", **PLACE)
    async with desk.work(desk.curator) as work:
        (found,) = await propose(work, late.appeal_id)
    assert (found.group_id, found.position) == (proposal.group_id, 13)
    async with desk.region.database.reading() as session:
        assert (await session.scalars(select(DuplicateProposal.decided_at))).all() == [None]


async def test_words_alone_bring_like_cases_together_and_distance_keeps_them_apart(
    desk: Desk,
) -> None:
    there: dict[str, Any] = {"latitude": 51.9, "longitude": 36.1873}
    texts: tuple[tuple[str, dict[str, Any]], ...] = (
        ("На улице Полевой глубокая яма, машины бьют колёса.", PLACE),
        ("Полевая: глубокая яма у дома, машины стоят, колёса целы.", there),
        ("На улице Полевой глубокая яма, машины бьют колёса.", {}),
        ("На улице Полевой глубокая яма, машины бьют колёса.", {"received_at": LONG_AGO}),
    )
    for number, (text, more) in enumerate(texts):
        await desk.take(external_id=f"п-{number}", text=text, **more)
    await run_propose(desk.region, {})
    async with desk.region.database.reading() as session:
        query = select(LikeCase.appeal_id, LikeCase.other_id).order_by(LikeCase.appeal_id)
        cases = [tuple(row) for row in await session.execute(query)]
    assert cases == [(1, 3), (2, None), (3, 1), (4, None)]


async def test_a_case_that_was_passed_by_is_looked_at_yet(desk: Desk) -> None:
    """A transaction that began before others and ended after them leaves a lower number behind."""
    await two(desk)
    await run_propose(desk.region, {})
    async with desk.region.work(system()) as work:
        await work.session.execute(delete(LikeCase).where(LikeCase.appeal_id == 3))
        await work.session.execute(delete(LikeMark).where(LikeMark.group_id == 2))
        await work.session.execute(delete(LikeGroup).where(LikeGroup.id == 2))
    await run_propose(desk.region, {})
    async with desk.region.database.reading() as session:
        assert await session.scalar(select(LikeCase.position).where(LikeCase.appeal_id == 3)) == 1


async def test_a_cluster_keeps_every_appeal_and_can_be_undone(desk: Desk) -> None:
    one, other = await two(desk)
    async with desk.work(desk.curator) as work:
        cluster = await join(work, [one, other], "одна яма")
    assert (
        (await desk.appeal(one)).cluster_id == cluster.id == (await desk.appeal(other)).cluster_id
    )
    assert (await desk.facts(other))[-1] == "joined"
    async with desk.work(desk.curator) as work:
        await split(work, other, "разные улицы")
    assert (await desk.appeal(other)).cluster_id is None
    assert (await desk.facts(other))[-2:] == ["joined", "split"]
    assert (await desk.appeal(one)).cluster_id == cluster.id


async def test_what_cannot_be_joined(desk: Desk) -> None:
    one, other = await two(desk)
    for ids, who, code in (
        ([one], desk.curator, RefusalCode.INVALID),
        ([one, one], desk.curator, RefusalCode.INVALID),
        ([one, 999], desk.curator, RefusalCode.NOT_FOUND),
        ([one, other], desk.official, RefusalCode.FORBIDDEN),
    ):
        async with desk.work(who) as work:
            with pytest.raises(Refusal) as refused:
                await join(work, ids, "похоже")
        assert refused.value.code is code
    assert await desk.rows(Cluster) == 0
    async with desk.work(desk.curator) as work:
        with pytest.raises(Refusal) as refused:
            await split(work, one, "нечего делить")
    assert refused.value.code is RefusalCode.WRONG_STATE
