"""Documents read once: parsed, limited, validated, and kept by their text while valid."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
)

from core.db.cache import Memo
from core.db.statements import by_shape
from core.kernel.settings import Settings
from schema.graphql.documents.inputs import Inputs, inputs_of
from schema.graphql.documents.limits import Measure, check_size, count_tokens

MAX_ERRORS = 20
KEPT_TOKENS = 100_000
"""How many tokens all kept documents have together: about a kilobyte of memory each."""

LARGEST_KEPT = 10_000
CHARACTERS_A_TOKEN = 8


class InvalidDocument(Exception):
    """A document that cannot be run; the client is told every error."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        self.errors = errors
        super().__init__(f"{len(errors)} errors")

    @property
    def result(self) -> ExecutionResult:
        """The answer: nothing was executed."""
        return ExecutionResult(None, self.errors)


@dataclass(frozen=True, slots=True)
class Document:
    """A valid document. `varies` when the size of its pages comes in variables.

    `inputs` are what it lets in, `costs` those of its operations by their names, `usual` what
    a request makes of it whose variables need no look, by the name of the operation.
    `plans` are its compiled operations, kept as long as the document is.
    """

    ast: DocumentNode
    operations: Mapping[str, OperationDefinitionNode]
    weight: int
    varies: bool
    inputs: Inputs
    costs: Mapping[str, int]
    plans: Memo[Any] = field(default_factory=by_shape, compare=False)
    usual: dict[str | None, Sized] = field(default_factory=dict, compare=False)

    def operation(self, name: str | None) -> OperationDefinitionNode | None:
        """The operation of this name, or the only one; None where that names none."""
        if name is not None:
            return self.operations.get(name)
        return next(iter(self.operations.values())) if len(self.operations) == 1 else None


class Sized(NamedTuple):
    """A document with what one request makes of it: its cost, the texts looked for by forms."""

    document: Document
    cost: int
    texts: list[str]


@dataclass(slots=True)
class Documents:
    """The documents of one schema; those used longest ago are forgotten first."""

    schema: GraphQLSchema
    settings: Settings
    _kept: OrderedDict[str, Document] = field(default_factory=OrderedDict)
    _weight: int = 0

    def read(self, source: str, variables: Mapping[str, Any], name: str | None) -> Document:
        """The document, run through every check; InvalidDocument when it fails one."""
        return self.sized(source, variables, name).document

    def sized(self, source: str, variables: Mapping[str, Any], name: str | None) -> Sized:
        """The same, with what the operation costs and what is looked for by forms."""
        document = self._kept.get(source)
        if document is None:
            document = self.prepared(source)
            self.keep(source, document)
        else:
            self._kept.move_to_end(source)
        plain = document.inputs.are_plain(variables)
        if plain and (usual := document.usual.get(name)) is not None:
            return usual
        try:
            cost = self._cost(document, variables, name)
            sized = Sized(document, cost, document.inputs.searched(variables))
        except GraphQLError as error:
            raise InvalidDocument([error]) from error
        if plain and not document.varies and document.operation(name) is not None:
            document.usual[name] = sized
        return sized

    def knows(self, source: str) -> bool:
        """Whether the document is kept."""
        return source in self._kept

    def prepared(self, source: str) -> Document:
        """The document run through the checks that need no variables; nothing here is changed."""
        try:
            return self._prepared(source)
        except GraphQLError as error:
            raise InvalidDocument([error]) from error

    def keep(self, source: str, document: Document) -> None:
        """Remember a document by its text, unless it is too large for that."""
        if document.weight > LARGEST_KEPT or source in self._kept:
            return
        self._kept[source] = document
        self._weight += document.weight
        while self._weight > KEPT_TOKENS:
            _, forgotten = self._kept.popitem(last=False)
            self._weight -= forgotten.weight

    def _cost(self, document: Document, variables: Mapping[str, Any], name: str | None) -> int:
        operation = document.operation(name)
        if operation is None:
            return 0
        if not document.varies:
            return document.costs[operation.name.value if operation.name else ""]
        size = Measure(self.schema, document.ast, variables).of(operation)
        check_size(size, self.settings)
        return size.cost

    def _prepared(self, source: str) -> Document:
        tokens = count_tokens(source, self.settings.max_tokens)
        ast = parse(source)
        operations = [d for d in ast.definitions if isinstance(d, OperationDefinitionNode)]
        named = {o.name.value if o.name else "": o for o in operations}
        measure = Measure(self.schema, ast, {})
        sizes = [measure.of(operation) for operation in operations]
        for size in sizes:
            check_size(size, self.settings)
        errors = validate(self.schema, ast, self._rules, MAX_ERRORS, hide_suggestions=True)
        if errors:
            raise InvalidDocument(errors)
        weight = max(tokens, len(source) // CHARACTERS_A_TOKEN)
        costs = dict(zip(named, (size.cost for size in sizes), strict=True))
        inputs = inputs_of(self.schema, ast)
        return Document(ast, named, weight, measure.varies, inputs, costs)

    @property
    def _rules(self) -> list[Any]:
        if self.settings.shows(self.settings.introspection):
            return list(specified_rules)
        return [*specified_rules, NoSchemaIntrospectionCustomRule]
