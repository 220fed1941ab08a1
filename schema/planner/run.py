"""Running one operation: the only caller of graphql-core's executor."""

from __future__ import annotations

import logging
from collections.abc import Callable
from inspect import isawaitable
from typing import Any, cast

import strawberry
from graphql import DocumentNode, ExecutionResult, GraphQLError, execute
from strawberry.execution import optimized_is_awaitable

from core.db.faults import outage
from core.db.limits import limited
from core.kernel.errors import Refusal
from core.kernel.settings import Settings
from core.law.russian import Code
from schema.graphql.context import Context
from schema.graphql.documents.parser import Document
from schema.graphql.operation import Operation
from schema.planner.plan import Plans
from schema.planner.reasons import Reason, Unplanned

log = logging.getLogger("tsur.schema")


class Way(Code):
    """How an operation was answered."""

    PLANNED = "planned", "по плану"
    MIXED = "mixed", "частью по плану, частью graphql-core"
    ORDINARY = "ordinary", "graphql-core"


Note = Callable[[Way, Reason | None], None]


class Executor:
    """Runs operations against one schema; documents have been read before.

    `note` is told of each how it was answered, and why not by a plan alone.
    """

    def __init__(self, schema: strawberry.Schema, settings: Settings, note: Note) -> None:
        self._schema, self._note = schema, note
        self._explains, self._seconds = not settings.production, settings.max_seconds

    async def answer(
        self, asked: Operation, document: Document, context: Context
    ) -> bytes | ExecutionResult:
        """The bytes of the whole answer by a plan, or what `run` answers where there is none.

        A plan knows no errors: wherever there would be one, the ordinary executor tells it.
        """
        try:
            of = (self._schema, document, asked.name, context.region.database.dialect)
            plans: Plans = document.plans.recall(asked.name, lambda: Plans(*of))
            found = await plans.answer(
                asked.variables, context, lambda rest: self._executed(asked, rest, context)
            )
        except Exception as error:  # noqa: BLE001 - what is no reason to go on is raised there
            why = self._why(error)
        else:
            self._note(Way.PLANNED if found.why is None else Way.MIXED, found.why)
            return found.body
        self._note(Way.ORDINARY, why)
        return await self.run(asked, document, context)

    async def run(self, asked: Operation, document: Document, context: Context) -> ExecutionResult:
        """What the resolvers answer; errors at fields are in the result."""
        return await self._executed(asked, document.ast, context)

    def _why(self, error: Exception) -> Reason:
        """Why a plan gave no answer; an outage is raised on."""
        match error:
            case Unplanned():
                return error.reason
            case GraphQLError():
                return Reason.ARGUMENTS
            case Refusal():
                return Reason.REFUSED
        if outage(error) is not None:
            raise error  # the resolvers would ask the same that does not answer
        log.warning("a plan failed: %s", type(error).__name__, exc_info=self._explains)
        return Reason.FAILED

    async def _executed(
        self, asked: Operation, document: DocumentNode, context: Context
    ) -> ExecutionResult:
        with limited(self._seconds):
            result = execute(
                self._schema._schema,
                document,
                context_value=context,
                variable_values=asked.variables,
                operation_name=asked.name,
                executor_class=self._schema.execution_context_class,
                is_awaitable=cast(Any, optimized_is_awaitable),
                hide_suggestions=True,
            )
            return await result if isawaitable(result) else result
