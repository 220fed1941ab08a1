"""Section 2: the eight that no region drops, and owners that an act names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from core.directory.model import BodyTheme
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.law.merge import Layer, RuleConflict, merge
from core.structure.people import link_theme
from core.structure.rules.blocks import BlockRule
from tests.conftest import OpenRegion
from tests.fixtures.actors import actor_with
from tests.fixtures.centre import centre_of, said

EIGHT = (
    "health", "education", "social-protection", "housing", "solid-waste", "roads", "transport",
    "energy",
)  # fmt: skip


@pytest.mark.parametrize(
    "theme",
    [
        pytest.param(theme, id=theme, marks=pytest.mark.clause(f"ru.1844/10.в.{number}"))
        for number, theme in enumerate(EIGHT, start=1)
    ],
)
def test_no_region_drops_a_theme_of_the_eight(regions: Mapping[str, Region], theme: str) -> None:
    """Each has its block in every region; one that loses it stops the start (R1)."""
    for region in regions.values():
        held = [b for b in region.rules.all(BlockRule, date(2026, 3, 2)) if theme in b.themes]
        assert [(b.significant, b.has_responsible) for b in held] == [(True, True)]
    federal = regions["kursk"].rules.federal
    cited = next(r for r in federal.rules if isinstance(r, BlockRule) and r.key == theme).clause
    narrower = BlockRule(theme, "Иное", ("culture",), clause=cited, replaces=cited)
    with pytest.raises(RuleConflict) as stopped:
        merge([federal, Layer("region", (narrower,))])
    assert stopped.value.earlier.clause.ref == cited.ref


OWNED = (
    ("murmansk", None),
    ("kursk", "kursk.958/post.3.1"),
    ("mari_el", None),
    ("chelyabinsk", None),
)


@pytest.mark.parametrize(
    ("code", "clause"),
    [
        pytest.param(code, clause, marks=[pytest.mark.clause(clause)] if clause else [])
        for code, clause in OWNED
    ],
)
async def test_where_the_act_names_the_owner_the_directory_does_not(
    open_test_region: OpenRegion, code: str, clause: str | None
) -> None:
    centre = await centre_of(open_test_region, code)
    keeper = actor_with(centre.region, "administrator")
    before = await centre.rows(BodyTheme)
    if clause is None:
        async with centre.region.work(keeper) as work:
            await link_theme(work, "agency", "roads", date(2026, 3, 2))
    else:
        with pytest.raises(Refusal) as refused:
            async with centre.region.work(keeper) as work:
                await link_theme(work, "agency", "roads", date(2026, 3, 2))
        assert said(refused.value) == ("NOT_PROVIDED", clause)
    assert await centre.rows(BodyTheme) == before + (clause is None)
