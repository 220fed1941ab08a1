"""Whatever is done in whatever order: nothing is approved but by its chain, on its own hash."""

from __future__ import annotations

import pytest

from core.kernel.access import system
from core.kernel.errors import Refusal
from tests.conftest import OpenRegion
from tests.core.documents.machine import SHARE, SHARES, live
from tests.core.documents.people import open_people
from tests.fixtures.actors import appoint


@pytest.mark.parametrize("share", range(SHARES))
async def test_no_life_of_a_document_ends_wrongly(open_test_region: OpenRegion, share: int) -> None:
    people = await open_people(await open_test_region("chelyabinsk"))
    async with people.region.work(system()) as work:
        people.actors["deputy"] = await appoint(work, "coordinator", subject="deputy")
    steps, approvals = await live(people, share)
    assert steps >= SHARE
    assert approvals >= SHARE // 10


async def test_an_edit_between_showing_and_deciding(open_test_region: OpenRegion) -> None:
    """A hundred times: what was shown is not what is there by now, and is never approved."""
    people = await open_people(await open_test_region("murmansk"))
    number = await people.draft("passport", "head")
    shown = await people.submit(number, "head")
    for round_ in range(100):
        await people.edit(number, "head", contents=f"Правка {round_}")
        if round_ % 2:
            await people.submit(number, "head")
        with pytest.raises(Refusal) as refused:
            await people.decide(number, "curator", seen=shown)
        assert refused.value.code == ("STALE" if round_ % 2 else "WRONG_STATE")
        row = await people.row(number)
        assert (row.in_force_id, row.state) == (None, "approval" if round_ % 2 else "draft")
