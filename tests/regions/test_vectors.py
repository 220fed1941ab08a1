"""The terms of appeals to the second, in four regions: a table that other arithmetic has made."""

from __future__ import annotations

import pytest

from core.kernel.errors import Refusal
from core.kernel.settings import DEMO_REGIONS
from tests.conftest import OpenRegion
from tests.fixtures.clock import FrozenClock
from tests.regions.lives import settle
from tests.regions.vectors import courses, vectors

STATUTE = (
    "fz59/5.5", "fz59/8.2", "fz59/8.3", "fz59/8.3.1", "fz59/12.1", "fz59/12.1.1", "fz59/12.2",
)  # fmt: skip
MECHANISM = "ru.1844/2.accelerated-resolution.deadline"
PRACTICE = (
    "tsur.practice/promised", "tsur.practice/dispute.judging", "tsur.practice/dispute.mending",
    "tsur.practice/dispute.resuming",
)  # fmt: skip


def test_there_are_vectors_enough() -> None:
    assert len(vectors()) >= 150
    assert len({(one.course, one.term, one.ordinal, one.at) for one in vectors()}) >= 150


@pytest.mark.parametrize("code", DEMO_REGIONS)
@pytest.mark.clause(*STATUTE, MECHANISM, *PRACTICE)
async def test_every_term_is_what_the_vector_says(
    code: str, open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    stage = await settle(await open_test_region(code), clock)
    differences: list[str] = []
    for course, asked in courses(vectors()).items():
        try:
            dues = await stage.dues(await stage.live(course))
        except Refusal as refusal:
            lines = ", ".join(str(vector.line) for vector in asked)
            differences.append(f"строки {lines}: {refusal.code}: {refusal}")
            continue
        found = (vector.difference(dues, stage.zone) for vector in asked)
        differences += filter(None, found)
    assert not differences, "\n".join(differences)
