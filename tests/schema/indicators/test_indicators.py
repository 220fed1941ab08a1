"""Indicators and workload over HTTP: a chain, exact numbers, a refusal with its clause."""

from __future__ import annotations

from typing import Any

import pytest

from tests.schema.conftest import Api

PROPOSE = """
mutation ($input: ProposeIndicatorInput!) { proposeIndicator(input: $input) {
  ... on Indicator { id state kind { clause { ref } } }
  ... on Refusal { code clause { ref } } } }
"""
SIGN = """
mutation ($input: SignIndicatorInput!) { signIndicator(input: $input) {
  ... on Indicator { state signatures { party document clause { ref } } }
  ... on Refusal { code clause { ref } } } }
"""
TARGET = """
mutation ($input: AmountInput!) { setIndicatorTarget(input: $input) {
  ... on IndicatorTarget { version amount { exact decimal } } ... on Refusal { code } } }
"""
VALUE = """
mutation ($input: AmountInput!) { recordIndicatorValue(input: $input) {
  ... on IndicatorValue { version author } ... on Refusal { code } } }
"""
REACHED = """
query ($id: ID!) { indicatorAttainment(id: $id, day: "2026-01-15") {
  start lastDay attained share { exact decimal }
  accountable { role person { name } degree clause { ref } } }
  indicators(filter: {kind: "main", on: "2026-01-15"}) { totalCount nodes { key } } }
"""
DOCUMENT = {"kind": "LETTER", "number": "П-7", "date": "2026-02-20"}
INPUT = {
    "key": "in-time",
    "name": "Доля ответов в срок",
    "unit": "%",
    "periodicity": "MONTH",
    "since": "2026-01-01",
    "kind": "main",
    "document": DOCUMENT,
}


async def proposed(api: Api) -> str:
    answer = await api.data(PROPOSE, "curator", input=INPUT)
    assert answer["proposeIndicator"]["kind"] == {"clause": {"ref": "ru.1844/9.в"}}
    number: str = answer["proposeIndicator"]["id"]
    return number


async def signed(api: Api, number: str, deed: str, by: str) -> Any:
    step = {"id": number, "deed": deed, "by": by, "document": DOCUMENT}
    return (await api.data(SIGN, "curator", input=step))["signIndicator"]


@pytest.mark.clause("ru.1844/9.в", "ru.1844/8.д")
async def test_from_the_proposal_to_the_attainment(api: Api) -> None:
    number = await proposed(api)
    early = await signed(api, number, "APPROVE", "COMPETENCE_CENTRE")
    assert early == {"code": "WRONG_STATE", "clause": {"ref": "ru.1844/9.в"}}
    await signed(api, number, "AGREE", "MINISTRY")
    done = await signed(api, number, "APPROVE", "COMPETENCE_CENTRE")
    assert done["state"] == "APPROVED"
    assert [one["party"] for one in done["signatures"]] == [
        "COMPETENCE_CENTRE",
        "MINISTRY",
        "COMPETENCE_CENTRE",
    ]
    given = {"id": number, "day": "2026-01-15", "ground": "отчёт"}
    target = await api.data(TARGET, "curator", input={**given, "amount": "0.3"})
    assert target["setIndicatorTarget"] == {
        "version": 1,
        "amount": {"exact": "3/10", "decimal": "0.3"},
    }
    value = await api.data(VALUE, "curator", input={**given, "amount": "0.2"})
    assert value["recordIndicatorValue"] == {"version": 1, "author": "demo-curator"}
    found = await api.data(REACHED, "curator", id=number)
    node = await api.data("query ($id: ID!) { node(id: $id) { __typename } }", "curator", id=number)
    assert node == {"node": {"__typename": "Indicator"}}
    assert found["indicators"] == {"totalCount": 1, "nodes": [{"key": "in-time"}]}
    assert found["indicatorAttainment"] == {
        "start": "2026-01-01",
        "lastDay": "2026-01-31",
        "attained": False,
        "share": {"exact": "2/3", "decimal": "0.666667"},
        "accountable": [
            {
                "role": "curator",
                "person": {"name": "Проверочный demo-curator"},
                "degree": "PERSONALLY",
                "clause": {"ref": "ru.1844/10.г.1.liability"},
            }
        ],
    }


@pytest.mark.parametrize("amount", ["1e5", "١", "0.1234567", " 1", "1234567890123", "NaN"])
async def test_what_is_not_exactly_a_number_is_refused(api: Api, amount: str) -> None:
    given = {"id": "x", "day": "2026-01-15", "ground": "отчёт", "amount": amount}
    error = await api.error(TARGET, "curator", input=given)
    assert error["extensions"]["code"] == "INVALID"


async def test_who_does_not_lead_does_not_record(api: Api) -> None:
    given = {"id": "x", "day": "2026-01-15", "ground": "отчёт", "amount": "1"}
    answer = await api.data(VALUE, "body-official", input=given)
    assert answer["recordIndicatorValue"] == {"code": "FORBIDDEN"}


async def test_workload_and_proposals(api: Api) -> None:
    await api.take()
    found = await api.data(
        """{ workload(day: "2026-03-01", periodicity: MONTH) {
               clause { ref } rows { block body specialist open inflow heldSeconds } }
             blockRepresentation(day: "2026-03-01", periodicity: MONTH) {
               block messages share { exact } staff }
             staffingProposals { totalCount } }""",
        "curator",
    )
    assert found["workload"]["clause"] is None
    (roads,) = [row for row in found["blockRepresentation"] if row["messages"]]
    assert roads == {"block": "roads", "messages": 1, "share": {"exact": "1"}, "staff": 0}
    assert found["staffingProposals"] == {"totalCount": 0}
