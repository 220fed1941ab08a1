"""The composition that a curator approves: who is in it, and from when each of them holds."""

from __future__ import annotations

from datetime import date

import pytest

from core.directory.model import Appointment
from core.directory.rules.appointments import AppointmentState
from core.kernel.codes import Authority
from core.kernel.errors import Refusal
from core.structure.appointments import approve_composition
from core.structure.rules.appointments import Step
from tests.conftest import OpenRegion
from tests.fixtures.actors import actor_with
from tests.fixtures.centre import by, open_centre, said

ROADS = ("roads",)


@pytest.mark.clause("chelyabinsk.641/pol.6.1", "chelyabinsk.641/pol.9.1")
async def test_in_chelyabinsk_it_holds_from_the_approval_of_the_composition(
    open_test_region: OpenRegion,
) -> None:
    """R23: appointed by the responsible on 2 February, in force with the curator's approval."""
    centre = await open_centre(await open_test_region("chelyabinsk"))
    decision = by(Authority.BLOCK_RESPONSIBLE)
    ids = []
    for _ in range(2):
        person = await centre.person("specialist", centre.roads)
        taken = await centre.begin("block-head", person, Step.APPOINT, decision, blocks=ROADS)
        ids.append(taken.appointment.id)
    assert taken.appointment.state == "appointed"
    async with centre.region.work(actor_with(centre.region, "curator")) as work:
        approved = await approve_composition(work, ids, by(Authority.CURATOR))
    assert [(t.appointment.state, t.appointment.since) for t in approved] == [
        ("in_force", date(2026, 3, 2))
    ] * 2


@pytest.mark.clause("chelyabinsk.641/pol.5", "chelyabinsk.641/pol.6.1")
async def test_the_head_is_one_of_the_composition_that_the_curator_approves(
    open_test_region: OpenRegion,
) -> None:
    """The competence centre names the head; in Chelyabinsk he holds from the approval on."""
    centre = await open_centre(await open_test_region("chelyabinsk"))
    person = await centre.person("unit-head", "competence-unit")
    named = by(Authority.COMPETENCE_CENTRE)
    taken = await centre.begin("head", person, Step.APPOINT, named)
    assert taken.appointment.state == "appointed"
    async with centre.region.work(actor_with(centre.region, "curator")) as work:
        (done,) = await approve_composition(work, [taken.appointment.id], by(Authority.CURATOR))
    assert (done.appointment.state, done.appointment.since) == ("in_force", date(2026, 3, 2))


@pytest.mark.clause("chelyabinsk.641/pol.6.1")
async def test_a_composition_comes_into_force_whole_or_not_at_all(
    open_test_region: OpenRegion,
) -> None:
    centre = await open_centre(await open_test_region("chelyabinsk"))
    person = await centre.person("specialist", centre.roads)
    decision = by(Authority.BLOCK_RESPONSIBLE)
    taken = await centre.begin("block-head", person, Step.APPOINT, decision, blocks=ROADS)
    before = await centre.rows()
    for ids, actor, answer in (
        ([taken.appointment.id], "head", ("FORBIDDEN", "chelyabinsk.641/pol.6.1")),
        ([taken.appointment.id, 999], "curator", ("NOT_FOUND", None)),
        ([], "curator", ("INVALID", None)),
    ):
        with pytest.raises(Refusal) as refused:
            async with centre.region.work(actor_with(centre.region, actor)) as work:
                await approve_composition(work, ids, by(Authority.CURATOR))
        assert said(refused.value) == answer
    assert await centre.rows() == before
    async with centre.region.database.reading() as session:
        row = await session.get_one(Appointment, taken.appointment.id)
        assert row.state == AppointmentState.APPOINTED
