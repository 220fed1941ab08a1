"""Steps of a case as forms, made out of the API's own inputs: every step looks and refuses alike.

What a field holds of other objects is left to the API; a list of inputs has a few rows of fields.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from datetime import datetime
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    get_named_type,
    is_input_object_type,
    is_required_input_field,
)

from schema.board.forms.controls import ROW, ROWS, VERDICTS, Control, base, wrong
from schema.board.forms.labels import STOP, is_key, label_of
from schema.board.forms.taking import taken
from schema.board.saved import PageContext
from schema.board.words.values import api

HIDDEN = ("id", "expectedVersion", "corrects")
"""The page fills them in, or they hold a number that no page shows."""

OF_A_CASE = frozenset({"id", "expectedVersion"})
"""One of them the input of a step of a case has: of what is within a case it names the number."""
LONG = frozenset((
    "text", "reason", "done", "purpose", "question", "reply", "remark", "notice", "refusing",
    "conclusion", "verdict",
))  # fmt: skip
CONTROLS = {
    "Boolean": "checkbox",
    "Int": "number",
    "Float": "number",
    "Date": "date",
    "DateTime": "datetime-local",
}


@dataclass(frozen=True, slots=True)
class Form:
    """A step: the mutation, what people call it, its fields in the order of the API.

    `inside` tells of a field within another input, by its name, which input that is; `rows` of one
    in a list of inputs, which list, which row and which field of it. A step that is not `of_case`
    names what within the case it is of.
    """

    mutation: str
    title: str
    input: str
    controls: tuple[Control, ...]
    versioned: bool
    of_case: bool = True
    inside: Mapping[str, str] = dataclass_field(default_factory=dict)
    rows: Mapping[str, tuple[str, int, str]] = dataclass_field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of it: refused with `text`, which ends with its norm, or done where it is None.

    `typed` is what the form shows again; `field` the one that the refusal is of, "" of none.
    """

    text: str | None = None
    stale: bool = False
    typed: Mapping[str, str] = dataclass_field(default_factory=dict)
    field: str = ""


def title_of(schema: GraphQLSchema, mutation: str) -> str:
    """What a step is called: its description up to the first bracket or stop."""
    assert schema.mutation_type is not None
    said = schema.mutation_type.fields[mutation].description or mutation
    return STOP.split(said, maxsplit=1)[0]


def step_in(schema: GraphQLSchema, told: str) -> str:
    """The step that an address says was done; "" for what is none."""
    mutations = schema.mutation_type
    return told if mutations is not None and told in mutations.fields else ""


def form_of(schema: GraphQLSchema, mutation: str) -> Form | None:
    """The form of a step of a case; None where it is no such step or has no form for people."""
    assert schema.mutation_type is not None
    found = schema.mutation_type.fields.get(mutation)
    given = found.args.get("input") if found else None
    kind = get_named_type(given.type) if given else None
    if not isinstance(kind, GraphQLInputObjectType) or not OF_A_CASE & kind.fields.keys():
        return None
    controls: list[Control] = []
    inside: dict[str, str] = {}
    rows: dict[str, tuple[str, int, str]] = {}
    for name, one in kind.fields.items():
        if name in HIDDEN:
            continue
        if not _nested(one):
            controls.append(_control(name, one))
            continue
        required, part = isinstance(one.type, GraphQLNonNull), tuple(_controls(_named(one)))
        if isinstance(one.type.of_type if required else one.type, GraphQLList):
            group = "" if required else label_of(name, one)
            for number in range(1, ROWS + 1):
                for row in (_in_row(inner, number, group) for inner in part):
                    controls.append(row)
                    rows[row.name] = (name, number, base(row.name))
        elif required:
            controls += part
            inside |= {inner.name: name for inner in part}
    if len({one.name for one in controls}) < len(controls):
        return None
    versioned = "expectedVersion" in kind.fields
    title = title_of(schema, mutation)
    of_case = "id" in kind.fields
    return Form(mutation, title, kind.name, tuple(controls), versioned, of_case, inside, rows)


def _in_row(one: Control, number: int, group: str) -> Control:
    """The field of one row; the first must be filled in, where the input asks for it."""
    first = one.required and number == 1 and not group
    return replace(one, name=f"{one.name}{ROW}{number}", label=f"{number}. {one.label}",
                   required=first, group=group)  # fmt: skip


def controls_of(
    kind: GraphQLInputObjectType, names: Collection[str], *, required: Collection[str] = ()
) -> tuple[Control, ...]:
    """Some fields of an input, in its order; also `required` what the input itself lets out."""
    return tuple(
        replace(one, required=one.required or one.name in required)
        for one in _controls(kind)
        if one.name in names
    )


async def send(
    context: PageContext, form: Form, case_id: str, version: int, typed: Mapping[str, str]
) -> Sent:
    """Run the step by the API with what was typed."""
    given: dict[str, Any] = {"id": case_id} if form.of_case else {}
    if form.versioned:
        given["expectedVersion"] = version
    rows: dict[tuple[str, int], dict[str, Any]] = {}
    for one in form.controls:
        value = value_of(context, one, typed.get(one.name, ""))
        if value is not None:
            outer = form.inside.get(one.name)
            row = form.rows.get(one.name)
            if row is not None:
                rows.setdefault(row[:2], {})[row[2]] = value
            else:
                (given if outer is None else given.setdefault(outer, {}))[one.name] = value
    for (name, _), row_given in rows.items():
        given.setdefault(name, []).append(row_given)
    said = await taken(context, form.mutation, given)
    if said is None:
        return Sent()
    numbers = [number for _, number in rows]
    return Sent(
        said["text"], said["code"] == "STALE", typed, wrong(form.controls, said, typed, numbers)
    )


def _controls(kind: GraphQLInputObjectType) -> Iterator[Control]:
    for name, one in kind.fields.items():
        if name not in HIDDEN and not _nested(one):
            yield _control(name, one)


def _nested(one: GraphQLInputField) -> bool:
    return is_input_object_type(get_named_type(one.type))


def _named(one: GraphQLInputField) -> GraphQLInputObjectType:
    kind = get_named_type(one.type)
    assert isinstance(kind, GraphQLInputObjectType)
    return kind


def _control(name: str, one: GraphQLInputField) -> Control:
    required = isinstance(one.type, GraphQLNonNull)
    inner = one.type.of_type if isinstance(one.type, GraphQLNonNull) else one.type
    many, named = isinstance(inner, GraphQLList), get_named_type(one.type)
    label = label_of(name, one)
    if isinstance(named, GraphQLEnumType):
        options = tuple((key, value.description or key) for key, value in named.values.items())
        return Control(name, label, "select", required, many, options)
    if named.name == "Boolean" and is_required_input_field(one):
        return Control(name, label, "select", required=True, options=VERDICTS, decided=True)
    kind = CONTROLS.get(named.name, "textarea" if name in LONG else "text")
    plain = Control(name, label, "lines" if many else kind, required, many)
    return replace(plain, counted=kind == "number", keyed=is_key(one))


def value_of(context: PageContext, one: Control, text: str) -> Any:
    """What was typed as the API takes it; None for what was left empty."""
    text = text.strip()
    if one.decided:
        return {"1": True, "0": False}.get(text)
    if one.kind == "checkbox":
        return text == "1" if text or one.required else None
    if not text:
        return "" if one.required and not one.many else ([] if one.required else None)
    if one.many:
        return [line.strip() for line in text.splitlines() if line.strip()]
    if one.counted:
        return _number(text)
    if one.kind == "datetime-local":
        return local_moment(context, text)
    return text


def local_moment(context: PageContext, text: str) -> str:
    """A moment by the region's clock as the API reads it; what is none stays as it was typed."""
    try:
        return api(datetime.fromisoformat(text).replace(tzinfo=context.zone))
    except (ValueError, OverflowError):  # the first day of all has no moment everywhere
        return text


def _number(text: str) -> Any:
    """A whole number where it is one; else the text itself, which the API refuses in its words."""
    try:
        return int(text)
    except ValueError:
        try:
            return float(text.replace(",", "."))
        except ValueError:
            return text
