"""A plan of one operation: for each root field a statement and a builder, made once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from operator import attrgetter
from typing import Any, NamedTuple

import orjson
from graphql import (
    DocumentNode,
    ExecutionResult,
    FragmentDefinitionNode,
    GraphQLError,
    OperationType,
)
from graphql.execution.collect_fields import FieldDetailsList, FragmentDetails, collect_fields
from graphql.execution.values import VariableValues
from sqlalchemy import Dialect
from strawberry import Schema

from core.db.statements import by_shape
from core.kernel.codes import Permission
from schema.graphql.context import Context
from schema.graphql.documents.arguments import Coerced, Variables, conditions, together
from schema.graphql.documents.parser import Document
from schema.planner import rest
from schema.planner.code import Code
from schema.planner.execution import Execution
from schema.planner.factory import Root, root_of
from schema.planner.reasons import Reason, Unplanned
from schema.planner.roots import Given
from schema.planner.selection import Selector

WRITTEN = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS
VALUE = attrgetter("value")
"""How a code is written."""

Fields = Mapping[str, FieldDetailsList]
Execute = Callable[[DocumentNode], Awaitable[ExecutionResult]]
"""Runs a document by the ordinary executor, with the variables and for whom the request is."""


class Answer(NamedTuple):
    """The bytes of an answer without errors; `why` the ordinary executor had a part in it."""

    body: bytes
    why: Reason | None = None


class Plans:
    """The plans of one operation: one for each outcome of its @skip and @include."""

    def __init__(self, api: Schema, document: Document, name: str | None, dialect: Dialect) -> None:
        operation = document.operation(name)
        if operation is None:
            raise Unplanned(Reason.OPERATION)
        if operation.operation is not OperationType.QUERY:
            raise Unplanned(Reason.MUTATION)
        self.api, self.operation, self.dialect = api, operation, dialect
        self.document = document.ast
        nodes = (n for n in document.ast.definitions if isinstance(n, FragmentDefinitionNode))
        self.fragments = {node.name.value: FragmentDetails(node) for node in nodes}
        self._variables = Variables(api._schema, tuple(operation.variable_definitions or ()))
        self._conditions = conditions(document.ast)
        self._plans = by_shape()

    def answer(
        self, given: Mapping[str, Any], context: Context, execute: Execute
    ) -> Awaitable[Answer]:
        """The answer; Unplanned or a refusal where there would be errors in it."""
        plan, coerced = self.plan(given)
        return plan.answer(coerced, context, execute)

    def plan(self, given: Mapping[str, Any]) -> tuple[Plan, Coerced]:
        """The plan for these variables and their values; GraphQLError for wrong ones."""
        coerced = self._variables.coerce(given)
        outcome = tuple([coerced[name][0] for name in self._conditions]) if self._conditions else ()
        plan: Plan = self._plans.recall(outcome, lambda: Plan(self, self.values(coerced)))
        return plan, coerced

    def values(self, coerced: Coerced) -> VariableValues:
        """The values of the variables that @skip and @include depend on."""
        return together(coerced, self._conditions)

    def fields(self, values: VariableValues) -> Fields:
        """The root fields by their names in the answer, in its order."""
        schema, query = self.api._schema, self.api._schema.query_type
        assert query is not None
        found = collect_fields(schema, self.fragments, values, query, self.operation)
        return found.grouped_field_set

    def selector(self, values: VariableValues) -> Selector:
        """What compiles selections of the operation under these @skip and @include."""
        return Selector(self.api, self.operation, self.fragments, values, Code(self.dialect))


class Plan:
    """Answers one operation, whoever asks and whatever the other variables.

    `unplanned` are the root fields that have no plan, by their names in the answer, with the
    reason and the place of each; where a root field reads what is journalled, all stand there.
    """

    def __init__(self, of: Plans, values: VariableValues) -> None:
        self._dialect, fields = of.dialect, of.fields(values)
        self._order = tuple(fields)
        self.roots, self.unplanned, self._permissions = compiled(of, values, fields)
        nodes = [d.node for name in self.unplanned for d in fields[name]]
        names = rest.journalled_names(of.api._schema)
        if self.roots and (name := rest.mentions(of.document, nodes, names)) is not None:
            self.unplanned = dict.fromkeys(fields, (Reason.JOURNALLED, name))
            self.roots = {}
        self._why = next(iter(self.unplanned.values()), None)
        whole = not self.unplanned or not self.roots
        self._rest = None if whole else rest.reduced(of.document, of.operation, nodes)
        self._reading = sum(not isinstance(root, Given) for root in self.roots.values())

    async def answer(self, coerced: Coerced, context: Context, execute: Execute) -> Answer:
        """See Plans. Side by side: the planned fields, and the ordinary executor for the rest."""
        why = self._why
        if why is not None and not self.roots:
            raise Unplanned(*why)
        for needed in self._permissions:
            if not context.actor.may(needed):
                raise Unplanned(Reason.PERMISSION, needed)
        execution = Execution(context, self._dialect)
        if self._rest is None or why is None:
            return Answer(_written(await self._values(execution, coerced)))
        for root in self.roots.values():
            root.ready(execution, coerced)  # what is refused is refused before anything is run
        found, others = await rest.together(
            self._values(execution, coerced), self._others(execute, self._rest), stop=execution.stop
        )
        whole = {name: found[name] if name in found else others[name] for name in self._order}
        return Answer(_written(whole), why[0])

    async def _values(self, execution: Execution, coerced: Coerced) -> dict[str, Any]:
        """The planned fields' values; those that read wait for the database side by side."""
        if self._reading > 1:
            execution.side_by_side()
            roots = self.roots.values()
            answers = (root.answer(execution, coerced) for root in roots)
            values = await rest.together(*answers, stop=execution.stop)
            data = dict(zip(self.roots, values, strict=True))
        else:
            data = {}
            for name, root in self.roots.items():
                data[name] = await root.answer(execution, coerced)
        if execution.waits:
            await execution.settle()
        return data

    async def _others(self, execute: Execute, document: DocumentNode) -> Mapping[str, Any]:
        """The other fields' values, none of which may have failed."""
        result = await execute(document)
        if result.errors or result.data is None:
            raise Unplanned(Reason.ERRORS)
        return result.data


def compiled(
    of: Plans, values: VariableValues, fields: Fields
) -> tuple[dict[str, Root], dict[str, tuple[Reason, str]], tuple[Permission, ...]]:
    """The roots that can be planned, why the others cannot, the permissions that the first need."""
    selector, query = of.selector(values), of.api._schema.query_type
    assert query is not None
    roots: dict[str, Root] = {}
    unplanned = {}
    for name, details in fields.items():
        try:
            roots[name] = root_of(selector, query, details)
        except Unplanned as found:
            unplanned[name] = found.reason, found.at
        except GraphQLError:
            unplanned[name] = Reason.ARGUMENTS, f"{query.name}.{details[0].node.name.value}"
    if roots and unplanned:
        # What was compiled in vain has left columns and permissions behind: once more without.
        roots, _, permissions = compiled(of, values, {name: fields[name] for name in roots})
        return roots, unplanned, permissions
    return roots, unplanned, tuple(selector.permissions)


def _written(data: Mapping[str, Any]) -> bytes:
    return orjson.dumps({"data": data}, default=VALUE, option=WRITTEN)
