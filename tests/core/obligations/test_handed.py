"""What an act has a body submit is done when it has; a proof names a document that does it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.documents.rules.kinds import DocumentDeed
from core.kernel.codes import ActKind, Authority
from core.kernel.errors import Refusal
from core.obligations.fulfilment import assign_document, prove_obligation
from core.shapes.chains.rules import Ground
from tests.conftest import OpenRegion
from tests.core.documents.people import BLOCK, People, open_people
from tests.core.obligations.test_life import Q1, REPORT, states, sweep
from tests.fixtures.clock import FrozenClock

LETTER = Ground(ActKind.LETTER, "12", date(2026, 3, 1))


@pytest.mark.clause("kursk.958/post.9")
@pytest.mark.parametrize(("swept", "state"), [(False, "met"), (True, "missed")])
async def test_a_composition_is_submitted_by_its_committee(
    open_test_region: OpenRegion, clock: FrozenClock, *, swept: bool, state: str
) -> None:
    """By 1 October, by its letter: no day is set on which the Administration has to approve it.

    Entered later, the day of the letter counts, unless the breach stands already.
    """
    clock.at(2020, 9, 25)
    people = await open_people(await open_test_region("kursk"))
    await sweep(people.region)
    number = await people.draft("composition", "executor")
    await people.submit(number, "executor")
    assert await states(people.region, 2020, "first-composition") == {None: "running"}
    clock.at(2020, 10, 2)
    if swept:
        await sweep(people.region)
    ground = Ground(ActKind.LETTER, "5-к", date(2020, 9, 24))
    await people.decide(
        number, "head", party=Authority.BODY, deed=DocumentDeed.SUBMIT, ground=ground,
        body="committee-internal-policy",
    )  # fmt: skip
    assert await states(people.region, 2020, "first-composition") == {None: state}
    clock.at(2020, 11, 2)
    await people.decide(number, "head", party=Authority.ADMINISTRATION, ground=ground)
    assert (await people.row(number)).state == "approved"
    assert await states(people.region, 2020, "first-composition") == {None: state}


async def test_a_proof_names_a_document_of_its_kind(
    open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    clock.at(2026, 4, 10)
    people = await open_people(await open_test_region("kursk"))
    await sweep(people.region)
    other = await people.draft("passport", "block-responsible", block=BLOCK)
    own = await people.draft(REPORT, "executor")
    for number, code in ((999, "NOT_FOUND"), (other, "KIND_NOT_ALLOWED")):
        assert await _refused(people, "prove", number) == code
        assert await _refused(people, "assign", number) == code
    async with people.region.work(people.actors["executor"]) as work:
        row = await prove_obligation(work, (REPORT, "", Q1), date(2026, 4, 1), LETTER, own)
        assert (row.document_id, row.proof) == (own, LETTER.text)


async def _refused(people: People, step: str, number: int) -> Any:
    place, on = (REPORT, "", Q1), date(2026, 4, 1)
    with pytest.raises(Refusal) as found:
        async with people.region.work(people.actors["executor"]) as work:
            await (
                assign_document(work, place, number)
                if step == "assign"
                else prove_obligation(work, place, on, LETTER, number)
            )
    assert (await states(people.region))["2026-Q1"] == "running"
    return found.value.code
