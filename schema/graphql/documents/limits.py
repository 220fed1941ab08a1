"""How much one operation may ask for, counted in one pass before it is validated.

Every fragment is measured once and remembered, so that fragments which spread each other
twice over cost no more than their text. Fields that begin with `__` count like any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    Lexer,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    Source,
    TokenKind,
    ValueNode,
    VariableNode,
    get_named_type,
    is_composite_type,
)

from core.kernel.codes import RefusalCode
from core.kernel.settings import Settings

DEEPEST_NESTING = 100
"""Selection sets and fragments inside each other: beyond it nothing is measured any more."""

USUAL_PAGE = 20
"""How many rows a page has when the client does not say."""

USUAL_LIST = 10
"""What a list without a page size is taken to hold."""

PAGE_ARGUMENTS = ("first", "last")
LONGEST_NUMBER = 9
STRINGS = (TokenKind.STRING, TokenKind.BLOCK_STRING)


@dataclass(frozen=True, slots=True)
class Size:
    """What a selection asks for; `cost` is the number of values if every list is full."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    cost: int = 0

    def beside(self, other: Size) -> Size:
        """Both selections together."""
        return Size(
            max(self.depth, other.depth),
            self.fields + other.fields,
            self.aliases + other.aliases,
            self.directives + other.directives,
            self.cost + other.cost,
        )


def count_tokens(source: str, limit: int) -> int:
    """The number of tokens; GraphQLError when there are too many or a string holds NUL."""
    lexer = Lexer(Source(source))
    count = 0
    while (token := lexer.advance()).kind is not TokenKind.EOF:
        count += 1
        if count > limit:
            raise too_much(f"В документе больше {limit} лексем")
        if token.kind in STRINGS and "\0" in (token.value or ""):
            text = "В тексте есть нулевой символ, его нельзя сохранить"
            raise GraphQLError(text, extensions={"code": RefusalCode.TEXT_UNREADABLE})
    return count


def check_size(size: Size, settings: Settings) -> None:
    """Refuse an operation beyond the settings' limits: GraphQLError with the code TOO_MUCH."""
    for name, asked, limit in (
        ("глубина", size.depth, settings.max_depth),
        ("число полей", size.fields, settings.max_fields),
        ("число псевдонимов", size.aliases, settings.max_aliases),
        ("число директив", size.directives, settings.max_directives),
        ("число значений при полных списках", size.cost, settings.max_cost),
    ):
        if asked > limit:
            raise too_much(f"Операция слишком велика: {name} больше {limit}")


def too_much(text: str) -> GraphQLError:
    """The one refusal of what goes beyond a limit."""
    return GraphQLError(text, extensions={"code": RefusalCode.TOO_MUCH})


@dataclass(slots=True)
class Measure:
    """Measures the operations of one document for one set of variables.

    `varies` tells afterwards whether a page size was a variable: then other variables, other size.
    """

    schema: GraphQLSchema
    document: DocumentNode
    variables: Mapping[str, Any]
    varies: bool = False
    _fragments: dict[str, FragmentDefinitionNode] = field(init=False)
    _known: dict[tuple[str, bool], Size] = field(init=False, default_factory=dict)
    _entered: set[tuple[str, bool]] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self._fragments = {
            node.name.value: node
            for node in self.document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }

    def of(self, operation: OperationDefinitionNode) -> Size:
        """The size of an operation."""
        root = self.schema.get_root_type(operation.operation)
        own = Size(directives=len(operation.directives or ()))
        return own.beside(self._selections(operation.selection_set, root, False, 1))

    def _selections(
        self,
        selections: SelectionSetNode,
        parent: GraphQLNamedType | None,
        paged: bool,
        level: int,
    ) -> Size:
        if level > DEEPEST_NESTING:
            raise too_much(f"Вложенность документа больше {DEEPEST_NESTING}")
        total = Size()
        for selection in selections.selections:
            total = total.beside(self._selection(selection, parent, paged, level))
        return total

    def _selection(
        self, node: SelectionNode, parent: GraphQLNamedType | None, paged: bool, level: int
    ) -> Size:
        own = Size(directives=len(node.directives or ()))
        match node:
            case FieldNode():
                return own.beside(self._field(node, parent, paged, level))
            case InlineFragmentNode():
                condition = node.type_condition
                named = self.schema.get_type(condition.name.value) if condition else parent
                return own.beside(self._selections(node.selection_set, named, paged, level + 1))
            case FragmentSpreadNode():
                return own.beside(self._fragment(node.name.value, paged, level))
        raise TypeError(f"unknown selection {node.kind}")

    def _fragment(self, name: str, paged: bool, level: int) -> Size:
        """A fragment's size, measured once; one inside itself adds nothing (validation says so)."""
        key = (name, paged)
        fragment = self._fragments.get(name)
        if key in self._known:
            return self._known[key]
        if fragment is None or key in self._entered:
            return Size()
        self._entered.add(key)
        named = self.schema.get_type(fragment.type_condition.name.value)
        size = self._selections(fragment.selection_set, named, paged, level + 1)
        self._known[key] = size.beside(Size(directives=len(fragment.directives or ())))
        return self._known[key]

    def _field(
        self, node: FieldNode, parent: GraphQLNamedType | None, paged: bool, level: int
    ) -> Size:
        found = _definition(self.schema, parent, node.name.value)
        page = self._page_size(node, found)
        alias = int(node.alias is not None)
        if node.selection_set is None:
            return Size(1, 1, alias, 0, 1)
        named = get_named_type(found.type) if found else None
        inner = self._selections(node.selection_set, named, page is not None, level + 1)
        repeats = page or (USUAL_LIST if found and not paged and _is_list(found) else 1)
        return Size(
            inner.depth + 1,
            inner.fields + 1,
            inner.aliases + alias,
            inner.directives,
            inner.cost * repeats + 1,
        )

    def _page_size(self, node: FieldNode, found: GraphQLField | None) -> int | None:
        """How many items a page of this field holds; None for what has no pages."""
        if found is None or not set(PAGE_ARGUMENTS) <= found.args.keys():
            return None
        given = [a.value for a in node.arguments or () if a.name.value in PAGE_ARGUMENTS]
        sizes = [size for size in map(self._number, given) if size is not None]
        return max(sizes, default=USUAL_PAGE)

    def _number(self, value: ValueNode) -> int | None:
        if isinstance(value, VariableNode):
            self.varies = True
            given = self.variables.get(value.name.value, USUAL_PAGE)
            return max(given, 1) if isinstance(given, int) else None
        if isinstance(value, IntValueNode):
            return max(int(value.value[:LONGEST_NUMBER]), 1)
        return None


def _definition(
    schema: GraphQLSchema, parent: GraphQLNamedType | None, name: str
) -> GraphQLField | None:
    return schema.get_field(parent, name) if is_composite_type(parent) else None


def _is_list(found: GraphQLField) -> bool:
    kind = found.type.of_type if isinstance(found.type, GraphQLNonNull) else found.type
    return isinstance(kind, GraphQLList)
