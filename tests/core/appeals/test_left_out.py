"""What a program of before leaves out beside a new one is filled, and is no change of the case."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import text

from core.appeals.refresh.columns import fill_batch, run_fill
from core.kernel.access import system
from tests.core.appeals.conftest import Desk

BARE = "UPDATE appeal SET changed_at = '2000-01-01 00:00:00.000000', address_words = NULL"
STALE = "UPDATE appeal SET changed_at = '2026-03-01 00:00:00.000000'"


async def say(desk: Desk, statement: str) -> None:
    async with desk.region.database.writing() as session:
        await session.execute(text(statement))


async def shown(desk: Desk, appeal_id: int) -> tuple[Any, ...]:
    appeal = await desk.appeal(appeal_id)
    return appeal.changed_at, appeal.address_words, appeal.version


async def test_columns_that_stand_empty_are_filled_from_the_ledger(desk: Desk) -> None:
    began = desk.now()
    spelt = (await desk.take(external_id="1", address="ул. Полёвая, 3")).appeal_id
    plain = (await desk.take(external_id="2")).appeal_id
    desk.clock.forward(hours=5)
    await desk.accept(spelt)
    version = (await desk.appeal(spelt)).version
    await say(desk, BARE)
    async with desk.work(system()) as work:
        assert not await fill_batch(work)
    later = began + timedelta(hours=5)
    assert await shown(desk, spelt) == (later, " ул полевая 3 ", version)
    assert (await shown(desk, plain))[:2] == (began, None)


async def test_a_change_by_a_program_of_before_is_told_by_the_job(desk: Desk) -> None:
    began = desk.now()
    appeal = (await desk.take()).appeal_id
    await say(desk, STALE)
    async with desk.work(system()) as work:
        await run_fill(work, {})
    assert (await desk.appeal(appeal)).changed_at == began
