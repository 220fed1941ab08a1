"""Section 12 as rules: what each region forms its list of problems from, and its categories."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from core.kernel.region import Region
from core.problems.rules import (
    LeastCategories,
    ProblemCategories,
    ProblemSource,
    Projects,
    Source,
)

DAY = date(2026, 3, 10)
THREE = frozenset({Projects.NATIONAL, Projects.FEDERAL, Projects.DEPARTMENTAL})
SOURCES = [
    ("murmansk", "murmansk.513/3.2", "murmansk.513/3.2.programme-indicators", THREE, "204"),
    ("kursk", "kursk.958/pol.4.5", "kursk.958/pol.4.5.programme-indicators", THREE, "474"),
    (
        "mari_el",
        "mari-el.335/pol.12",
        "mari-el.335/pol.12.programme-indicators",
        frozenset(Projects),
        "204",
    ),
    ("chelyabinsk", "chelyabinsk.641/pol.14", None, frozenset[Projects](), None),
]


@pytest.mark.parametrize(
    ("code", "first", "second", "projects", "decree"),
    [
        pytest.param(*row, marks=[pytest.mark.clause(one) for one in row[1:3] if one], id=row[0])
        for row in SOURCES
    ],
)
def test_each_region_s_own_sources(
    regions: Mapping[str, Region],
    code: str,
    first: str,
    second: str | None,
    projects: frozenset[Projects],
    decree: str | None,
) -> None:
    every = {one.source: one for one in regions[code].rules.all(ProblemSource, DAY)}
    heat = every.pop(Source.HEAT_MAP)
    assert (heat.clause.ref, heat.imported) == (first, second is not None)
    assert ("ЦУР РФ" in heat.name) is (second is not None)
    found = [(one.clause.ref, one.projects, one.decree) for one in every.values()]
    assert found == ([(second, projects, decree)] if second else [])
    for one in every.values():
        assert f"№ {decree}" in one.sentence()


@pytest.mark.clause("kursk.958/pol.4.6")
@pytest.mark.clause("kursk.958/pol.4.6.minimum")
def test_categories_are_kursk_s_alone(regions: Mapping[str, Region]) -> None:
    for code in ("murmansk", "mari_el", "chelyabinsk"):
        assert not regions[code].rules.all(ProblemCategories, DAY)
        assert not regions[code].rules.all(LeastCategories, DAY)
    [one] = regions["kursk"].rules.all(ProblemCategories, DAY)
    [least] = regions["kursk"].rules.all(LeastCategories, DAY)
    assert (one.source, one.clause.ref) == (Source.HEAT_MAP, "kursk.958/pol.4.6")
    assert (least.least, least.clause.ref) == (3, "kursk.958/pol.4.6.minimum")
    assert "только" in one.sentence()
    assert least.sentence().endswith("не менее 3")
    fewer = LeastCategories("categories", 2, clause=least.clause)
    assert least.no_looser_than(fewer)
    assert not fewer.no_looser_than(least)
