"""The document that a step stands on, in its form: which act or letter, its number and its day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from graphql import GraphQLInputObjectType, GraphQLNonNull, get_named_type

from schema.board.forms.controls import ACT, NOBODY, Control
from schema.board.forms.steps import controls_of

KIND = "DocumentInput"
FIELDS = {one: f"{ACT}{one.capitalize()}" for one in ("kind", "number", "date")}
CALLED = {"letter": "Письмо"}
"""What the document is called where it is no act, by the field of the input that takes it."""


def act_of(kind: GraphQLInputObjectType, *, required: bool = False) -> tuple[Control, ...]:
    """The fields of the document that an input takes; none where it takes none."""
    name = _place(kind)
    if name is None:
        return ()
    act = get_named_type(kind.fields[name].type)
    assert isinstance(act, GraphQLInputObjectType)
    return tuple(
        replace(
            one,
            name=FIELDS[one.name],
            label=f"{CALLED.get(name, 'Акт')}: {one.label.lower()}",
            required=required,
            options=(NOBODY, *one.options) if required and one.options else one.options,
        )
        for one in controls_of(act, tuple(FIELDS))
    )


def asked_of(kind: GraphQLInputObjectType) -> tuple[Control, ...]:
    """The same where the input is nothing without it."""
    name = _place(kind)
    must = name is not None and isinstance(kind.fields[name].type, GraphQLNonNull)
    return act_of(kind, required=True) if must else ()


def folded(kind: GraphQLInputObjectType, given: Mapping[str, Any]) -> dict[str, Any]:
    """What is given, with the document in the field of the input that takes it."""
    act = {key: given[name] for key, name in FIELDS.items() if name in given}
    rest = {name: value for name, value in given.items() if name not in FIELDS.values()}
    place = _place(kind)
    return {**rest, place: act} if place and act.keys() - {"kind"} else rest


def _place(kind: GraphQLInputObjectType) -> str | None:
    """By which field the input takes a document."""
    fields = kind.fields.items()
    return next((name for name, one in fields if get_named_type(one.type).name == KIND), None)
