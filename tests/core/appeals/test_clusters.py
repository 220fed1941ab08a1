"""Duplicates: proposed by place, theme, time and text; joined and split by people."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from core.appeals.duplicates.model import Cluster, DuplicateProposal
from core.appeals.duplicates.service import join, propose, run_propose, split
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from tests.core.appeals.conftest import Desk

PLACE: dict[str, Any] = {"latitude": 51.7373, "longitude": 36.1873}
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
    await two(desk)
    for _ in range(2):
        async with desk.work(desk.curator) as work:
            await run_propose(work, {})
    assert await desk.rows(DuplicateProposal) == 2


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
