"""Subscriptions over graphql-transport-ws: who connects, what may be asked, when it ends.

Queries and changes go by HTTP, where their limits are. Read when the first socket is opened.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

import strawberry
from graphql import GraphQLError, OperationType
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws import handlers
from strawberry.types.execution import PreExecutionError

from core.kernel.access import Actor
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.subscriptions.feed import Feed
from schema.graphql.documents.parser import InvalidDocument
from schema.graphql.documents.requested import Requested
from schema.graphql.errors import masked, refused, shown
from schema.graphql.live import LiveContext
from schema.graphql.operation import HttpRefusal, Operation
from schema.web.wire import Incoming

MOST_SUBSCRIPTIONS = 10
"""On one connection."""

SLOW_SECONDS = 10.0
"""How long one event may wait for its reader."""

INIT_WAIT = timedelta(seconds=10)
ENDED, SLOW, FAILED = 4401, 4413, 1011
"""Codes of closing: the login has ended; the reader is too slow; a fault of ours."""

Listens = Callable[[Incoming, str | None], Awaitable[Actor]]
Admits = Callable[[Actor], Awaitable[None]]
Handler = handlers.BaseGraphQLTransportWSHandler[LiveContext, None]


class Connection(Handler):
    """One socket: reads what is asked, and closes what has ended or does not read."""

    view: Sockets
    _reading: asyncio.Task[Any] | None = None

    async def handle(self) -> None:
        """Serve the socket until either side closes it."""
        self._reading = asyncio.current_task()
        try:
            await super().handle()
        except asyncio.CancelledError:
            if self._reading is not None:
                raise

    async def run_operation(self, operation: handlers.Operation[LiveContext, None]) -> None:
        """Run a subscription within the limits of every operation."""
        try:
            await self.view.admit(self.context, operation)
        except (InvalidDocument, HttpRefusal, Refusal) as error:
            await self._refuse(operation, _told(error))
        else:
            await super().run_operation(operation)

    async def send_message(self, message: Any) -> None:
        """Send, or close the connection of a reader who takes too long."""
        try:
            async with asyncio.timeout(SLOW_SECONDS):
                await super().send_message(message)
        except TimeoutError:
            await self._close(SLOW, f"cursor:{self.context.told}")

    async def _send_result_stream(self, operation: Any, result_source: Any) -> None:
        """What fails in the middle ends the connection: its client comes back to its cursor."""

        async def watched() -> AsyncGenerator[Any]:
            async for result in result_source:
                if result.errors and not isinstance(result, PreExecutionError):
                    raise result.errors[0].original_error or result.errors[0]
                yield result

        await super()._send_result_stream(operation, watched())

    async def handle_task_exception(self, error: Exception) -> None:
        """A refusal is the end of the login; whatever else is masked."""
        if isinstance(error, Refusal):
            await self._close(ENDED, error.code)
        else:
            number = masked(error, "subscription")["extensions"]["id"]
            await self._close(FAILED, number)

    async def _handle_pre_execution_error(self, operation: Any, result: Any) -> None:
        await self._refuse(operation, [shown(error) for error in result.errors])

    async def _refuse(self, operation: Any, errors: Sequence[Mapping[str, Any]]) -> None:
        said = {"id": operation.id, "type": "error", "payload": errors}
        await operation.send_operation_message(said)

    async def _close(self, code: int, reason: str) -> None:
        """Close, and read no more: who does not take events may not take this either."""
        with suppress(TimeoutError, RuntimeError):
            async with asyncio.timeout(SLOW_SECONDS / 10):
                await self.websocket.close(code, reason)
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None


class Sockets(GraphQL[LiveContext, None]):
    """A region's sockets; `listens` tells who is behind a handshake, `admits` counts him."""

    graphql_transport_ws_handler_class = Connection

    def __init__(
        self,
        region: Region,
        schema: strawberry.Schema,
        requested: Requested,
        feed: Feed,
        listens: Listens,
        admits: Admits,
    ) -> None:
        settings = region.settings
        super().__init__(
            schema,
            graphql_ide=None,
            subscription_protocols=[GRAPHQL_TRANSPORT_WS_PROTOCOL],
            connection_init_wait_timeout=INIT_WAIT,
            max_subscriptions_per_connection=MOST_SUBSCRIPTIONS,
            allowed_origins=[*settings.cors_origins, settings.public_url],
        )
        self._region, self._requested, self._feed = region, requested, feed
        self._listens, self._admits = listens, admits

    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> LiveContext:
        """What its subscriptions are given."""
        incoming = Incoming({**request.scope, "method": "GET"}, request.receive)
        return LiveContext(self._region, self._feed, lambda token: self._listens(incoming, token))

    async def on_ws_connect(self, context: LiveContext) -> Any:
        """Let in who says `{"Authorization": "Bearer ..."}`, or comes with the board's cookie."""
        said = context.connection_params.get("Authorization")
        scheme, _, token = said.partition(" ") if isinstance(said, str) else ("", "", "")
        try:
            if said is not None and (scheme.lower() != "bearer" or not token.strip()):
                raise Refusal(RefusalCode.UNAUTHENTICATED, "Это не токен")
            await context.come_in(token.strip() or None)
        except (Refusal, HttpRefusal) as refusal:
            raise ConnectionRejectionError from refusal
        return strawberry.UNSET

    async def admit(self, context: LiveContext, operation: Any) -> None:
        """Refuse what is no subscription, or breaks a limit; InvalidDocument, HttpRefusal too."""
        await self._admits(await context.renewed())
        variables = operation.variables if isinstance(operation.variables, dict) else {}
        asked = Operation(str(operation.query), operation.operation_name, variables)
        found = (await self._requested.ready(asked)).document.operation(asked.name)
        if found is None or found.operation is not OperationType.SUBSCRIPTION:
            text = "Здесь только подписываются: запросы и изменения присылайте обычным образом"
            raise Refusal(RefusalCode.MALFORMED, text)


def _told(error: InvalidDocument | HttpRefusal | Refusal) -> list[dict[str, Any]]:
    if isinstance(error, InvalidDocument):
        return [shown(one) for one in error.result.errors or [GraphQLError("")]]
    return [refused(error.refusal if isinstance(error, HttpRefusal) else error)]
