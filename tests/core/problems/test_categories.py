"""Categories of problems in Kursk: from one source, three in each theme, a target for each."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from core.indicators.model import Indicator, IndicatorTarget
from core.problems.categories import adopt_categories, categories, load_categories
from core.problems.listing import NewProblem, list_problem
from core.problems.model import Problem
from core.problems.rules import Source
from tests.conftest import OpenRegion
from tests.core.problems.conftest import PLACE, Desk, opened
from tests.fixtures.clock import FrozenClock

pytestmark = pytest.mark.bare_rows
HEADING = "тематика;ключ;название\n"
THEMES = (
    "health", "education", "social-protection", "housing", "solid-waste",
    "roads", "transport", "energy", "ecology",
)  # fmt: skip
ALL = HEADING + "".join(f"{t};{t}-{n};Категория {n}\n" for t in THEMES for n in (1, 2, 3))


async def loaded(desk: Desk, text: str) -> object:
    return await desk.does(lambda work: load_categories(work, Source.HEAT_MAP, "bi.csv", text))


async def with_targets(desk: Desk, *, but: str = "") -> None:
    """An approved indicator with a target of the quarter for each category but one."""
    async with desk.region.work(desk.head) as work:
        for row in await categories(work):
            one = Indicator(
                key=f"of-{row.key}",
                kind="category-target",
                name=row.name,
                unit="шт.",
                direction="down",
                periodicity="quarter",
                owner_kind="category",
                owner=row.key,
                state="approved",
                proposed_on=date(2026, 1, 1),
                since=date(2026, 1, 1),
            )
            work.session.add(one)
            await work.session.flush()
            if row.key != but:
                work.session.add(
                    IndicatorTarget(
                        indicator_id=one.id,
                        period=date(2026, 1, 1),
                        version=1,
                        amount=Fraction(10),
                        author="curator",
                        ground="приказ",
                        at=work.now,
                    )
                )


@pytest.mark.clause("kursk.958/pol.4.6.minimum")
async def test_a_theme_with_two_categories_is_refused(desk: Desk) -> None:
    assert await loaded(desk, ALL.replace("ecology;ecology-3;Категория 3\n", "")) == 26
    await with_targets(desk)
    assert await desk.refused(adopt_categories) == ("WRONG_STATE", "kursk.958/pol.4.6.minimum")


@pytest.mark.clause("kursk.958/pol.4.7")
@pytest.mark.parametrize("how", ["no-target", "no-indicator"])
async def test_a_category_without_a_target_is_refused(desk: Desk, how: str) -> None:
    await loaded(desk, ALL)
    if how == "no-target":
        await with_targets(desk, but="roads-2")
    assert await desk.refused(adopt_categories) == ("WRONG_STATE", "kursk.958/pol.4.7")


@pytest.mark.clause("kursk.958/pol.4.6")
async def test_categories_come_from_the_system_alone_and_count_once_adopted(desk: Desk) -> None:
    async def by_programmes(work: object) -> object:
        return await load_categories(work, Source.PROGRAMMES, "x.csv", ALL)  # type: ignore[arg-type]

    assert await desk.refused(by_programmes) == ("NOT_PROVIDED", "kursk.958/pol.4.6")
    assert await loaded(desk, ALL) == 27
    assert await loaded(desk, ALL) == 0
    await with_targets(desk)
    await desk.cases.received(1, on=date(2026, 3, 2), municipality=PLACE)
    new = NewProblem("Ямы", "roads", "2026-W10", PLACE, category="roads-1")
    early = await desk.refused(lambda work: list_problem(work, new))
    assert early == ("UNKNOWN_CATEGORY", "kursk.958/pol.4.6")
    assert await desk.does(adopt_categories) == 27
    other = NewProblem("Ямы", "roads", "2026-W10", PLACE, category="energy-1")
    assert (await desk.refused(lambda work: list_problem(work, other)))[0] == "UNKNOWN_CATEGORY"
    row = await desk.does(lambda work: list_problem(work, new))
    assert isinstance(row, Problem)
    assert row.category == "roads-1"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HEADING + "songs;s;Песни\n", "UNKNOWN_THEME"),
        (HEADING + "roads;a;Ямы\nenergy;a;Свет\n", "DUPLICATE_DIFFERS"),
        (HEADING + "roads;;Ямы\n", "INVALID"),
    ],
)
async def test_a_wrong_line_refuses_the_file(desk: Desk, text: str, code: str) -> None:
    refused = await desk.refused(
        lambda work: load_categories(work, Source.HEAT_MAP, "bi.csv", text)
    )
    assert refused == (code, "kursk.958/pol.4.6")


async def test_elsewhere_there_are_none(open_test_region: OpenRegion, clock: FrozenClock) -> None:
    desk = await opened(await open_test_region("chelyabinsk"), clock)
    for step in (
        adopt_categories,
        lambda work: load_categories(work, Source.HEAT_MAP, "bi.csv", ALL),
    ):
        refused = await desk.refused(step)
        assert refused == ("NOT_PROVIDED", "tsur.practice/problem-life")
