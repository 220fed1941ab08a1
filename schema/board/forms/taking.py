"""Taking a step by the API: what it says, a refusal or what the step was done to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias, cast

from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLUnionType,
    get_named_type,
    is_required_input_field,
    validate_input_value,
)

from core.kernel.codes import RefusalCode
from core.kernel.texts import LONGEST_REASON, LONGEST_TEXT
from schema.board.forms.labels import label_of
from schema.board.saved import Failed, PageContext
from schema.board.words.values import number
from schema.graphql.documents.bounds import LINE, TEXT, bound_of

NODE, REFUSAL = "Node", "Refusal"
FITTING = {LINE: LONGEST_REASON, TEXT: LONGEST_TEXT}
"""To how many characters one is told to shorten what is beyond a bound: no step takes less."""

INNER = str.maketrans("«»", "„“")

Place: TypeAlias = tuple[str | int, ...]
"""Where something stands in an input: names of fields, numbers of rows."""


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
    """Run a mutation of one input; its refusal with code and text, or what it is done to, by id.

    A refusal that knows its field says `at` which place of the input. Failed NOT_FOUND where what
    it is of is not there any more.
    """
    assert context.endpoint.graphql.mutation_type is not None
    field = context.endpoint.graphql.mutation_type.fields[mutation]
    kind = input_of(field)
    if said := misfit(kind, given):
        return said
    result = get_named_type(field.type)
    told = result.types if isinstance(result, GraphQLUnionType) else ()
    nodes = [one.name for one in told if any(face.name == NODE for face in one.interfaces)]
    ids = " ".join(f"... on {name} {{ id }}" for name in nodes)
    text = (
        f"mutation Step($input: {kind.name}!) {{ step: {mutation}(input: $input) {{"
        f" __typename ... on Refusal {{ code text }} {ids} }} }}"
    )
    try:
        found: Mapping[str, Any] = (await context.run(text, {"input": given}))["step"]
    except Failed as failed:
        if failed.code == RefusalCode.NOT_FOUND:
            raise
        return unfit(failed.text, failed.code)
    return found


def refused(said: Mapping[str, Any]) -> bool:
    """Whether it is a refusal."""
    return said.get("__typename") == REFUSAL


def unfit(text: str, code: str = RefusalCode.INVALID.name, at: Place = ()) -> Mapping[str, Any]:
    """A refusal of what the form itself cannot take."""
    return {"__typename": REFUSAL, "code": code, "text": text, "at": at}


def quoted(label: str) -> str:
    """The label between quotation marks; those in it become inner ones."""
    return f"«{label.translate(INNER)}»"


def misfit(kind: GraphQLInputObjectType, given: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The refusal of what cannot stand in its field, by the label; None where all fit."""
    for place, label, length, bound in _texts(kind, given, ()):
        if length > bound:
            fitting = number(FITTING.get(bound, bound))
            said = f"{quoted(label)}: знаков {number(length)}, сократите до {fitting}."
            return unfit(said, RefusalCode.TEXT_TOO_LONG.name, place)
    for name, one in kind.fields.items():
        if given.get(name) == "" and get_named_type(one.type).name == "ID":
            return unfit(f"{quoted(label_of(name, one))}: заполните.", at=(name,))
    places: list[list[str | int]] = []
    validate_input_value(dict(given), kind, lambda _, path: places.append(path))
    return _unfit_at(kind, given, tuple(places[0])) if places else None


def _texts(
    kind: GraphQLInputObjectType, given: Mapping[str, Any], outer: Place
) -> Iterator[tuple[Place, str, int, int]]:
    """Each text that is given: where it stands, its label, its length and its bound."""
    for name, one in kind.fields.items():
        inner, value = get_named_type(one.type), given.get(name)
        rows = value if isinstance(value, list) else [value]
        bound = bound_of(f"{kind.name}.{name}", inner.name).characters
        for index, row in enumerate(rows):
            here = (*outer, name, *([index] if isinstance(value, list) else ()))
            if isinstance(inner, GraphQLInputObjectType) and isinstance(row, Mapping):
                yield from _texts(inner, row, here)
            elif isinstance(row, str):
                yield here, label_of(name, one), len(row), bound


def _unfit_at(
    kind: GraphQLInputObjectType, given: Mapping[str, Any], place: Place
) -> Mapping[str, Any]:
    """The refusal of what stands at a place, or of what lacks there."""
    label, value, inner = "", cast("Any", given), kind
    for part in place:
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
                return unfit(f"{quoted(label_of(lacking, one))}: заполните.", at=(*place, lacking))
    return unfit(f"{quoted(label)}: {'такого не бывает' if value else 'заполните'}.", at=place)
