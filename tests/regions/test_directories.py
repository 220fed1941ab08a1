"""The directory file of each region: it loads, agrees with the act and leaves no place out."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from core.directory.bodies import load_bodies
from core.directory.rules.bodies import Body, BodyKind, Theme
from core.directory.seed import Loaded, load_directory
from core.kernel.access import system
from core.kernel.region import Region
from core.kernel.rules.passport import Municipality
from tests.conftest import OpenRegion
from tests.regions.directories import PLUGINS, bodies, rows
from tests.regions.table import DAY, REGIONS

COUNTS = {"murmansk": 33, "kursk": 87, "mari_el": 30, "chelyabinsk": 56}


@pytest.mark.parametrize("code", REGIONS)
async def test_the_file_loads_once(open_test_region: OpenRegion, code: str) -> None:
    region = await open_test_region(code)
    path = PLUGINS / code / "directory.csv"
    async with region.work(system()) as work:
        before = len((await load_bodies(work.session)).rows)
        first = await load_directory(work, path)
    async with region.work(system()) as work:
        second = await load_directory(work, path)
        held = await load_bodies(work.session)
    assert before + first.added == len(held.rows) == COUNTS[code]
    assert (first.changed, second) == (0, Loaded(0, 0))


@pytest.mark.parametrize("code", REGIONS)
def test_every_municipality_has_its_administration(
    regions: Mapping[str, Region], code: str
) -> None:
    held = bodies(code)
    for place in regions[code].rules.all(Municipality, DAY):
        assert held.administration(place.key, DAY) == f"{place.key}-administration"


@pytest.mark.parametrize("code", REGIONS)
def test_bodies_that_the_act_names_are_the_same_in_the_file(
    regions: Mapping[str, Region], code: str
) -> None:
    held = bodies(code).by_key
    for rule in regions[code].rules.own.rules:
        if not isinstance(rule, Body):
            continue
        row = held[rule.key]
        assert (row.name, row.kind, row.municipality) == (rule.name, rule.kind, rule.municipality)


@pytest.mark.parametrize("code", REGIONS)
@pytest.mark.clause("fz59/8.3.1")
def test_facts_on_migration_have_where_to_go(code: str) -> None:
    kinds = {row["key"]: row["kind"] for row in rows(code)}
    assert kinds["interior"] == kinds["highest-official"] == BodyKind.STATE


@pytest.mark.parametrize("code", REGIONS)
def test_every_federal_theme_has_an_owner(regions: Mapping[str, Region], code: str) -> None:
    rules = regions[code].rules
    for theme in rules.all(Theme, DAY):
        if theme.federal:
            assert bodies(code).owners(theme.key, rules, DAY)


@pytest.mark.clause("kursk.958/post.3")
def test_the_file_does_not_repeat_the_act(regions: Mapping[str, Region]) -> None:
    """Owners that the act names are law; the file adds only what it leaves open."""
    listed = {theme for row in rows("kursk") for theme in row["themes"].split(";") if theme}
    assert listed == {
        "support-measures",
        "communications",
        "public-services",
        "trade",
        "labour",
        "culture",
        "sport",
    }


@pytest.mark.parametrize("code", ["murmansk", "mari_el", "chelyabinsk"])
def test_invented_profile_bodies_say_so(code: str) -> None:
    """Where the act names no owner, the file holds a place for one and claims nothing."""
    profile = [row for row in rows(code) if row["key"].startswith("profile-")]
    assert len(profile) == (9 if code == "murmansk" else 8)
    assert all(row["name"].endswith("(демонстрационные данные)") for row in profile)
    assert {row["kind"] for row in profile} == {BodyKind.EXECUTIVE}
