"""Values for every argument of the API: right in kind, and asking for nothing that there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    is_leaf_type,
)

SCALARS: Mapping[str, Any] = {
    "String": "проба",
    "ID": "QXBwZWFsOjk5OTk5OQ==",
    "Int": 1,
    "Float": 1.5,
    "Boolean": True,
    "Date": "2026-03-02",
    "DateTime": "2026-03-02T10:00:00Z",
    "Decimal": "1.5",
}
"""The id is of an appeal that there is not."""


def plain(kind: Any, *, whole: bool = False) -> Any:
    """A value of the kind: what must be given, or with `whole` what may be too."""
    if isinstance(kind, GraphQLNonNull):
        return plain(kind.of_type, whole=whole)
    if isinstance(kind, GraphQLList):
        return [plain(kind.of_type, whole=whole)]
    if isinstance(kind, GraphQLInputObjectType):
        return {
            name: plain(field.type, whole=whole)
            for name, field in kind.fields.items()
            if whole or isinstance(field.type, GraphQLNonNull)
        }
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    return SCALARS[kind.name]


def document(root: str, name: str, field: GraphQLField, given: Mapping[str, Any]) -> str:
    """An operation over one root field with these arguments, showing as little as may be."""
    declared = ", ".join(f"${n}: {field.args[n].type}" for n in given)
    passed = ", ".join(f"{n}: ${n}" for n in given)
    kind = get_named_type(field.type)
    shown = "" if is_leaf_type(kind) else "{ __typename }"
    if "Refusal" in {one.name for one in getattr(kind, "types", ())}:
        shown = "{ __typename ... on Refusal { code text } }"
    head = f"{root}({declared})" if given else root
    return f"{head} {{ found: {name}{f'({passed})' if given else ''} {shown} }}"


def places(kind: Any, wanted: str, path: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where in a value of the kind the values of another kind stand."""
    if isinstance(kind, GraphQLNonNull):
        yield from places(kind.of_type, wanted, path)
    elif isinstance(kind, GraphQLList):
        yield from places(kind.of_type, wanted, (*path, 0))
    elif isinstance(kind, GraphQLInputObjectType):
        for name, field in kind.fields.items():
            yield from places(field.type, wanted, (*path, name))
    elif kind.name == wanted:
        yield path


def put(value: Any, path: tuple[str | int, ...], given: Any) -> Any:
    """The value with another one at a place in it."""
    if not path:
        return given
    head, *rest = path
    copy: Any = list(value) if isinstance(head, int) else dict(value)
    copy[head] = put(copy[head], tuple(rest), given)
    return copy
