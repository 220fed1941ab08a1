"""The proof holds after folds and rebuilds, and finds whatever somebody has changed by hand."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import Delete, Update, delete, func, select, update

from core.appeals.figures.proof import Proof, verify_rollups
from core.appeals.figures.subject import APPEALS, CUTS
from core.appeals.model import Appeal
from core.appeals.rights.withdrawal import Statement, withdraw
from core.kernel.access import system
from core.kernel.region import Region
from core.shapes.figures.folding import fold, rebuild
from core.shapes.figures.proof import hold_still
from tests.fixtures.clock import FrozenClock

CELLS, CHANGE = APPEALS.tables.cells.table, APPEALS.tables.change
WAITING = APPEALS.tables.waiting
assert WAITING is not None
FIRST = select(func.min(Appeal.id)).scalar_subquery()


async def proof_of(region: Region) -> Proof:
    async with region.reading(system()) as work:
        await hold_still(work)
        return await verify_rollups(work)


async def count(region: Region, model: Any) -> int:
    async with region.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(model)) or 0


async def test_the_figures_are_proved_before_and_after_each_fold(busy: Region) -> None:
    assert await count(busy, CHANGE) > 0
    assert await proof_of(busy) == Proof(404, len(CUTS), ())
    async with busy.work(system()) as work:
        await fold(work, APPEALS)
    assert await count(busy, CHANGE) == 0
    assert await proof_of(busy) == Proof(404, len(CUTS), ())
    folded, waiting = (await _cells(busy))[0], await count(busy, WAITING)
    assert waiting > 0
    async with busy.work(system()) as work:
        await rebuild(work, APPEALS)
    assert await proof_of(busy) == Proof(404, len(CUTS), ())
    assert (await _cells(busy))[0] == folded


async def _cells(region: Region) -> tuple[set[Any], int]:
    """The cells that count for something, and how many there are in all."""
    async with region.database.reading() as session:
        columns = CELLS.c
        rows = (await session.execute(select(*columns))).all()
    return {tuple(row) for row in rows if any(row[13:])}, len(rows)


async def test_a_fold_with_nothing_to_do_moves_the_moment_alone(
    busy: Region, clock: FrozenClock
) -> None:
    async with busy.work(system()) as work:
        await fold(work, APPEALS)
    before = await _cells(busy)
    async with busy.work(system()) as work:
        await fold(work, APPEALS)
    assert await _cells(busy) == before


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (update(CELLS).where(CELLS.c.cut == "body_id").values(total=0), "body_id/"),
        (delete(CELLS).where(CELLS.c.cut == "block+theme"), "block+theme/"),
        (delete(CHANGE), "total: не хватает"),
        (delete(WAITING), "overdue: не хватает"),
        (update(Appeal).where(Appeal.id == FIRST).values(state="received"), "state: received"),
        (update(Appeal).where(Appeal.id == FIRST).values(body_id=None), "body: нет"),
        (update(Appeal).where(Appeal.id == FIRST).values(mark=5, reworks=9), "reworks: 9"),
        (update(Appeal).where(Appeal.id == FIRST).values(due_at=None), "due_at: нет"),
    ],
)
async def test_what_was_changed_by_hand_is_found(
    busy: Region, harm: Update | Delete, told: str
) -> None:
    async with busy.work(system()) as work:
        await work.session.execute(harm)
        found = (await verify_rollups(work)).differences
        await work.session.rollback()
    assert any(told in f"{one.where} {one.what}" for one in found)


async def test_cases_change_while_others_fold(busy: Region) -> None:
    async with busy.reading(system()) as work:
        open_ones = select(Appeal.id).where(Appeal.state.in_(["in_work", "assigned"]))
        numbers = list(await work.session.scalars(open_ones.order_by(Appeal.id).limit(12)))

    async def give_up(number: int) -> None:
        async with busy.work(system()) as work:
            await withdraw(work, number, Statement(work.today, "вх. 7"))

    async def fold_once() -> None:
        async with busy.work(system()) as work:
            await fold(work, APPEALS)

    await asyncio.gather(*(f for n in numbers for f in (give_up(n), fold_once())))
    assert len(numbers) == 12
    assert await proof_of(busy) == Proof(404, len(CUTS), ())
