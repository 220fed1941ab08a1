"""Arguments of fields: read once for each value of the variables that they mention."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLSchema,
    Node,
    Undefined,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    get_argument_values,
    visit,
)
from graphql.execution.values import VariableValues, get_variable_values
from strawberry import Schema
from strawberry.types.arguments import convert_arguments
from strawberry.types.field import StrawberryField

KEPT_VALUES = 500
Coerced = Mapping[str, tuple[bytes, VariableValues]]


@dataclass(slots=True)
class Variables:
    """The variables of one operation."""

    schema: GraphQLSchema
    definitions: tuple[VariableDefinitionNode, ...]
    _known: dict[tuple[str, bytes], VariableValues] = field(default_factory=dict)

    def coerce(self, given: Mapping[str, Any]) -> Coerced:
        """Each variable's value with the bytes that stand for it; GraphQLError for a wrong one."""
        found = {}
        for definition in self.definitions:
            name = definition.variable.name.value
            value = given.get(name, Undefined)
            written = b"" if value is Undefined else _written(value)
            known = self._known.get((name, written))
            if known is None:
                known = self._coerced(definition, given)
                if len(self._known) >= KEPT_VALUES:
                    self._known.clear()
                self._known[name, written] = known
            found[name] = written, known
        return found

    def _coerced(
        self, definition: VariableDefinitionNode, given: Mapping[str, Any]
    ) -> VariableValues:
        values = get_variable_values(self.schema, (definition,), dict(given))
        if isinstance(values, list):
            raise values[0]
        return values


def _written(value: object) -> bytes:
    """The bytes of a value; GraphQLError where it lies deeper than any input of the schema."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError as error:
        raise GraphQLError("The value of a variable lies too deep.") from error


def together(coerced: Coerced, names: tuple[str, ...]) -> VariableValues:
    """The values of some variables."""
    sources, values = {}, {}
    for name in names:
        sources.update(coerced[name][1].sources)
        values.update(coerced[name][1].coerced)
    return VariableValues(sources, values)


def conditions(document: DocumentNode) -> tuple[str, ...]:
    """The variables on which @skip and @include depend."""
    directives: list[DirectiveNode] = []

    class Directives(Visitor):
        def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
            directives.append(node)

    visit(document, Directives())
    return mentioned(*directives)


@dataclass(slots=True)
class Arguments:
    """The arguments of a root field as its resolver takes them."""

    api: Schema
    found: GraphQLField
    definition: StrawberryField
    node: FieldNode
    _mentioned: tuple[str, ...] = ()
    _known: dict[tuple[bytes, ...], dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._mentioned = mentioned(self.node)

    def key(self, coerced: Coerced) -> tuple[bytes, ...]:
        """What stands for the values that decide the arguments."""
        return tuple([coerced[name][0] for name in self._mentioned])

    def values(self, coerced: Coerced) -> dict[str, Any]:
        """Keyword arguments; GraphQLError for wrong ones."""
        key = self.key(coerced)
        if key not in self._known:
            if len(self._known) >= KEPT_VALUES:
                self._known.clear()
            values = together(coerced, self._mentioned)
            self._known[key] = converted(self.api, self.found, self.definition, self.node, values)
        return self._known[key]


def converted(
    api: Schema, found: Any, definition: StrawberryField, node: FieldNode, values: VariableValues
) -> dict[str, Any]:
    """The arguments of a field as its resolver takes them; GraphQLError for wrong ones."""
    given = get_argument_values(found, node, values)
    scalars = api.schema_converter.scalar_registry
    return convert_arguments(given, definition.arguments, scalars, api.config)


def mentioned(*nodes: Node) -> tuple[str, ...]:
    """The variables in the arguments of these fields or directives."""
    found: dict[str, None] = {}

    class Variables(Visitor):
        def enter_variable(self, node: VariableNode, *_: Any) -> None:
            found[node.name.value] = None

    for node in nodes:
        for argument in getattr(node, "arguments", None) or ():
            visit(argument, Variables())
    return tuple(found)
