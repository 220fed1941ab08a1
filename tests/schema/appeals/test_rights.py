"""What the applicant may do with his appeal, over the API (59-ФЗ, ст. 5)."""

from __future__ import annotations

from typing import Any

import pytest

from schema.graphql.ids import encode_id
from tests.schema.appeals.test_steps import rows, step
from tests.schema.conftest import Api

MATERIALS = "query($id: ID!) { appealMaterials(appeal: $id) { key name content } }"
SHOW = """mutation($input: ShowInput!) { showMaterials(input: $input) {
  ... on ShownMaterials { appeal { state ledger { fact reason } } materials { key content } }
  ... on Refusal { code clause { ref } } } }"""
KINDS = {"withdrawAppeal": "WithdrawInput", "addDocument": "ApplicantDocumentInput"}


@pytest.fixture
async def number(api: Api) -> str:
    return encode_id(await api.take())


async def show(api: Api, **given: Any) -> Any:
    return (await api.data(SHOW, "body-head", input=given))["showMaterials"]


async def test_documents_are_added_and_materials_shown(api: Api, number: str) -> None:
    given = {"id": number, "title": "Схема двора", "reference": "вх. 12/1"}
    added = await step(api, "coordinator", "addDocument", KINDS["addDocument"], **given)
    assert added["state"] == "ASSIGNED"
    listed = (await api.data(MATERIALS, "body-head", id=number))["appealMaterials"]
    assert listed == [{"key": "document:4", "name": "Схема двора", "content": "вх. 12/1"}]
    shown = await show(api, id=number, identifiedBy="ESIA", shown=["document:4"])
    assert shown["materials"] == [{"key": "document:4", "content": "вх. 12/1"}]
    assert [row["fact"] for row in shown["appeal"]["ledger"][3:]] == ["SUPPLEMENTED", "SHOWN"]
    secret = {"material": "document:4", "ground": "SECRET", "reason": "Гостайна"}
    shown = await show(api, id=number, identifiedBy="DOCUMENT", shown=[], withheld=[secret])
    assert shown["materials"] == []


async def test_refusals_write_nothing(api: Api, number: str) -> None:
    before = await rows(api)
    undecided = await show(api, id=number, identifiedBy="ESIA", shown=["document:9"])
    assert undecided == {"code": "INVALID", "clause": {"ref": "fz59/5.2"}}
    for name, given, code, ref in (
        ("addDocument", {"title": "Схема", "reference": " "}, "INVALID", "fz59/5.1"),
        ("withdrawAppeal", {"statedOn": "2026-03-03", "reference": "вх. 7"},
         "DATE_OUT_OF_RANGE", "fz59/5.5"),
        ("withdrawAppeal", {"statedOn": "2026-03-02", "reference": ""},
         "PROOF_REQUIRED", "fz59/5.5"),
    ):  # fmt: skip
        refused = await step(api, "coordinator", name, KINDS[name], id=number, **given)
        assert (refused["code"], refused["clause"]["ref"]) == (code, ref)
    assert await rows(api) == before


@pytest.mark.parametrize("role", ["body-official", "channel-adapter", None])
async def test_only_those_who_may_decide_see_materials(
    api: Api, number: str, role: str | None
) -> None:
    error = await api.error(MATERIALS, role, id=number)
    assert error["extensions"]["code"] in ("FORBIDDEN", "UNAUTHENTICATED")


async def test_an_appeal_is_taken_back_once(api: Api, number: str) -> None:
    given = {"id": number, "statedOn": "2026-03-02", "reference": "вх. 7"}
    kind = KINDS["withdrawAppeal"]
    withdrawn = await step(api, "coordinator", "withdrawAppeal", kind, **given)
    assert (withdrawn["state"], withdrawn["outcome"]) == ("CLOSED", "WITHDRAWN")
    again = await step(api, "coordinator", "withdrawAppeal", kind, **given)
    assert again["code"] == "WRONG_STATE"


JOIN = """mutation($input: RepeatsInput!) { joinRepeats(input: $input) {
  ... on Cluster { appeals { number answeredWith { number } } }
  ... on Refusal { code clause { ref } } } }"""


async def test_repeats_of_one_author_are_joined(api: Api) -> None:
    main, repeat = await api.take(), await api.take(external_id="п-2")
    other = await api.take(external_id="п-3", contact=None)
    given = {"main": encode_id(main), "reason": "Та же яма"}
    before = await rows(api)
    unknown = {**given, "repeats": [encode_id(other)]}
    refused = (await api.data(JOIN, "coordinator", input=unknown))["joinRepeats"]
    assert refused == {
        "code": "NOT_SAME_AUTHOR",
        "clause": {"ref": "tsur.practice/duplicates.repeats"},
    }
    assert await rows(api) == before
    known = {**given, "repeats": [encode_id(repeat)]}
    joined = (await api.data(JOIN, "coordinator", input=known))["joinRepeats"]["appeals"]
    assert joined == [
        {"number": main.number, "answeredWith": None},
        {"number": repeat.number, "answeredWith": {"number": main.number}},
    ]


async def test_a_collective_appeal_names_whom_to_answer(api: Api) -> None:
    take = """mutation($input: TakeInInput!) { takeIn(input: $input) {
      ... on TakenIn { appeal { id signatories } } } }"""
    who = {"name": "Пробная Анна", "addressee": "Пробный Пётр"}
    given = {"channel": "letter", "externalId": "к-1", "text": "Яма", "signatories": 3}
    taken = (await api.data(take, "coordinator", input={**given, "applicant": who}))["takeIn"]
    assert taken["appeal"]["signatories"] == 3
    query = """query($id: ID!) { appeal(id: $id) {
      applicant(purpose: "ответ") { name answerTo } } }"""
    found = await api.data(query, "coordinator", id=taken["appeal"]["id"])
    assert found["appeal"]["applicant"] == {"name": "Пробная Анна", "answerTo": "Пробный Пётр"}
