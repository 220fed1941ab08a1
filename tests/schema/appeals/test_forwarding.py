"""Where a case went, as the API tells it: registrations, terms of each body, copies, returns."""

from __future__ import annotations

from typing import Any

import pytest

from core.directory.model import Body
from core.kernel.access import system
from schema.graphql.ids import encode_id
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock
from tests.schema.appeals.test_steps import rows, step
from tests.schema.conftest import Api

TERMS = """query($id: ID!) { appeal(id: $id) {
    registrations { seq at number presumed body { key } }
    deadline { all { key name track ordinal relieved dueAt body { key } } } } }"""


@pytest.fixture
async def number(api: Api) -> str:
    """A case of the ministry, beside which there is an agency with an official."""
    async with api.region.work(system()) as work:
        agency = Body(key="agency", name="Агентство", form="executive")
        work.session.add(agency)
        await work.session.flush()
        await appoint(work, "body-official", body_id=agency.id, subject="demo-agency")
    return encode_id(await api.take())


async def accepted(api: Api, number: str) -> None:
    await step(api, "body-official", "acceptAppeal", "StepInput", id=number)


@pytest.mark.clause("fz59/8.2", "fz59/8.3", "fz59/12.1")
async def test_each_registration_and_its_terms_are_told(
    api: Api, number: str, clock: FrozenClock
) -> None:
    await accepted(api, number)
    clock.forward(days=2)
    given: dict[str, Any] = {"id": number, "body": "agency", "reason": "Не наше"}
    await step(api, "body-head", "transferAppeal", "HandoverInput", **given)
    clock.forward(days=1)
    done = await step(
        api, "agency", "registerForwarded", "RegisterInput", id=number, ownNumber="А-17"
    )
    assert done["state"] == "ASSIGNED"
    told = (await api.data(TERMS, "curator", id=number))["appeal"]
    assert told["registrations"] == [
        {"seq": 2, "at": "2026-03-02T12:00:00Z", "number": None, "presumed": False,
         "body": {"key": "ministry"}},
        {"seq": 6, "at": "2026-03-05T12:00:00Z", "number": "А-17", "presumed": False,
         "body": {"key": "agency"}},
    ]  # fmt: skip
    terms = [due for due in told["deadline"]["all"] if due["key"] in ("answer", "accelerated")]
    assert [(d["track"], d["ordinal"], d["relieved"], d["dueAt"], d["body"]) for d in terms] == [
        ("MECHANISM", 1, False, "2026-04-01T18:59:59Z", None),
        ("STATUTE", 1, True, "2026-04-01T18:59:59Z", {"key": "ministry"}),
        ("STATUTE", 2, False, "2026-04-04T18:59:59Z", {"key": "agency"}),
    ]


@pytest.mark.parametrize(
    ("role", "given", "code"),
    [
        ("agency", {"ownNumber": " "}, "INVALID"),
        ("agency", {"ownNumber": "А-1", "on": "2026-02-01"}, "DATE_OUT_OF_RANGE"),
        ("body-official", {"ownNumber": "А-1"}, "NOT_FOUND"),
        ("curator", {"ownNumber": "А-1"}, "FORBIDDEN"),
    ],
)
async def test_a_refused_registration_changes_nothing(
    api: Api, number: str, role: str, given: dict[str, Any], code: str
) -> None:
    moved = {"id": number, "body": "agency", "reason": "Не наше"}
    await step(api, "body-head", "transferAppeal", "HandoverInput", **moved)
    before = await rows(api)
    refused = await step(api, role, "registerForwarded", "RegisterInput", id=number, **given)
    assert refused["code"] == code
    assert await rows(api) == before
