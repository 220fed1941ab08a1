"""What may be done with an appeal now: said beforehand as the mutation itself would say it."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_list_type,
    is_required_input_field,
)

from schema.appeals.allowed import takers
from schema.build import build_schema
from schema.graphql.ids import encode_id
from tests.schema.appeals.test_steps import SENT, rows, step
from tests.schema.conftest import Api

STEPS = """query($id: ID!) { appeal(id: $id) {
    steps { mutation allowed code text clause { ref } } } }"""
REFUSED = "__typename ... on Refusal { code text clause { ref } }"
SAID = {"outcome": "ABUSIVE"}
"""Where the first value of an enum is nothing that the mutation could be told."""

SCALARS: dict[str, Any] = {
    "Boolean": True,
    "Int": 1,
    "Date": "2026-03-02",
    "DateTime": "2026-03-02T11:00:00Z",
    "ID": "UGVyc29uOjE=",
}


def schema_of(api: Api) -> GraphQLSchema:
    return build_schema(api.region)._schema


def said(kind: Any, name: str = "") -> Any:
    """Some value of an input type, with nothing but what must be there."""
    if is_list_type(inner := get_nullable_type(kind)):
        return [said(inner.of_type)]
    named = get_named_type(kind)
    if isinstance(named, GraphQLEnumType):
        return SAID.get(name, next(iter(named.values)))
    if isinstance(named, GraphQLInputObjectType):
        fields = named.fields.items()
        return {n: said(f.type, n) for n, f in fields if is_required_input_field(f)}
    return SCALARS.get(named.name, "слово")


async def steps(api: Api, role: str, number: str) -> list[Any]:
    found: list[Any] = (await api.data(STEPS, role, id=number))["appeal"]["steps"]
    return found


async def allowed(api: Api, role: str, number: str) -> set[str]:
    return {one["mutation"] for one in await steps(api, role, number) if one["allowed"]}


async def tried(api: Api, role: str, mutation: str, number: str) -> Any:
    schema = schema_of(api)
    assert schema.mutation_type is not None
    kind = schema.mutation_type.fields[mutation].args["input"].type
    query = f"mutation($input: {kind}) {{ {mutation}(input: $input) {{ {REFUSED} }} }}"
    return (await api.data(query, role, input={**said(kind), "id": number}))[mutation]


def test_every_mutation_of_one_appeal_says_beforehand_what_it_refuses(api: Api) -> None:
    schema = schema_of(api)
    assert schema.mutation_type is not None
    inputs = {
        name: get_named_type(one.args["input"].type)
        for name, one in schema.mutation_type.fields.items()
        if "input" in one.args
    }
    of_one = {
        name for name, kind in inputs.items()
        if "id" in kind.fields and kind.fields["id"].description.startswith("Номер обращения")
    }  # fmt: skip
    of_one -= {"supplyFacts"}  # by a body that sees its inquiry and nothing of the case
    assert {one.mutation for one in takers(schema)} == of_one | {"judgeDispute"}
    assert len(of_one) > 30


async def test_what_is_open_to_whom_changes_with_the_appeal(api: Api) -> None:
    number = encode_id(await api.take())
    own = {"acceptAppeal", "returnAppeal", "answerAppeal", "closeAppeal", "recordMeasure"}
    before = await allowed(api, "body-official", number)
    assert before & own == {"acceptAppeal", "returnAppeal"}
    assert "prolongAppeal" not in before
    await step(api, "body-official", "acceptAppeal", "StepInput", id=number)
    after = await allowed(api, "body-official", number)
    assert after & own == {"answerAppeal", "recordMeasure"}
    assert "signAnswer" not in after
    await step(
        api, "body-official", "answerAppeal", "AnswerInput", id=number, text="Нет.",
        outcome="EXPLAINED",
    )  # fmt: skip
    assert {"signAnswer"} <= await allowed(api, "body-official", number)
    assert "prolongAppeal" in await allowed(api, "curator", number)


@pytest.mark.parametrize("role", ["body-official", "curator", "coordinator"])
async def test_what_is_not_allowed_is_refused_in_the_same_words(api: Api, role: str) -> None:
    fresh = encode_id(await api.take())
    answered = encode_id(await api.take(external_id="2"))
    await step(api, "body-official", "acceptAppeal", "StepInput", id=answered)
    await step(
        api, "body-official", "answerAppeal", "AnswerInput", id=answered, text="Нет.",
        outcome="EXPLAINED", **SENT,
    )  # fmt: skip
    before = await rows(api)
    for number in (fresh, answered):
        for one in await steps(api, role, number):
            if one["allowed"] or one["mutation"] == "judgeDispute":
                assert one["allowed"] is (one["code"] is None)
                continue
            told = await tried(api, role, one["mutation"], number)
            expected = {key: one[key] for key in ("code", "text", "clause")}
            assert told == {"__typename": "Refusal", **expected}, one["mutation"]
    assert await rows(api) == before


async def test_a_refusal_beforehand_has_its_clause(api: Api) -> None:
    number = encode_id(await api.take())
    found = {one["mutation"]: one for one in await steps(api, "curator", number)}
    assert found["judgeDispute"] == {
        "mutation": "judgeDispute",
        "allowed": False,
        "code": "WRONG_STATE",
        "text": "Обращение в состоянии «направлено»: этот шаг сейчас невозможен."
        " Основание: п. 3.4 Порядка работы системы.",
        "clause": {"ref": "tsur.practice/lifecycle.dispute"},
    }


async def test_one_forbidden_field_costs_nothing_else(api: Api) -> None:
    number = encode_id(await api.take())
    query = """query($id: ID!) { appeal(id: $id) { state journal { name } }
        jobs { id } passport { timezone } }"""
    answer = (await api.post(query, {"id": number}, role="body-official")).json()
    assert answer["data"] == {
        "appeal": {"state": "ASSIGNED", "journal": None},
        "jobs": None,
        "passport": {"timezone": "Asia/Yekaterinburg"},
    }
    told = {tuple(e["path"]): (e["extensions"]["code"], e["message"]) for e in answer["errors"]}
    forbidden = ("FORBIDDEN", "Ваши назначения этого не разрешают.")
    assert told == {("appeal", "journal"): forbidden, ("jobs",): forbidden}


async def test_without_a_token_what_is_public_is_answered(api: Api) -> None:
    answer = (await api.post("{ passport { timezone } bodies { totalCount } }")).json()
    assert answer["data"] == {"passport": {"timezone": "Asia/Yekaterinburg"}, "bodies": None}
    (error,) = answer["errors"]
    assert error["message"] == "Нужно войти в систему."
    assert (error["path"], error["extensions"]) == (["bodies"], {"code": "UNAUTHENTICATED"})
