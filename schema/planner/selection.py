"""A selection becomes columns to select and an expression that writes them down.

It stands on a row of a statement (`Row`), whose fields are columns, joins and what
`schema.graphql.resolvers` declares, or on a Python object, whose fields are attributes and pure
resolvers.
"""

from __future__ import annotations

import re
from collections import namedtuple
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    OperationDefinitionNode,
    get_named_type,
    is_leaf_type,
    is_list_type,
)
from graphql.execution.collect_fields import (
    FieldDetailsList,
    FragmentDetails,
    GroupedFieldSet,
    collect_subfields,
)
from graphql.execution.values import VariableValues
from sqlalchemy.orm import InstrumentedAttribute, aliased
from strawberry import Schema
from strawberry.types.field import StrawberryField

from core.kernel.codes import Permission
from schema.graphql.documents.arguments import converted, mentioned
from schema.graphql.guards import Guard
from schema.graphql.ids import global_id, id_of
from schema.graphql.loaders import Rows
from schema.graphql.resolvers import Column, Reads
from schema.planner.code import Code, Memory
from schema.planner.reasons import Reason, Unplanned
from schema.planner.source import Row, Source, Waiter

STRAWBERRY = "strawberry-definition"
MENTIONS_REQUEST = re.compile(r"\bq\b")
GIVEN = "(given)"
"""Where the value stands in an expression that writes it."""


@dataclass(slots=True)
class Selector:
    """Compiles the selections of one operation; notes the permissions that they need."""

    api: Schema
    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDetails]
    conditions: VariableValues
    code: Code
    permissions: set[Permission] = field(default_factory=set)
    _waited: dict[Rows, Source] = field(default_factory=dict)

    @property
    def waited(self) -> tuple[Source, ...]:
        """What is read after the root field's own statement, or together with it."""
        return tuple(self._waited.values())

    def subfields(self, kind: GraphQLObjectType, details: FieldDetailsList) -> GroupedFieldSet:
        """The fields selected under a field, by their names in the answer."""
        return collect_subfields(
            self.api._schema, self.fragments, self.conditions, self.operation, kind, details
        ).grouped_field_set

    def definition(
        self, kind: GraphQLObjectType, node: FieldNode
    ) -> tuple[GraphQLField, StrawberryField]:
        """A field's definitions; its guards are noted."""
        found = kind.fields.get(node.name.value)
        definition = found.extensions.get(STRAWBERRY) if found else None
        at = f"{kind.name}.{node.name.value}"
        if found is None or definition is None:
            raise Unplanned(Reason.INTROSPECTION, at)
        for extension in definition.extensions:
            if not isinstance(extension, Guard):
                raise Unplanned(Reason.EXTENSION, at)
            if extension.permission is not None:
                self.permissions.add(extension.permission)
        return found, definition

    def object(self, kind: Any, details: FieldDetailsList, on: Row | str) -> str:
        """The expression that writes an object."""
        if not isinstance(kind, GraphQLObjectType):
            raise Unplanned(Reason.ABSTRACT, kind.name)
        parts = (
            f"{name!r}: {self._field(kind, found, on)}"
            for name, found in self.subfields(kind, details).items()
        )
        return f"{{{', '.join(parts)}}}"

    def complete(self, kind: GraphQLOutputType, value: str, details: FieldDetailsList) -> str:
        """The expression that writes a Python value of a type."""
        inner: Any = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
        if is_leaf_type(inner):
            return self.code.leaf(inner, value, promised=inner is not kind)
        name, given = self.code.named(value)
        if is_list_type(inner):
            one = next(self.code.variables)
            text = f"[{self.complete(inner.of_type, one, details)} for {one} in {name}]"
        else:
            text = self.object(inner, details, name)
            if inner.is_type_of is not None:
                check, other = self.code.bind(inner.is_type_of, "is_type"), "required(None)"
                text = f"{text} if {check}({name}, None) else {other}"
        return f"({self._required(kind, 'None')} if {given} is None else {text})"

    def page(self, kind: Any, details: FieldDetailsList, row: Row) -> tuple[str, bool, bool]:
        """The expression that writes a page; whether its rows are read, and whether counted."""
        parts, read, counted = [], False, False
        for name, found in self.subfields(kind, details).items():
            field, text = kind.fields.get(found[0].node.name.value), repr(kind.name)
            inner = get_named_type(field.type) if field else None
            asked = field and field.extensions[STRAWBERRY].python_name
            read = read or asked in ("nodes", "edges", "page_info")
            match asked:
                case "nodes":
                    text = f"[{self.object(inner, found, row)} for r in page.rows]"
                case "edges":
                    text = f"[{self._edge(inner, found, row)} for r in page.rows]"
                case "page_info":
                    text = self.complete(field.type, "page.marks", found)
                case "total_count":
                    text, counted = "page.total", True
            parts.append(f"{name!r}: {text}")
        return f"{{{', '.join(parts)}}}", read, counted

    def _edge(self, kind: Any, details: FieldDetailsList, row: Row) -> str:
        node, parts = get_named_type(kind.fields["node"].type), []
        for name, found in self.subfields(kind, details).items():
            asked, text = found[0].node.name.value, "page.cursor(r)"
            if asked != "cursor":
                text = self.object(node, found, row) if asked == "node" else repr(kind.name)
            parts.append(f"{name!r}: {text}")
        return f"{{{', '.join(parts)}}}"

    def call(
        self, at: str, definition: StrawberryField, given: str, root: str | None = None
    ) -> str:
        """The call of a pure resolver, of the field that is called so."""
        resolver = definition.base_resolver
        if resolver is None or resolver.is_async or resolver.self_parameter is not None:
            raise Unplanned(Reason.RESOLVER, at)
        parent = resolver.root_parameter or resolver.parent_parameter
        parts = [f"{parent.name}={root}"] if parent else []
        parts += [f"{resolver.info_parameter.name}=q"] if resolver.info_parameter else []
        return f"{self.code.bind(resolver.wrapped_func, 'f')}({', '.join([*parts, given])})"

    def _field(self, kind: GraphQLObjectType, details: FieldDetailsList, on: Row | str) -> str:
        node = details[0].node
        if node.name.value == "__typename":
            return repr(kind.name)
        (found, definition), at = self.definition(kind, node), f"{kind.name}.{node.name.value}"
        function: Any = definition.base_resolver and definition.base_resolver.wrapped_func
        reads: Reads | None = getattr(function, "reads", None)
        if reads is not None:
            return self._read(found.type, reads, details, on)
        if isinstance(on, str):
            if function is None:
                return self.complete(found.type, f"{on}.{definition.python_name}", details)
            if mentioned(node):
                raise Unplanned(Reason.VARIABLE, at)
            given = converted(self.api, found, definition, node, VariableValues({}, {}))
            names = (f"{name}={self.code.bind(value, 'given')}" for name, value in given.items())
            call = self.call(at, definition, ", ".join(names), on)
            return self.complete(found.type, call, details)
        if function is id_of:
            key = on[on.source.model.id.key]
            return f"{self.code.bind(global_id, 'id')}({_model(on.entity).__name__!r}, {key})"
        if function is not None:
            raise Unplanned(Reason.RESOLVER, at)
        return self._column(found.type, definition.python_name, details, on)

    def _column(
        self, kind: GraphQLOutputType, name: str, details: FieldDetailsList, on: Row
    ) -> str:
        column = getattr(_model(on.entity), name, None)
        if not isinstance(column, InstrumentedAttribute):
            raise Unplanned(Reason.COLUMN, f"{_model(on.entity).__name__}.{name}")
        inner: Any = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
        if not is_leaf_type(inner):
            return self.complete(kind, self.code.python(column.type, on[name]), details)
        text = self.code.written(inner, column.type, on[name])
        return self._required(kind, text) if column.property.columns[0].nullable else text

    def _read(
        self, kind: GraphQLOutputType, reads: Reads, details: FieldDetailsList, on: Row | str
    ) -> str:
        rows, give, by = reads.rows, self.code.bind(reads.give, "give"), reads.by
        if rows is None:
            given = f"{give}({self._view(reads.columns, on)}, q)"
            return self._remembered(reads, self.complete(kind, GIVEN, details), given, on)
        own = tuple(c for c in reads.columns if not _stands_on(c, rows))
        if isinstance(on, Row) and isinstance(by, InstrumentedAttribute):
            plain = rows.order is None and rows.alone
            if reads.give is None and plain:
                return self._required(kind, self._joined(kind, rows, by, details, on))
            key = on[by.key]
        else:
            key = f"{self.code.bind(by, 'by')}({on})"
        waiting = self._waiter(kind, reads, rows, details)
        if waiting.many and isinstance(on, Row) and on.entity is on.source.model:
            on.source.hang(waiting.source, reads.column)
        waiter = self.code.bind(waiting, "waiter")
        root = "None" if reads.give is None else self._view(own, on)
        waits = f"q.wait({waiter}, {key}, {root})"
        if reads.lasting is None or MENTIONS_REQUEST.search(self.complete(kind, GIVEN, details)):
            return waits
        return self._remembered(reads, GIVEN, waits, on)

    def _remembered(self, reads: Reads, text: str, given: str, on: Row | str) -> str:
        """What lasts is written once, where how it is written does not depend on the request."""
        whole = text.replace(GIVEN, given)
        if reads.lasting is None or MENTIONS_REQUEST.search(text):
            return whole
        column, memory = reads.columns[0].key, Memory(reads.lasting)
        name, key = self.code.named(on[column] if isinstance(on, Row) else f"{on}.{column}")
        known, remember = (self.code.bind(f, "known") for f in (memory.known.get, memory.remember))
        return f"({known}({key}) or {remember}(q, {name}, {whole}))"

    def _joined(self, kind: Any, rows: Rows, by: Column, details: FieldDetailsList, on: Row) -> str:
        joined = Row(on.source, aliased(rows.model), on.name)
        on.source.join(joined.entity, rows.key.key, getattr(on.entity, by.key))
        mark = joined[rows.key.key]
        return f"(None if {mark} is None else {self.object(get_named_type(kind), details, joined)})"

    def _waiter(
        self, kind: GraphQLOutputType, reads: Reads, rows: Rows, details: FieldDetailsList
    ) -> Waiter:
        source = self._waited.setdefault(rows, Source(rows.model, rows))
        row, give = Row(source, rows.model), self.code.bind(reads.give, "give")
        if reads.give is None:
            text = self.object(get_named_type(kind), details, row)
        else:
            text = self._view(tuple(c for c in reads.columns if _stands_on(c, rows)), row)
        many = rows.order is not None
        text = (
            f"[{text} for r in rs]" if many else f"[None if r is None else {text} for r in rs][0]"
        )
        if reads.give is not None:
            text = self.complete(kind, f"{give}(o, q, {text})", details)
        return Waiter(source, many, self.code.function("q, o, rs", self._required(kind, text)))

    def _view(self, columns: tuple[Column, ...], on: Row | str) -> str:
        """A row as pure functions take it: an object with these columns."""
        if isinstance(on, str):
            return on
        values = (self.code.python(column.type, on[column.key]) for column in columns)
        kind = namedtuple("View", [column.key for column in columns])  # type: ignore[misc]
        return f"{self.code.bind(kind, 'View')}({', '.join(values)})"

    def _required(self, kind: Any, text: str) -> str:
        return f"required({text})" if isinstance(kind, GraphQLNonNull) else text


def _stands_on(column: Column, rows: Rows) -> bool:
    """Whether it is a column of the rows that belong to a value, not of the row they belong to."""
    return isinstance(column, InstrumentedAttribute) and column.class_ is rows.model


def _model(entity: Any) -> Any:
    """The class behind a table or one joined to it."""
    return entity if isinstance(entity, type) else entity._aliased_insp.mapper.class_
