"""A plan of one operation: for each root field a statement and a builder, made once."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import Any

import orjson
from graphql import (
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLNonNull,
    GraphQLObjectType,
    OperationType,
    get_named_type,
)
from graphql.execution.collect_fields import FieldDetailsList, FragmentDetails, collect_fields
from graphql.execution.values import VariableValues
from sqlalchemy import Dialect
from strawberry import Schema

from core.db.statements import by_shape
from schema.graphql.context import Context
from schema.graphql.documents.arguments import Arguments, Coerced, Variables, conditions, together
from schema.graphql.documents.reading import Document
from schema.graphql.paging import Connection
from schema.graphql.seeking import Seeks
from schema.planner.asking import Asking
from schema.planner.code import Code, Unplanned
from schema.planner.roots import Given, Listed, Single
from schema.planner.selection import STRAWBERRY, Selector
from schema.planner.source import Row, Source

WRITTEN = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS


class Plans:
    """The plans of one operation: one for each outcome of its @skip and @include."""

    def __init__(self, api: Schema, document: Document, name: str | None, dialect: Dialect) -> None:
        operation = document.operation(name)
        if operation is None or operation.operation is not OperationType.QUERY:
            raise Unplanned
        self.api, self.operation, self.dialect = api, operation, dialect
        nodes = (n for n in document.ast.definitions if isinstance(n, FragmentDefinitionNode))
        self.fragments = {node.name.value: FragmentDetails(node) for node in nodes}
        self._variables = Variables(api._schema, tuple(operation.variable_definitions or ()))
        self._conditions = conditions(document.ast)
        self._plans = by_shape()

    async def answer(self, given: Mapping[str, Any], context: Context) -> bytes:
        """The bytes of the answer; Unplanned or a refusal where there would be errors in it."""
        coerced = self._variables.coerce(given)
        outcome = tuple([coerced[name][0] for name in self._conditions])
        plan: Plan | None = self._plans.recall(outcome, lambda: self._plan(coerced))
        if plan is None:
            raise Unplanned
        return await plan.answer(coerced, context)

    def _plan(self, coerced: Coerced) -> Plan | None:
        try:
            return Plan(self, together(coerced, self._conditions))
        except (Unplanned, GraphQLError):
            return None


class Plan:
    """Answers one operation, whoever asks and whatever the other variables."""

    def __init__(self, of: Plans, values: VariableValues) -> None:
        self._dialect = of.dialect
        self._selector = Selector(of.api, of.operation, of.fragments, values, Code(of.dialect))
        schema, query = of.api._schema, of.api._schema.query_type
        assert query is not None
        fields = collect_fields(schema, of.fragments, values, query, of.operation)
        roots = fields.grouped_field_set.items()
        self._roots = {name: self._root(query, details) for name, details in roots}
        self._permissions = tuple(self._selector.permissions)

    async def answer(self, coerced: Coerced, context: Context) -> bytes:
        """See Plans."""
        for needed in self._permissions:
            if not context.actor.may(needed):
                raise Unplanned
        asking = Asking(context, self._dialect)
        data = {name: await root.answer(asking, coerced) for name, root in self._roots.items()}
        await asking.settle()
        return orjson.dumps({"data": data}, default=attrgetter("value"), option=WRITTEN)

    def _root(self, query: GraphQLObjectType, details: FieldDetailsList) -> Given | Single:
        node, selector = details[0].node, self._selector
        if node.name.value == "__typename":
            raise Unplanned
        found, definition = selector.definition(query, node)
        arguments = Arguments(selector.api, found, definition, node)
        resolver = definition.base_resolver
        seeks: Seeks | None = getattr(resolver and resolver.wrapped_func, "seeks", None)
        if seeks is None:
            text = selector.complete(found.type, selector.call(definition, "**given"), details)
            return Given(arguments, selector.code.function("q, given", text))
        kind: Any = get_named_type(found.type)
        if seeks.model is None:
            text = selector.complete(found.type, "made", details)
            build = selector.code.function("q, made", text)
            fields = selector.subfields(kind, details).values()
            asked = seeks.asked(field[0].node.name.value for field in fields)
            return Single(arguments, seeks, Source(None), build, asked)
        row = Row(Source(seeks.model), seeks.model)
        generic = kind.extensions[STRAWBERRY].concrete_of if STRAWBERRY in kind.extensions else None
        if generic is not None and generic.origin is Connection:
            text, counted = selector.page(kind, details, row)
            build = selector.code.function("q, page", text)
            return Listed(arguments, seeks, row.source, build, counted=counted)
        if isinstance(found.type, GraphQLNonNull):
            raise Unplanned
        build = selector.code.function("q, r", selector.object(kind, details, row))
        return Single(arguments, seeks, row.source, build)
