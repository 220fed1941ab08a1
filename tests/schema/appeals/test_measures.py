"""Measures through the API: entered, read beside the appeal and counted."""

from __future__ import annotations

from typing import Any

import pytest

from schema.graphql.ids import encode_id
from tests.schema.appeals.test_steps import RESULT, rows, step
from tests.schema.conftest import Api

READ = """query($id: ID!) { appeal(id: $id) { measures {
    kind done responsible actNumber actDate takenOn body { key } } } }"""
COUNT = """{ measureCounts(since: "2026-01-01", until: "2026-12-31") {
    kind measures appeals } }"""
ACT = {
    "responsible": "Начальник отдела Пробный П. П.",
    "actNumber": "12-к",
    "actDate": "2026-03-02",
}
PUNISHED = {"kind": "HELD_RESPONSIBLE", "done": "Объявлен выговор", "takenOn": "2026-03-02", **ACT}


async def record(api: Api, **given: Any) -> Any:
    query = f"mutation($input: MeasureInput!) {{ recordMeasure(input: $input) {RESULT} }}"
    return (await api.data(query, "body-official", input=given))["recordMeasure"]


@pytest.fixture
async def number(api: Api) -> str:
    number = encode_id(await api.take())
    await step(api, "body-official", "acceptAppeal", "StepInput", id=number)
    return number


@pytest.mark.clause("fz59/14")
async def test_a_measure_is_entered_read_and_counted(api: Api, number: str) -> None:
    done = await record(api, id=number, **PUNISHED)
    assert done["state"] == "IN_WORK"
    (told,) = (await api.data(READ, "curator", id=number))["appeal"]["measures"]
    assert told == {**PUNISHED, "body": {"key": "ministry"}}
    counts = (await api.data(COUNT, "curator"))["measureCounts"]
    assert {one["kind"]: (one["measures"], one["appeals"]) for one in counts} == {
        "RIGHTS_RESTORED": (0, 0),
        "CAUSE_REMOVED": (0, 0),
        "HELD_RESPONSIBLE": (1, 1),
        "PROPOSAL_ADOPTED": (0, 0),
    }


@pytest.mark.clause("fz59/14")
async def test_nobody_is_held_responsible_without_an_act(api: Api, number: str) -> None:
    before = await rows(api)
    given = {**PUNISHED, "actNumber": None}
    refused = await record(api, id=number, **given)
    assert (refused["code"], refused["clause"]) == ("INVALID", {"ref": "fz59/14"})
    assert await rows(api) == before
