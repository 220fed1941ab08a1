"""Entering a reception through the API, and reading its card."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from core.appeals.reception.model import Reception
from core.directory.model import Person
from schema.graphql.ids import encode_id
from tests.schema.appeals.test_steps import rows
from tests.schema.conftest import Api

RECEIVE = """mutation($input: ReceiveInput!) { receive(input: $input) {
    ... on TakenIn { status appeal { id state outcome } }
    ... on Refusal { code clause { ref } } } }"""
CARD = """query($id: ID!) { appeal(id: $id) { receptionCard(purpose: "вручение копии") } }"""
TOLD = {
    "channel": "reception",
    "externalId": "пр-1",
    "text": "Яма на улице Полевой.",
    "theme": "roads",
    "addressee": "ministry",
    "applicant": {"name": "Пробная Анна Ивановна"},
}
ORAL: dict[str, Any] = {
    "document": "PASSPORT",
    "obvious": True,
    "consent": True,
    "oralAnswer": "Заделаем в мае",
}


async def receive(api: Api, *, of_him: bool = False, **card: Any) -> Any:
    async with api.region.database.reading() as session:
        query = select(Person).where(Person.subject == "demo-body-head")
        card["official"] = encode_id((await session.scalars(query)).one())
    told = {"complainedOfficial": card["official"]} if of_him else {}
    given = {"appeal": TOLD | told, "card": card}
    return (await api.data(RECEIVE, "coordinator", input=given))["receive"]


@pytest.mark.clause("fz59/13")
async def test_an_oral_answer_ends_the_appeal(api: Api) -> None:
    taken = await receive(api, **ORAL)
    assert (taken["status"], taken["appeal"]["state"]) == ("ADDED", "CLOSED")
    card = await api.data(CARD, "body-head", id=taken["appeal"]["id"])
    assert card["appeal"]["receptionCard"].endswith(
        "с согласия гражданина ответ дан устно: Заделаем в мае (часть 3 статьи 13 Федерального "
        "закона от 02.05.2006 № 59-ФЗ «О порядке рассмотрения обращений граждан Российской "
        "Федерации»)."
    )


@pytest.mark.clause("fz59/13")
@pytest.mark.parametrize(
    ("changes", "code"), [({"consent": False}, "CONSENT_REQUIRED"), ({"document": None}, "INVALID")]
)
async def test_a_refusal_writes_nothing(api: Api, changes: dict[str, Any], code: str) -> None:
    before = await rows(api)
    refused = await receive(api, **{**ORAL, **changes})
    assert refused == {"code": code, "clause": {"ref": "fz59/13"}}
    assert await rows(api) == before
    async with api.region.database.reading() as session:
        assert (await session.scalars(select(Reception))).all() == []


@pytest.mark.clause("fz59/8.6")
async def test_a_complaint_about_who_receives_is_not_his_to_answer(api: Api) -> None:
    refused = await receive(api, of_him=True, **ORAL)
    assert refused == {"code": "OFFICIAL_COMPLAINED_OF", "clause": {"ref": "fz59/8.6"}}
    taken = await receive(api, of_him=True, document="PASSPORT")
    complained = "query($id: ID!) { appeal(id: $id) { complainedOfficial { name } } }"
    told = await api.data(complained, "coordinator", id=taken["appeal"]["id"])
    assert told["appeal"]["complainedOfficial"]["name"]


@pytest.mark.clause("fz59/13.5", "fz59/13.6")
@pytest.mark.parametrize(
    ("card", "outcome", "part"),
    [
        ({"explained": "в районный суд"}, "EXPLAINED", "часть 5"),
        ({"earlier": {"number": "А-17", "on": "2026-02-02"}}, "REFUSED", "часть 6"),
    ],
)
async def test_explained_or_refused_at_the_reception(
    api: Api, card: dict[str, Any], outcome: str, part: str
) -> None:
    taken = await receive(api, document="PASSPORT", **card)
    assert (taken["appeal"]["state"], taken["appeal"]["outcome"]) == ("CLOSED", outcome)
    paper = await api.data(CARD, "body-head", id=taken["appeal"]["id"])
    assert f"({part} статьи 13 Федерального закона" in paper["appeal"]["receptionCard"]


@pytest.mark.clause("fz59/13.4")
async def test_a_written_appeal_is_taken_in(api: Api) -> None:
    taken = await receive(api, document="PASSPORT", written=True)
    assert (taken["status"], taken["appeal"]["state"]) == ("ADDED", "ASSIGNED")
