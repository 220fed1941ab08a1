"""A region with some hundreds of invented lives, of which the cells know only a part."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.appeals.figures.subject import APPEALS
from core.appeals.model import Appeal
from core.appeals.rights.withdrawal import Statement, withdraw
from core.appeals.rules.lifecycle import State
from core.demo.service import fill
from core.kernel.access import system
from core.kernel.region import Region
from core.shapes.figures.folding import fold
from tests.conftest import OpenRegion
from tests.fixtures.clock import FrozenClock

SEED = 11


async def prepare(region: Region) -> None:
    """Folded once; then more came in, some of the old were taken back."""
    await fill(region, 200, seed=SEED, until=region.now())
    async with region.work(system()) as work:
        await fold(work, APPEALS)
    await fill(region, 350, seed=SEED, until=region.now())
    async with region.work(system()) as work:
        open_ones = select(Appeal.id).where(Appeal.state == State.IN_WORK).order_by(Appeal.id)
        for number in (await work.session.scalars(open_ones.limit(8))).all():
            await withdraw(work, number, Statement(work.today, "вх. 7"))


@pytest.fixture
async def busy(open_test_region: OpenRegion, clock: FrozenClock) -> Region:
    """A week after all that."""
    kursk = await open_test_region("kursk", prepare)
    clock.forward(days=7)
    return kursk
