"""How a field of a type is written: its description, its resolver, its guard, on one line."""

from __future__ import annotations

import inspect
import sys
from typing import Annotated, Any, TypeVar

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.extensions import FieldExtension
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import (
    INFO_PARAMSPEC,
    ROOT_PARAMSPEC,
    ReservedType,
    StrawberryResolver,
)

from schema.graphql.guards import Guard

T = TypeVar("T")
Input = Annotated[T, strawberry.argument(name="input")]
"""The one argument of a mutation."""


class Field(StrawberryField):
    """Knows from the first where its annotation stands, so that what it means is found out once.

    Strawberry's own is told so when its class is made, and by then has read the annotation; it
    reads all of them again.
    """

    namespace: dict[str, Any] | None = None

    def __set_name__(self, owner: type, name: str) -> None:
        """Called by Python for a field in the body of a class, before anything is made of it."""
        super().__set_name__(owner, name)
        self.namespace = vars(sys.modules[owner.__module__])

    def _annotate(self, annotation: Any) -> None:
        self.type_annotation = StrawberryAnnotation.from_annotation(
            annotation, namespace=self.namespace
        )

    type: Any = StrawberryField.type.setter(_annotate)  # type: ignore[attr-defined]


class _ByName(ReservedType):
    def find(
        self, parameters: tuple[inspect.Parameter, ...], resolver: StrawberryResolver[Any]
    ) -> inspect.Parameter | None:
        return next((one for one in parameters if one.name == self.name), None)


class Resolver(StrawberryResolver[Any]):
    """Told from its arguments by name: `root`, the row, and `info`, the request.

    Strawberry's own looks for them among the types of all its parameters.
    """

    RESERVED_PARAMSPEC = (ROOT_PARAMSPEC, _ByName(*INFO_PARAMSPEC))


def field(description: str, resolver: Any = None, guard: Guard | None = None) -> Any:
    """A described field. Without a resolver it reads the attribute of its own name.

    The annotation beside it is the GraphQL type; what a resolver returns only has to have the
    attributes of that type, so rows and rules go to the executor as they are. Modules of types do
    not postpone their annotations: strawberry would parse the text of each of them several times.
    """
    guards: list[FieldExtension] = [] if guard is None else [guard]
    directives = [] if guard is None else [guard.directive]
    made = Field(description=description, extensions=guards, directives=directives)
    return made if resolver is None else made(Resolver(resolver))


def stream(description: str, resolver: Any, guard: Guard) -> Any:
    """A field of a subscription; its resolver gives one value after another."""
    made = Field(
        description=description,
        extensions=[guard],
        directives=[guard.directive],
        is_subscription=True,
    )
    return made(Resolver(resolver))


def optional(description: str, default: Any = None) -> Any:
    """A field of an input that may be left out."""
    return Field(default=default, description=description)
