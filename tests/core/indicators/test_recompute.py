"""Figures over the system's own data: exact, of closed periods alone, and computed once."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from core.appeals.rules.lifecycle import Outcome
from core.indicators.model import IndicatorValue
from core.indicators.queries import history
from core.indicators.recompute import recompute
from core.indicators.rules.kinds import OwnerKind
from core.kernel.access import system
from tests.conftest import OpenRegion
from tests.core.indicators.cases import Cases
from tests.core.indicators.centre import Centre
from tests.fixtures.clock import FrozenClock

pytestmark = pytest.mark.bare_rows

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)


async def filled(centre: Centre) -> None:
    """Seven cases of January; those answered took 2, 4 and 40 days, one was withdrawn."""
    cases = Cases(centre.region)
    tenth = date(2026, 1, 10)
    await cases.received(1, on=tenth, answered=date(2026, 1, 12), mark=5)
    await cases.received(1, on=tenth, answered=date(2026, 1, 14), outcome=Outcome.EXPLAINED, mark=2)
    await cases.received(1, on=tenth, answered=date(2026, 2, 19), mark=3)
    await cases.received(1, on=tenth, theme="housing", block="housing")
    await cases.received(1, on=tenth, outcome=Outcome.WITHDRAWN, in_region_view=False)
    await cases.received(2, on=tenth, municipality="kursk-city", theme="energy", block="energy")


async def values(centre: Centre, indicator_id: int) -> list[tuple[date, int, Fraction, str | None]]:
    async with centre.region.database.reading() as session:
        rows = await session.scalars(history(IndicatorValue, indicator_id))
        return [(row.period, row.version, row.amount, row.author) for row in rows]


FIGURES: tuple[tuple[str, dict[str, Any], dict[date, Fraction]], ...] = (
    ("messages", {}, {JANUARY: Fraction(7), FEBRUARY: Fraction(0)}),
    ("messages", {"owner_kind": OwnerKind.BLOCK, "owner": "roads"}, {JANUARY: Fraction(4)}),
    ("messages", {"owner_kind": OwnerKind.THEME, "owner": "housing"}, {JANUARY: Fraction(1)}),
    (
        "messages",
        {"owner_kind": OwnerKind.BODY, "owner": "committee-health"},
        {JANUARY: Fraction(0)},
    ),
    ("answered-in-time", {}, {FEBRUARY: Fraction(200, 7)}),
    ("days-to-answer", {}, {JANUARY: Fraction(3), FEBRUARY: Fraction(40)}),
    ("mean-mark", {}, {JANUARY: Fraction(7, 2), FEBRUARY: Fraction(3)}),
    ("solved", {}, {JANUARY: Fraction(50), FEBRUARY: Fraction(100)}),
)


@pytest.mark.parametrize(("formula", "changes", "expected"), FIGURES)
async def test_a_formula_is_exact(
    open_test_region: OpenRegion,
    formula: str,
    changes: dict[str, Any],
    expected: dict[date, Fraction],
) -> None:
    centre = Centre(await open_test_region("kursk"))
    await filled(centre)
    indicator_id = await centre.approved(formula=formula, **changes)
    async with centre.region.work(system()) as work:
        await recompute(work)
    found = {period: amount for period, _, amount, _ in await values(centre, indicator_id)}
    assert expected.items() <= found.items()
    assert set(found) <= {JANUARY, FEBRUARY}


async def test_a_municipal_figure_is_of_its_place_in_the_region_s_view(
    open_test_region: OpenRegion,
) -> None:
    centre = Centre(await open_test_region("kursk"))
    await filled(centre)
    indicator_id = await centre.approved(
        "municipal-additional", formula="messages", owner="kursk-city"
    )
    async with centre.region.work(system()) as work:
        await recompute(work)
    assert (await values(centre, indicator_id))[0][2] == Fraction(2)


async def test_the_region_s_own_kind_counts_the_region_s_view(
    open_test_region: OpenRegion,
) -> None:
    centre = Centre(await open_test_region("kursk"))
    await filled(centre)
    wide = await centre.approved("additional-centre", formula="messages")
    narrow = await centre.approved("additional-effectiveness", formula="messages", key="narrow")
    async with centre.region.work(system()) as work:
        await recompute(work)
    assert (await values(centre, wide))[0][2] == Fraction(7)
    assert (await values(centre, narrow))[0][2] == Fraction(6)


async def test_it_is_computed_once_and_again_only_for_new_data(
    open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    centre = Centre(await open_test_region("kursk"))
    await filled(centre)
    indicator_id = await centre.approved(formula="messages")
    async with centre.region.work(system()) as work:
        assert await recompute(work) == 2
    before = await centre.rows()
    clock.forward(hours=6)
    async with centre.region.work(system()) as work:
        assert await recompute(work) == 0
    assert await centre.rows() == before
    await Cases(centre.region).received(1, on=date(2026, 1, 20), number="late", external_id="late")
    async with centre.region.work(system()) as work:
        assert await recompute(work) == 1
    assert await values(centre, indicator_id) == [
        (JANUARY, 1, Fraction(7), None),
        (JANUARY, 2, Fraction(8), None),
        (FEBRUARY, 1, Fraction(0), None),
    ]


async def test_a_proposal_has_no_figures(open_test_region: OpenRegion) -> None:
    centre = Centre(await open_test_region("kursk"))
    await centre.signed(centre.new("main", formula="messages"), 1)
    async with centre.region.work(system()) as work:
        assert await recompute(work) == 0
