"""Documents read once: parsed, limited, validated, and kept by their text while valid."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

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

    `plans` are its compiled operations, kept as long as the document is.
    """

    ast: DocumentNode
    operations: Mapping[str, OperationDefinitionNode]
    weight: int
    varies: bool
    plans: Memo[Any] = field(default_factory=by_shape, compare=False)

    def operation(self, name: str | None) -> OperationDefinitionNode | None:
        """The operation of this name, or the only one; None where that names none."""
        if name is not None:
            return self.operations.get(name)
        return next(iter(self.operations.values())) if len(self.operations) == 1 else None


@dataclass(slots=True)
class Documents:
    """The documents of one schema; those used longest ago are forgotten first."""

    schema: GraphQLSchema
    settings: Settings
    _kept: OrderedDict[str, Document] = field(default_factory=OrderedDict)
    _weight: int = 0

    def read(self, source: str, variables: Mapping[str, Any], name: str | None) -> Document:
        """The document, run through every check; InvalidDocument when it fails one."""
        document = self._kept.get(source)
        try:
            if document is None:
                document = self._prepared(source)
                self._keep(source, document)
            else:
                self._kept.move_to_end(source)
            if document.varies and (operation := document.operation(name)) is not None:
                measure = Measure(self.schema, document.ast, variables)
                check_size(measure.of(operation), self.settings)
        except GraphQLError as error:
            raise InvalidDocument([error]) from error
        return document

    def _prepared(self, source: str) -> Document:
        tokens = count_tokens(source, self.settings.max_tokens)
        ast = parse(source)
        operations = [d for d in ast.definitions if isinstance(d, OperationDefinitionNode)]
        measure = Measure(self.schema, ast, {})
        for operation in operations:
            check_size(measure.of(operation), self.settings)
        errors = validate(self.schema, ast, self._rules, MAX_ERRORS, hide_suggestions=True)
        if errors:
            raise InvalidDocument(errors)
        named = {o.name.value if o.name else "": o for o in operations}
        weight = max(tokens, len(source) // CHARACTERS_A_TOKEN)
        return Document(ast, named, weight, measure.varies)

    @property
    def _rules(self) -> list[Any]:
        if self.settings.shows(self.settings.introspection):
            return list(specified_rules)
        return [*specified_rules, NoSchemaIntrospectionCustomRule]

    def _keep(self, source: str, document: Document) -> None:
        if document.weight > LARGEST_KEPT:
            return
        self._kept[source] = document
        self._weight += document.weight
        while self._weight > KEPT_TOKENS:
            _, forgotten = self._kept.popitem(last=False)
            self._weight -= forgotten.weight
