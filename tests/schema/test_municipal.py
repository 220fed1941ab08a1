"""What the municipal layer adds to the API through its hook."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.model import Appeal
from core.directory.model import Body
from core.kernel.access import system
from core.kernel.region import Region
from schema.graphql.ids import encode_id
from tests.fixtures.actors import appoint
from tests.schema.conftest import Api

PLACE = "zheleznogorsk"
DELEGATE = """mutation($id: ID!) { delegateAppeal(input: {id: $id, reason: "Местный вопрос"}) {
  ... on Appeal { state body { key } } ... on Refusal { code clause { ref } } } }"""
RECORD = """mutation($input: MunicipalCentreInput!) { recordMunicipalCentre(input: $input) {
  ... on MunicipalCentre { municipality state since body { key } } ... on Refusal { code } } }"""


@pytest.fixture
async def town(api: Api, kursk: Region) -> tuple[Api, str]:
    """A region with a town's body, and the id of a case of the town."""
    async with kursk.work(system()) as work:
        work.session.add(Body(key="town", name="Центр", kind="municipal", municipality=PLACE))
        for role in ("coordinator", "administrator"):
            await appoint(work, role, subject=f"demo-{role}")
        new = NewAppeal("portal", "м-1", "Не горит фонарь.", theme="roads", municipality=PLACE)
        taken = await take_in(work, new)
        appeal = await work.session.get_one(Appeal, taken.appeal_id)
    return replace(api, region=kursk), encode_id(appeal)


@pytest.mark.clause("ru.1844/2.municipal-centre", "ru.1844/2.municipal-centre.1")
async def test_a_case_is_given_to_a_working_centre(town: tuple[Api, str]) -> None:
    api, number = town
    refused = (await api.data(DELEGATE, "coordinator", id=number))["delegateAppeal"]
    assert refused == {"code": "NOT_FOUND", "clause": {"ref": "ru.1844/2.municipal-centre"}}
    given: dict[str, Any] = {
        "municipality": PLACE, "body": "town", "state": "WORKING", "ground": "постановление № 1",
    }  # fmt: skip
    recorded = (await api.data(RECORD, "administrator", input=given))["recordMunicipalCentre"]
    assert recorded == {
        "municipality": PLACE,
        "state": "WORKING",
        "since": "2026-03-02",
        "body": {"key": "town"},
    }
    centres = await api.data("{ municipalCentres { municipality ground } }", "coordinator")
    assert centres["municipalCentres"] == [{"municipality": PLACE, "ground": "постановление № 1"}]
    delegated = (await api.data(DELEGATE, "coordinator", id=number))["delegateAppeal"]
    assert delegated == {"state": "ASSIGNED", "body": {"key": "town"}}


async def test_only_an_administrator_records_centres(town: tuple[Api, str]) -> None:
    api, _ = town
    given = {"municipality": PLACE, "body": "town", "state": "WORKING", "ground": "акт"}
    for role, code in (("coordinator", "FORBIDDEN"), (None, "UNAUTHENTICATED")):
        refused = (await api.data(RECORD, role, input=given))["recordMunicipalCentre"]
        assert refused == {"code": code}
    nothing = await api.data("{ municipalCentres { municipality } }", "coordinator")
    assert nothing == {"municipalCentres": []}
