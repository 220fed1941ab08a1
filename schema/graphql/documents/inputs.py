"""What a document lets in, literally or by its variables, held against the bounds of inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    ListValueNode,
    Node,
    ObjectValueNode,
    OperationDefinitionNode,
    StringValueNode,
    TypeInfo,
    TypeInfoVisitor,
    ValueNode,
    VariableNode,
    Visitor,
    get_named_type,
    visit,
)

from schema.graphql.documents.bounds import BY_FORMS, bound_of, refusal_of


@dataclass(frozen=True, slots=True)
class Use:
    """A variable where a value of this type is let in.

    `short` is how long a text may be that needs no other look, -1 where each is looked at; `few`
    how many of them in a list, where one is wanted.
    """

    variable: str
    coordinate: str
    kind: GraphQLInputType
    short: int
    few: int

    def is_plain(self, value: object) -> bool:
        """Whether it is seen at once that the value is within its bound and not looked for."""
        if type(value) is str:
            return len(value) <= self.short
        if type(value) is not list:
            return value is None
        short = self.short
        return len(value) <= self.few and all(type(v) is str and len(v) <= short for v in value)


class Text(NamedTuple):
    """A text let in at a coordinate, as a value of the kind named."""

    coordinate: str
    kind: str
    said: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """The uses of a document's variables, and the texts in it that are looked for by forms."""

    uses: tuple[Use, ...]
    texts: tuple[str, ...]

    def are_plain(self, given: Mapping[str, Any]) -> bool:
        """Whether nothing in a document with these variables has to be looked at further."""
        plain = not self.texts
        for use in self.uses:
            plain = plain and use.is_plain(given.get(use.variable))
        return plain

    def searched(self, given: Mapping[str, Any]) -> list[str]:
        """The texts that are looked for by forms; GraphQLError for a value beyond its bound.

        Values of another type than the schema's are passed over: the executor refuses them.
        """
        texts = [*self.texts]
        for use in self.uses:
            for text in _given(given.get(use.variable), use.kind, use.coordinate):
                _require_short(text)
                if text.coordinate == BY_FORMS:
                    texts.append(text.said)
        return texts


def inputs_of(schema: GraphQLSchema, document: DocumentNode) -> Inputs:
    """What a valid document lets in; GraphQLError for a value beyond its bound."""
    info = TypeInfo(schema)
    found = _Values(info)
    visit(document, TypeInfoVisitor(info, found))
    for operation in document.definitions:
        if isinstance(operation, OperationDefinitionNode):
            found.defaults(operation)
    return Inputs(tuple(found.uses), tuple(found.texts))


class _Values(Visitor):
    """Looks through the arguments of fields; those of directives are no inputs."""

    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self._info = info
        self.uses: list[Use] = []
        self.texts: list[str] = []

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        parent, field = self._info.get_parent_type(), self._info.get_field_def()
        if node.arguments and parent is not None and field is not None:
            for given in node.arguments:
                name = given.name.value
                coordinate = f"{parent.name}.{node.name.value}.{name}"
                self._literal(given.value, field.args[name].type, coordinate)

    def defaults(self, operation: OperationDefinitionNode) -> None:
        """What variables are where nothing is given, held against every use of theirs."""
        for definition in operation.variable_definitions or ():
            if definition.default_value is not None:
                for use in [u for u in self.uses if u.variable == definition.variable.name.value]:
                    self._literal(definition.default_value, use.kind, use.coordinate)

    def _literal(self, node: ValueNode, kind: GraphQLInputType, coordinate: str) -> None:
        kind = _bare(kind)
        match node:
            case VariableNode():
                self.uses.append(_use(node.name.value, coordinate, kind))
            case StringValueNode():
                _require_short(Text(coordinate, get_named_type(kind).name, node.value), node)
                if coordinate == BY_FORMS:
                    self.texts.append(node.value)
            case ListValueNode() if isinstance(kind, GraphQLList):
                _require_few(coordinate, len(node.values), node)
                for value in node.values:
                    self._literal(value, kind.of_type, coordinate)
            case ObjectValueNode():
                self._object(node, _item(kind))

    def _object(self, node: ObjectValueNode, kind: GraphQLInputType) -> None:
        if isinstance(kind, GraphQLInputObjectType):
            for field in node.fields:
                found = kind.fields[field.name.value]
                self._literal(field.value, found.type, f"{kind.name}.{field.name.value}")


def _use(variable: str, coordinate: str, kind: GraphQLInputType) -> Use:
    characters = bound_of(coordinate, get_named_type(kind).name).characters
    short = -1 if coordinate == BY_FORMS else characters
    few = bound_of(coordinate, "").items if isinstance(kind, GraphQLList) else -1
    return Use(variable, coordinate, kind, short, few)


def _given(value: Any, kind: GraphQLInputType, coordinate: str) -> Iterator[Text]:
    """The texts in a variable's value, no deeper than its type goes."""
    kind = _bare(kind)
    if isinstance(value, list):
        if isinstance(kind, GraphQLList):
            _require_few(coordinate, len(value))
            for one in value:
                yield from _given(one, kind.of_type, coordinate)
        return
    kind = _item(kind)
    if isinstance(value, str):
        yield Text(coordinate, get_named_type(kind).name, value)
    elif isinstance(value, dict) and isinstance(kind, GraphQLInputObjectType):
        for name, one in value.items():
            if name in kind.fields:
                yield from _given(one, kind.fields[name].type, f"{kind.name}.{name}")


def _require_short(text: Text, node: Node | None = None) -> None:
    bound = bound_of(text.coordinate, text.kind)
    if len(text.said) > bound.characters:
        said, extensions = refusal_of(text.coordinate, bound, listed=False)
        raise GraphQLError(said, node, extensions=dict(extensions))


def _require_few(coordinate: str, items: int, node: Node | None = None) -> None:
    bound = bound_of(coordinate, "")
    if items > bound.items:
        said, extensions = refusal_of(coordinate, bound, listed=True)
        raise GraphQLError(said, node, extensions=dict(extensions))


def _bare(kind: Any) -> Any:
    return kind.of_type if isinstance(kind, GraphQLNonNull) else kind


def _item(kind: Any) -> Any:
    """What one value alone stands for where a list is wanted."""
    while isinstance(kind, GraphQLList | GraphQLNonNull):
        kind = kind.of_type
    return kind
