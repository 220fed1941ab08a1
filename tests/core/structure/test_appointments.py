"""The way of an appointment: steps in their order, seats, bodies, persons."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from core.directory.model import Appointment, Body, Person
from core.kernel.access import system
from core.kernel.codes import ActKind, Authority
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.shapes.chains.rules import Ground
from core.structure import appointments
from core.structure.people import dismiss
from core.structure.rules.appointments import Step
from tests.conftest import OpenRegion
from tests.fixtures.actors import actor_with
from tests.fixtures.centre import ACT, ORDER, SINCE, Centre, by, open_centre, said

OWNER = by(Authority.BODY, body="committee-transport-roads")
COMMITTEE = by(Authority.BODY, body="committee-internal-policy")
APPROVAL = by(Authority.ADMINISTRATION, Ground(ActKind.RESOLUTION, "44-па", date(2026, 2, 20)))
ROADS = ("roads",)


async def nominated(centre: Centre, role: str = "block-head") -> Appointment:
    person = await centre.person("body-deputy-head", centre.roads)
    taken = await centre.begin(role, person, Step.NOMINATE, OWNER, blocks=ROADS)
    return taken.appointment


@pytest.mark.clause("kursk.958/post.4", "kursk.958/post.9")
async def test_in_kursk_the_composition_is_nominated_submitted_and_approved(kursk: Region) -> None:
    centre = await open_centre(kursk)
    row = await nominated(centre)
    states = [row.state]
    for step, decision in ((Step.SUBMIT, COMMITTEE), (Step.APPROVE, APPROVAL)):
        row = (await centre.advance(row.id, step, decision)).appointment
        states.append(row.state)
    assert states == ["nominated", "submitted", "in_force"]
    assert (row.since, row.ground) == (date(2026, 2, 20), "постановление № 44-па от 20.02.2026")
    assert await centre.records(row.id) == [
        ("nominate", "body", "kursk.958/post.4"),
        ("submit", "body", "kursk.958/post.9"),
        ("approve", "administration", "kursk.958/post.9"),
    ]


@pytest.mark.clause("kursk.958/post.9")
async def test_no_step_is_left_out(kursk: Region) -> None:
    centre = await open_centre(kursk)
    row = await nominated(centre)
    before = await centre.rows()
    with pytest.raises(Refusal) as refused:
        await centre.advance(row.id, Step.APPROVE, APPROVAL)
    assert said(refused.value) == ("WRONG_STEP", "kursk.958/post.9")
    with pytest.raises(Refusal) as again:
        await centre.advance(row.id, Step.NOMINATE, OWNER)
    assert said(again.value) == ("WRONG_STEP", "kursk.958/post.9")
    assert await centre.rows() == before


@pytest.mark.clause("ru.1844/10.г.1", "murmansk.513/4.2.1")
async def test_two_do_not_hold_one_seat_on_one_day(open_test_region: OpenRegion) -> None:
    centre = await open_centre(await open_test_region("murmansk"))
    first = await centre.person("deputy-governor")
    second = await centre.person("deputy-governor")
    decision = by(Authority.GOVERNOR)
    held = (await centre.begin("curator", first, Step.APPOINT, decision)).appointment
    before = await centre.rows()
    with pytest.raises(Refusal) as refused:
        await centre.begin("curator", second, Step.APPOINT, decision)
    assert said(refused.value) == ("SEAT_TAKEN", "ru.1844/10.г.1")
    assert await centre.rows() == before
    async with centre.region.work(actor_with(centre.region, "administrator")) as work:
        await appointments.end(work, held.id, date(2026, 3, 10), ACT)
    with pytest.raises(Refusal):
        await centre.begin("curator", second, Step.APPOINT, decision, since=date(2026, 3, 9))
    later = await centre.begin("curator", second, Step.APPOINT, decision, since=date(2026, 3, 10))
    assert later.appointment.state == "in_force"


@pytest.mark.clause("kursk.958/post.4.2", "ru.1844/10.г.3")
async def test_a_block_has_one_responsible_and_kursk_housing_two(
    open_test_region: OpenRegion, kursk: Region
) -> None:
    """R45: the committee's and the inspectorate's; a second of the same body is refused."""
    centre = await open_centre(kursk)
    housing = ("housing",)
    committee, inspectorate = "committee-housing-energy", "housing-inspectorate"
    for body in (committee, inspectorate):
        await seated(centre, body, housing)
    with pytest.raises(Refusal) as refused:
        await seated(centre, inspectorate, housing)
    assert said(refused.value) == ("SEAT_TAKEN", "kursk.958/post.4.2")
    other = await open_centre(await open_test_region("mari_el"))
    decision = by(Authority.REGION)
    for answer in (None, ("SEAT_TAKEN", "ru.1844/10.г.3")):
        person = await other.person("body-head", other.roads)
        begun = other.begin("block-responsible", person, Step.APPOINT, decision, blocks=ROADS)
        if answer is None:
            assert (await begun).appointment.state == "in_force"
        else:
            with pytest.raises(Refusal) as taken:
                await begun
            assert said(taken.value) == answer


async def seated(centre: Centre, body: str, blocks: tuple[str, ...]) -> None:
    person = await centre.person("body-deputy-head", body)
    nomination = by(Authority.BODY, body=body)
    row = await centre.begin("block-responsible", person, Step.NOMINATE, nomination, blocks=blocks)
    await centre.advance(row.appointment.id, Step.SUBMIT, COMMITTEE)
    await centre.advance(row.appointment.id, Step.APPROVE, APPROVAL)


@pytest.mark.clause("tsur.practice/standing")
async def test_a_closed_body_and_a_dismissed_person_are_refused(kursk: Region) -> None:
    centre = await open_centre(kursk)
    gone = await centre.person("specialist", centre.roads)
    stays = await centre.person("specialist", centre.roads)
    async with kursk.work(system()) as work:
        (await work.session.get_one(Person, gone)).dismissed = date(2026, 3, 2)
    before = await centre.rows()
    with pytest.raises(Refusal) as dismissed:
        await centre.begin("block-head", gone, Step.NOMINATE, OWNER, blocks=ROADS)
    assert said(dismissed.value) == ("PERSON_DISMISSED", "tsur.practice/standing")
    async with kursk.work(system()) as work:
        query = select(Body).where(Body.key == centre.roads)
        (await work.session.scalars(query)).one().closed = date(2026, 3, 1)
    with pytest.raises(Refusal) as closed:
        await centre.begin("block-head", stays, Step.NOMINATE, OWNER, blocks=ROADS)
    assert said(closed.value) == ("BODY_CLOSED", "tsur.practice/standing")
    assert await centre.rows() == before


@pytest.mark.clause("kursk.958/str.6.city", "ru.1844/10.в", "kursk.958/pol.4.1")
async def test_a_block_without_a_responsible_and_one_that_is_not(kursk: Region) -> None:
    """R9: the city's block has heads alone."""
    centre = await open_centre(kursk)
    person = await centre.person("body-deputy-head", centre.roads)
    for block, answer in (
        ("kursk-city", ("NO_RESPONSIBLE", "kursk.958/str.6.city")),
        ("landscaping", ("UNKNOWN_BLOCK", "kursk.958/pol.4.1")),
    ):
        with pytest.raises(Refusal) as refused:
            await centre.begin("block-responsible", person, Step.NOMINATE, OWNER, blocks=(block,))
        assert said(refused.value) == answer


@pytest.mark.clause(
    "kursk.958/post.6.housing", "kursk.958/post.6.social-media", "kursk.958/str.6.city"
)
async def test_the_numbers_of_the_city_are_advice(kursk: Region) -> None:
    """R9: one for housing, two for open publications; more is a warning with the clause."""
    centre = await open_centre(kursk)
    city = "kursk-city-administration"
    decision = by(Authority.BODY, body=city)
    warned = []
    for block in ("housing", "housing", "kursk-city", "kursk-city", "kursk-city"):
        person = await centre.person("specialist", city)
        taken = await centre.begin("block-head", person, Step.NOMINATE, decision, blocks=(block,))
        assert taken.appointment.state == "nominated"
        warned.append([(w.text, w.clause.ref) for w in taken.warnings])
    assert warned == [
        [],
        [("Рекомендовано не больше 1, а с этим — 2", "kursk.958/post.6.housing")],
        [],
        [],
        [("Рекомендовано не больше 2, а с этим — 3", "kursk.958/post.6.social-media")],
    ]


@pytest.mark.clause("ru.1844/10(1).в")
async def test_one_official_of_a_municipality_holds_several_roles(kursk: Region) -> None:
    centre = await open_centre(kursk)
    person = await centre.person("municipal-body-deputy-head", "kursk-city-administration")
    keeper = by(Authority.KEEPER)
    for role in ("municipal-curator", "municipal-head", "municipal-administrator"):
        taken = await centre.begin(
            role, person, Step.APPOINT, keeper, municipalities=("kursk-city",)
        )
        assert taken.appointment.state == "in_force"


@pytest.mark.parametrize(
    ("role", "rank", "body", "place", "answer"),
    [
        ("curator", "specialist", "city", "kursk-city", ("RANK_TOO_LOW", 1)),
        ("curator", "municipal-body-head", "city", "kursk-city", None),
        ("curator", "body-head", "roads", "kursk-city", ("OUTSIDE_POOL", 1)),
        ("curator", "municipal-body-head", "city", "kurchatov", ("OUTSIDE_POOL", 1)),
        ("head", "specialist", "city", "kursk-city", None),
        ("head", "specialist", None, "kursk-city", ("OUTSIDE_POOL", 2)),
        ("administrator", "specialist", "roads", "kursk-city", ("OUTSIDE_POOL", 3)),
    ],
)
@pytest.mark.clause("ru.1844/10(1).в.1", "ru.1844/10(1).в.2", "ru.1844/10(1).в.3")
async def test_who_may_be_of_a_municipal_centre(
    kursk: Region, role: str, rank: str, body: str | None, place: str, answer: tuple[str, int]
) -> None:
    centre = await open_centre(kursk)
    bodies = {"city": "kursk-city-administration", "roads": centre.roads}
    person = await centre.person(rank, body and bodies[body])
    taking = centre.begin(
        f"municipal-{role}", person, Step.APPOINT, by(Authority.KEEPER), municipalities=(place,)
    )
    if answer is None:
        assert (await taking).appointment.state == "in_force"
        return
    before = await centre.rows()
    with pytest.raises(Refusal) as caught:
        await taking
    assert said(caught.value) == (answer[0], f"ru.1844/10(1).в.{answer[1]}")
    assert await centre.rows() == before


@pytest.mark.clause("tsur.practice/appointments")
async def test_a_role_of_which_acts_are_silent_is_given_by_the_keeper_with_an_act(
    kursk: Region,
) -> None:
    centre = await open_centre(kursk)
    person = await centre.person("specialist", centre.roads)
    before = await centre.rows()
    for decision, actor, answer in (
        (by(Authority.KEEPER, None), None, ("GROUND_REQUIRED", "tsur.practice/appointments")),
        (
            by(Authority.KEEPER),
            actor_with(kursk, "operator"),
            ("FORBIDDEN", "tsur.practice/appointments"),
        ),
        (by(Authority.GOVERNOR, ORDER), None, ("WRONG_AUTHORITY", "tsur.practice/appointments")),
        (
            by(Authority.KEEPER, Ground(ActKind.ORDER, "7", date(2026, 3, 3))),
            None,
            ("DATE_OUT_OF_RANGE", "tsur.practice/appointments"),
        ),
    ):
        with pytest.raises(Refusal) as refused:
            await centre.begin("operator", person, Step.APPOINT, decision, actor=actor)
        assert said(refused.value) == answer
    assert await centre.rows() == before
    taken = await centre.begin("operator", person, Step.APPOINT, by(Authority.KEEPER))
    assert (taken.appointment.state, taken.appointment.since) == ("in_force", max(SINCE, ACT.date))


async def test_what_is_on_its_way_can_be_struck_and_what_is_over_cannot_move(
    kursk: Region,
) -> None:
    centre = await open_centre(kursk)
    row = await nominated(centre)
    keeper = actor_with(kursk, "administrator")
    with pytest.raises(Refusal) as silent:
        async with kursk.work(keeper) as work:
            await appointments.refuse(work, row.id, " ")
    assert silent.value.code == "REASON_REQUIRED"
    async with kursk.work(keeper) as work:
        assert (await appointments.refuse(work, row.id, "отозвано")).state == "refused"
    for attempt in (Step.SUBMIT, Step.APPROVE):
        with pytest.raises(Refusal) as over:
            await centre.advance(row.id, attempt, COMMITTEE)
        assert over.value.code == "WRONG_STATE"


async def test_a_dismissal_ends_what_is_held_and_strikes_what_is_coming(kursk: Region) -> None:
    centre = await open_centre(kursk)
    row = await nominated(centre)
    held = await centre.holding("operator", row.person_id)
    async with kursk.work(actor_with(kursk, "administrator")) as work:
        await dismiss(work, row.person_id, date(2026, 3, 16), kursk.now())
    async with kursk.database.reading() as session:
        coming = await session.get_one(Appointment, row.id)
        ended = await session.get_one(Appointment, held.id)
    assert (coming.state, ended.state, ended.until) == ("refused", "ended", date(2026, 3, 16))
    with pytest.raises(Refusal) as again:
        async with kursk.work(actor_with(kursk, "administrator")) as work:
            await dismiss(work, row.person_id, date(2026, 3, 16), kursk.now())
    assert again.value.code == "PERSON_DISMISSED"
