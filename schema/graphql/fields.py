"""How a field of a type is written: its description, its resolver, its guard, on one line."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

import strawberry
from strawberry.extensions import FieldExtension

from schema.graphql.guards import Guard

T = TypeVar("T")
Input = Annotated[T, strawberry.argument(name="input")]
"""The one argument of a mutation."""


def field(description: str, resolver: Any = None, guard: Guard | None = None) -> Any:
    """A described field. Without a resolver it reads the attribute of its own name.

    The annotation beside it is the GraphQL type; what a resolver returns only has to have the
    attributes of that type, so rows and rules go to the executor as they are. Modules of types do
    not postpone their annotations: strawberry would parse the text of each of them several times.
    """
    guards: list[FieldExtension] = [] if guard is None else [guard]
    directives = [] if guard is None else [guard.directive]
    return strawberry.field(
        resolver=resolver, description=description, extensions=guards, directives=directives
    )


def optional(description: str, default: Any = None) -> Any:
    """A field of an input that may be left out."""
    return strawberry.field(default=default, description=description)
