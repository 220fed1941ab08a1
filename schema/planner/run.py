"""Running one operation: the only caller of graphql-core's executor."""

from __future__ import annotations

import logging
from inspect import isawaitable
from typing import Any, cast

import strawberry
from graphql import ExecutionResult, GraphQLError, execute
from strawberry.execution import optimized_is_awaitable

from core.kernel.errors import Refusal
from core.kernel.settings import Settings
from schema.graphql.context import Context
from schema.graphql.documents.reading import Document
from schema.graphql.operation import Operation
from schema.planner.code import Unplanned
from schema.planner.plan import Plans

log = logging.getLogger("tsur.schema")


class Executor:
    """Runs operations against one schema; documents have been read before."""

    def __init__(self, schema: strawberry.Schema, settings: Settings) -> None:
        self._schema = schema
        self._explains = not settings.production

    async def answer(
        self, asked: Operation, document: Document, context: Context
    ) -> bytes | ExecutionResult:
        """The bytes of the whole answer by a plan, or what `run` answers where there is none.

        A plan knows no errors: wherever there would be one, the ordinary executor tells it.
        """
        try:
            of = (self._schema, document, asked.name, context.region.database.dialect)
            plans: Plans = document.plans.recall(asked.name, lambda: Plans(*of))
            return await plans.answer(asked.variables, context)
        except (Unplanned, Refusal, GraphQLError):
            return await self.run(asked, document, context)
        except Exception as error:
            log.warning("a plan failed: %s", type(error).__name__, exc_info=self._explains)
            return await self.run(asked, document, context)

    async def run(self, asked: Operation, document: Document, context: Context) -> ExecutionResult:
        """What the resolvers answer; errors at fields are in the result."""
        result = execute(
            self._schema._schema,
            document.ast,
            context_value=context,
            variable_values=asked.variables,
            operation_name=asked.name,
            executor_class=self._schema.execution_context_class,
            is_awaitable=cast(Any, optimized_is_awaitable),
            hide_suggestions=True,
        )
        return await result if isawaitable(result) else result
