"""The demo has one step taken with many cases, some done and some refused, and never a second."""

from __future__ import annotations

from sqlalchemy import select

from core.appeals.batches.model import Batch, BatchRow, BatchState, RowState
from core.demo.batches import MANY, fill_batches
from core.demo.service import fill
from core.kernel.region import Region


async def test_an_official_has_taken_a_step_with_many(kursk: Region) -> None:
    await fill(kursk, 60)
    named = await fill_batches(kursk)
    assert 0 < named <= 2 * MANY
    assert await fill_batches(kursk) == 0
    async with kursk.database.reading() as session:
        assert list(await session.scalars(select(Batch.state))) == [BatchState.DONE]
        states = list(await session.scalars(select(BatchRow.state)))
    assert len(states) == named
    assert set(states) <= {RowState.DONE, RowState.REFUSED}
    assert RowState.DONE in states
