"""People and blocks through the API: any day's answer, steps with their warnings and refusals."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from core.directory.model import Person, Position
from core.kernel.access import system
from schema.graphql.ids import encode_id
from schema.web.pages import OPERATIONS
from tests.schema.conftest import Api

BEGIN = """
mutation($person: ID!, $wanted: String!, $by: Authority!, $ground: DocumentInput) {
  beginAppointment(input: {
    candidate: {person: $person, role: $wanted, since: "2026-03-02"}
    step: APPOINT
    decision: {by: $by, ground: $ground}
  }) {
    ... on AppointmentTaken { appointment { id state since ground } warnings { text } }
    ... on Refusal { code clause { ref } }
  }
}
"""
GROUND = {"kind": "GOVERNOR_ORDER", "number": "5-р", "date": "2026-03-01"}


async def official(api: Api, subject: str, rank: str) -> str:
    async with api.region.work(system()) as work:
        position = Position(name=f"Должность {subject}", rank=rank)
        work.session.add(position)
        await work.session.flush()
        person = Person(subject=subject, name=f"Пробный {subject}", position_id=position.id)
        work.session.add(person)
        await work.session.flush()
        return encode_id(person)


async def ended(api: Api) -> None:
    """The polygon's curator leaves, so that the seat is free."""
    async with api.region.work(system()) as work:
        query = select(Person).where(Person.subject == "demo-curator")
        person = (await work.session.scalars(query)).one()
        number = encode_id(person)
    dismissed = await api.data(
        'mutation($p: ID!) { dismissPerson(input: {person: $p, on: "2026-03-02",'
        ' receivedAt: "2026-03-02T09:00:00Z"}) { ... on Person { dismissed } } }',
        "administrator",
        p=number,
    )
    assert dismissed == {"dismissPerson": {"dismissed": "2026-03-02"}}


@pytest.mark.clause("ru.1844/10.г", "ru.1844/10.г.1")
async def test_an_appointment_and_its_refusals(api: Api) -> None:
    high = await official(api, "high", "deputy-highest-official")
    low = await official(api, "low", "specialist")

    async def begin(person: str, by: str, ground: Any = GROUND) -> Any:
        answer = await api.data(
            BEGIN, "administrator", person=person, wanted="curator", by=by, ground=ground
        )
        return answer["beginAppointment"]

    assert await begin(low, "GOVERNOR") == refusal("RANK_TOO_LOW", "ru.1844/10.г.1")
    assert await begin(high, "COMPETENCE_CENTRE") == refusal("WRONG_AUTHORITY", "ru.1844/10.г")
    assert await begin(high, "GOVERNOR", None) == refusal("GROUND_REQUIRED", "ru.1844/10.г")
    assert await begin(high, "GOVERNOR") == refusal("SEAT_TAKEN", "ru.1844/10.г.1")
    await ended(api)
    taken = await begin(high, "GOVERNOR")
    assert taken["appointment"].pop("id")
    assert taken == {
        "appointment": {
            "state": "IN_FORCE",
            "since": "2026-03-02",
            "ground": "распоряжение Губернатора № 5-р от 01.03.2026",
        },
        "warnings": [],
    }


def refusal(code: str, ref: str) -> dict[str, Any]:
    return {"code": code, "clause": {"ref": ref}}


@pytest.mark.clause("ru.1844/10.г.1.liability")
async def test_who_held_what_and_answered_on_any_day(api: Api) -> None:
    """The demo curator since 2000, his successor from 2 March."""
    high = await official(api, "high", "deputy-highest-official")
    await ended(api)
    await api.data(
        BEGIN, "administrator", person=high, wanted="curator", by="GOVERNOR", ground=GROUND
    )
    text = (OPERATIONS / "9-structure.graphql").read_text("utf-8")
    names = []
    for day in ("1999-12-31", "2026-03-01", "2026-03-02"):
        answer = await api.data(text, "administrator", on=day)
        (charge,) = answer["responsibleFor"]
        assert charge["clause"] == {"ref": "ru.1844/10.г.1.liability"}
        held = [holder["person"]["name"] for holder in answer["curators"]]
        assert held == [holder["person"]["name"] for holder in charge["holders"]]
        names.append(held)
        assert [d["federal"] for d in answer["directions"]] == [
            "feedback", "training", "informing", "digital-transformation",
        ]  # fmt: skip
    assert names == [[], ["Проверочный demo-curator"], ["Пробный high"]]


async def test_an_object_that_is_not_the_roles_is_an_error_with_its_clause(api: Api) -> None:
    error = await api.error(
        '{ responsibleFor(object: CENTRE, on: "2026-03-02", role: "head") { role } }', "curator"
    )
    assert error["extensions"]["code"] == "NOT_PROVIDED"
    assert error["extensions"]["clause"]["ref"] == "ru.1844/10.г.1.liability"


@pytest.mark.clause("ru.1844/11.в")
async def test_a_block_from_its_proposal_to_the_appeal_in_it(api: Api) -> None:
    proposed = await api.data(
        """mutation { proposeBlock(input: {key: "culture", name: "Культура", kind: SECTOR,
             themes: ["culture"], significant: false, reason: "просьбы жителей"}) {
             ... on BlockProposal { id state significant records { step } }
             ... on Refusal { code } } }""",
        "administrator",
    )
    block = proposed["proposeBlock"]
    number = block.pop("id")
    assert block == {"state": "PROPOSED", "significant": False, "records": []}
    decide = """mutation($id: ID!, $by: Authority!) { decideBlock(input: {proposal: $id,
        decision: {by: $by, ground: {kind: RESOLUTION, number: "9", date: "2026-03-01"}}}) {
        ... on BlockProposal { state since clause { ref } records { by ground } }
        ... on Refusal { code clause { ref } } } }"""
    wrong = await api.data(decide, "administrator", id=number, by="COMPETENCE_CENTRE")
    assert wrong["decideBlock"] == refusal("WRONG_AUTHORITY", "ru.1844/11.в")
    done = await api.data(decide, "administrator", id=number, by="GOVERNMENT")
    assert done["decideBlock"] == {
        "state": "IN_FORCE",
        "since": "2026-03-02",
        "clause": {"ref": "ru.1844/11.в"},
        "records": [{"by": "GOVERNMENT", "ground": "постановление № 9 от 01.03.2026"}],
    }
    appeal = await api.take(theme="culture")
    seen = await api.data(
        "query($id: ID!) { node(id: $id) { ... on Appeal { block { key name } significant } } }",
        "curator",
        id=encode_id(appeal),
    )
    assert seen["node"] == {"block": {"key": "culture", "name": "Культура"}, "significant": False}
    keys = await api.data('{ now: blocks { key } then: blocks(on: "2026-03-01") { key } }')
    assert {"key": "culture"} in keys["now"]
    assert {"key": "culture"} not in keys["then"]


async def test_people_are_for_officials_and_law_for_everyone(api: Api) -> None:
    law = await api.data("{ ranks { key level } rankFloors { role } mandates { holder body } }")
    assert {"holder": "competence-centre", "body": False} in law["mandates"]
    assert law["ranks"][0] == {"key": "highest-official", "level": 100}
    closed = await api.error(
        '{ roleHolders(role: "curator", on: "2026-03-02") { delegate { id } } }'
    )
    assert closed["extensions"]["code"] == "UNAUTHENTICATED"


async def test_a_curator_does_not_keep_the_directory(api: Api) -> None:
    person = await official(api, "keeper", "specialist")
    answer = await api.data(
        BEGIN, "curator", person=person, wanted="operator", by="KEEPER", ground=GROUND
    )
    ground = {"ref": "tsur.practice/appointments"}
    assert answer["beginAppointment"] == {"code": "FORBIDDEN", "clause": ground}


async def test_the_keeper_enters_who_is_who(api: Api) -> None:
    entered = await api.data(
        'mutation { enterPosition(input: {name: "Начальник", rank: "body-head", body: "ministry"})'
        " { ... on Position { id rank } ... on Refusal { code } } }",
        "administrator",
    )
    position = entered["enterPosition"]
    assert position["rank"] == "body-head"
    made = await api.data(
        'mutation($p: ID) { enterPerson(input: {subject: "new", name: "Пробный Новый",'
        " position: $p}) { ... on Person { name appointments { id } } ... on Refusal { code } } }",
        "administrator",
        p=position["id"],
    )
    assert made == {"enterPerson": {"name": "Пробный Новый", "appointments": []}}
    refused = await api.data(
        'mutation { recordDutiesAct(input: {ground: {kind: INTERNAL, number: "1",'
        ' date: "2026-03-01"}, since: "2026-03-02"}) { ... on Refusal { code clause { ref } } } }',
        "administrator",
    )
    assert refused == {"recordDutiesAct": refusal("NOT_PROVIDED", "ru.1844/10.г")}
