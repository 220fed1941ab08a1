"""Taking a step by the API: what it says, a refusal or what the step was done to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLUnionType,
    get_named_type,
    is_required_input_field,
    validate_input_value,
)

from core.kernel.codes import RefusalCode
from schema.board.forms.labels import label_of
from schema.board.saved import PageContext

NODE, REFUSAL = "Node", "Refusal"


def input_of(mutation: GraphQLField) -> GraphQLInputObjectType:
    """The one input that a mutation takes."""
    kind = get_named_type(mutation.args["input"].type)
    assert isinstance(kind, GraphQLInputObjectType)
    return kind


async def taken(
    context: PageContext, mutation: str, given: Mapping[str, Any]
) -> Mapping[str, Any] | None:
    """Run a mutation of one input; its refusal with code and text, None where it is done."""
    said = await said_of(context, mutation, given)
    return said if refused(said) else None


async def said_of(
    context: PageContext, mutation: str, given: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Run a mutation of one input; its refusal with code and text, or what it is done to, by id."""
    assert context.endpoint.graphql.mutation_type is not None
    field = context.endpoint.graphql.mutation_type.fields[mutation]
    kind = input_of(field)
    if said := _misfit(kind, given):
        return unfit(said)
    result = get_named_type(field.type)
    told = result.types if isinstance(result, GraphQLUnionType) else ()
    nodes = [one.name for one in told if any(face.name == NODE for face in one.interfaces)]
    ids = " ".join(f"... on {name} {{ id }}" for name in nodes)
    text = (
        f"mutation Step($input: {kind.name}!) {{ step: {mutation}(input: $input) {{"
        f" __typename ... on Refusal {{ code text }} {ids} }} }}"
    )
    found: Mapping[str, Any] = (await context.run(text, {"input": given}))["step"]
    return found


def refused(said: Mapping[str, Any]) -> bool:
    """Whether it is a refusal."""
    return said.get("__typename") == REFUSAL


def unfit(text: str, code: str = RefusalCode.INVALID.name) -> Mapping[str, Any]:
    """A refusal of what the form itself cannot take."""
    return {"__typename": REFUSAL, "code": code, "text": text}


def _misfit(kind: GraphQLInputObjectType, given: Mapping[str, Any]) -> str:
    """Which field holds what cannot stand in it, by its label; "" where all fit."""
    for name, one in kind.fields.items():
        if given.get(name) == "" and get_named_type(one.type).name == "ID":
            return f"«{label_of(name, one)}»: заполните."
    places: list[list[str | int]] = []
    validate_input_value(dict(given), kind, lambda _, path: places.append(path))
    if not places:
        return ""
    label, value, inner = "", cast("Any", given), kind
    for part in places[0]:
        if isinstance(part, int):  # a row of a list
            value = value[part]
            continue
        value = value.get(part, "") if isinstance(value, Mapping) else ""
        if isinstance(inner, GraphQLInputObjectType):
            one = inner.fields[str(part)]
            label, inner = label_of(str(part), one), get_named_type(one.type)
    if isinstance(inner, GraphQLInputObjectType) and isinstance(value, Mapping):
        for lacking, one in inner.fields.items():  # an object is told of where it lacks a field
            if lacking not in value and is_required_input_field(one):
                return f"«{label_of(lacking, one)}»: заполните."
    return f"«{label}»: {'такого не бывает' if value else 'заполните'}."
