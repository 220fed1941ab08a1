"""The terms of appeals to the second, in four regions: a table that other arithmetic has made."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from core.appeals.rules.terms import Deadline
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.kernel.settings import DEMO_REGIONS
from tests.conftest import OpenRegion
from tests.fixtures.clock import FrozenClock
from tests.regions.callers import SAYABLE, calling
from tests.regions.lives import settle
from tests.regions.vector_files import HISTORY, brought
from tests.regions.vectors import Course, Vector, Verdict, courses, some, vectors

STATUTE = (
    "fz59/5.5", "fz59/8.2", "fz59/8.3", "fz59/8.3.1", "fz59/12.1", "fz59/12.1.1", "fz59/12.2",
)  # fmt: skip
MECHANISM = "ru.1844/2.accelerated-resolution.deadline"
PRACTICE = (
    "tsur.practice/promised", "tsur.practice/dispute.judging", "tsur.practice/dispute.mending",
    "tsur.practice/dispute.resuming",
)  # fmt: skip

OF_A_STEP = ("fz59/5.5", "fz59/12.2")
"""Clauses that a vector is about, but that set no term."""

OWN_MECHANISM = {"murmansk": "murmansk.513/1.2", "chelyabinsk": "chelyabinsk.641/pol.2"}
"""Where the region's own act brings the federal term in."""


TURNS = 20
"""Of so many vectors in a row a region is asked one in `make test`: each lives a whole life."""


def compared(asked: Sequence[Vector], found: Sequence[Verdict]) -> list[str]:
    """Where what was found is not what the vectors say, in words."""
    told = (one.difference(verdict) for one, verdict in zip(asked, found, strict=True))
    return [*filter(None, told)]


def test_there_are_vectors_enough() -> None:
    assert len(vectors()) >= 150
    assert len({(one.course, one.term, one.ordinal, one.at) for one in vectors()}) >= 150


@pytest.mark.parametrize("code", DEMO_REGIONS)
def test_the_terms_have_the_clauses_of_the_vectors(
    code: str, regions: Mapping[str, Region]
) -> None:
    rules = regions[code].rules
    for vector in vectors():
        received = vector.course.when("received")
        assert received is not None
        if not vector.clause.startswith("R") and vector.clause not in OF_A_STEP:
            rule = rules.get(Deadline, vector.term, received.date())
            own = OWN_MECHANISM.get(code) if vector.clause == MECHANISM else None
            assert rule.clause.ref == (own or vector.clause), vector.line


WHOLE = "TSUR_TEST_VECTORS" in os.environ


def share_of(all_of_them: Sequence[Vector], turn: int) -> list[Vector]:
    """Every twentieth vector, another in each region; `make vectors` runs all in all of them."""
    if WHOLE:
        return [*all_of_them]
    return [one for one in all_of_them if one.line % TURNS == turn * TURNS // len(DEMO_REGIONS)]


def quarter(chosen: Mapping[Course, Sequence[Vector]], code: str) -> dict[Course, Sequence[Vector]]:
    """The courses that this region is asked: regions share them out, `make vectors` does not."""
    step, turn = (1, 0) if WHOLE else (len(DEMO_REGIONS), DEMO_REGIONS.index(code))
    return dict([*chosen.items()][turn::step])


@pytest.mark.parametrize("code", DEMO_REGIONS)
@pytest.mark.clause(*STATUTE, MECHANISM, *PRACTICE)
async def test_every_term_is_what_the_vector_says(
    code: str, open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    stage = await settle(await open_test_region(code), clock)
    differences: list[str] = []
    for course, asked in courses(share_of(vectors(), DEMO_REGIONS.index(code))).items():
        try:
            found = await stage.verdicts(await stage.live(course), asked)
        except Refusal as refusal:
            differences.append(f"строка {asked[0].line}: {refusal}")
        else:
            differences += compared(asked, found)
    assert not differences, "\n".join(differences)


@pytest.mark.parametrize("code", DEMO_REGIONS)
@pytest.mark.clause(*STATUTE, MECHANISM, *PRACTICE)
async def test_the_api_says_the_same(
    code: str, open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    stage = await settle(await open_test_region(code), clock)
    differences: list[str] = []
    async with calling(stage) as caller:
        for course, asked in quarter(courses(some(SAYABLE, 8)), code).items():
            number = await caller.live(course)
            found = [await caller.verdict(number, vector) for vector in asked]
            differences += compared(asked, found)
    assert not differences, "\n".join(differences)


@pytest.mark.parametrize("code", DEMO_REGIONS)
@pytest.mark.clause("fz59/8.2", "fz59/12.1", "fz59/12.1.1", MECHANISM)
async def test_the_importer_says_the_same(
    code: str, open_test_region: OpenRegion, clock: FrozenClock, tmp_path: Path
) -> None:
    stage = await settle(await open_test_region(code), clock)
    chosen = courses(some(HISTORY, 1))
    numbers = await brought(stage, chosen, tmp_path)
    differences: list[str] = []
    for asked, number in zip(chosen.values(), numbers, strict=True):
        found = await stage.verdicts(number, asked)
        differences += compared(asked, found)
    assert not differences, "\n".join(differences)
