"""Indicators of the demo: of each kind of a region's law, by its own chain, once."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import func, select

from core.demo.indicators import fill_indicators
from core.demo.service import fill
from core.indicators.model import Indicator, IndicatorTarget, IndicatorValue
from core.indicators.rules.kinds import IndicatorKind, IndicatorState
from core.kernel.region import Region
from core.kernel.settings import DEMO_REGIONS
from core.shapes.chains.model import DecisionRecord
from tests.conftest import OpenRegion


async def officials(region: Region) -> None:
    await fill(region, 1)


@pytest.mark.parametrize("code", DEMO_REGIONS)
async def test_each_kind_is_in_force_with_its_figures_and_one_is_proposed(
    open_test_region: OpenRegion, code: str
) -> None:
    region = await open_test_region(code, officials)
    kinds = region.rules.all(IndicatorKind, region.clock().date())
    assert await fill_indicators(region) == len(kinds) + 1
    assert await fill_indicators(region) == 0
    async with region.database.reading() as session:
        rows = [*await session.scalars(select(Indicator))]
        values = select(IndicatorValue.indicator_id, func.count()).group_by("indicator_id")
        figures = [count for _, count in await session.execute(values)]
        targets = await session.scalar(select(func.count()).select_from(IndicatorTarget))
        subject = DecisionRecord.subject == "indicator"
        signed = await session.scalar(select(func.count()).where(subject))
    assert Counter(one.state for one in rows) == {
        IndicatorState.APPROVED: len(kinds),
        IndicatorState.PROPOSED: 1,
    }
    assert {one.kind for one in rows} == {kind.key for kind in kinds}
    assert sorted(figures) == [3, *[4] * (len(kinds) - 1)]
    assert targets == 5 * len(kinds) - 1
    assert signed == sum(len(kind.chain) for kind in kinds) + 1
