"""One region's `/graphql`: from a request to its answer."""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
import strawberry
from graphql import ExecutionResult
from starlette.requests import Request
from starlette.responses import Response

from core.access import ANONYMOUS, Actor
from core.errors import Refusal, RefusalCode
from core.regions import Region
from core.tokens import Verifier
from schema.actors import Actors
from schema.context import Context
from schema.documents.reading import InvalidDocument
from schema.errors import is_request_error, masked, refused, shown
from schema.execution.run import Executor
from schema.http import HttpRefusal, bearer_token, read_operation, unauthenticated
from schema.negotiation import GRAPHQL_JSON, JSON, prefers_html, response_type
from schema.pages import graphiql_page


class Endpoint:
    """Answers GraphQL over HTTP for one region, and its explorer to browsers."""

    def __init__(self, region: Region, schema: strawberry.Schema, verifier: Verifier) -> None:
        self.region = region
        self._executor = Executor(schema, region.settings)
        self._actors = Actors(region, verifier)

    async def respond(self, request: Request) -> Response:
        """The answer to a request; it never raises."""
        if self._asks_for_page(request):
            return graphiql_page(self.region)
        media = response_type(request.headers.get("accept"))
        try:
            if media is None:
                raise HttpRefusal(406, f"Ответ бывает только {JSON} или {GRAPHQL_JSON}")
            async with asyncio.timeout(self.region.settings.max_seconds):
                return _answer(await self._run(request), media)
        except HttpRefusal as refusal:
            errors = [refused(refusal.refusal)]
            return _json({"errors": errors}, refusal.status, media or JSON, refusal.headers)
        except TimeoutError:
            seconds = self.region.settings.max_seconds
            text = f"Запрос прерван: он длился дольше {seconds:g} секунд"
            errors = [refused(Refusal(RefusalCode.TOO_MUCH, text))]
            return _json({"errors": errors}, 503, media or JSON)
        except Exception as error:  # noqa: BLE001 - the last place that can mask it
            return _json({"errors": [masked(error, "http")]}, 500, media or JSON)

    def _asks_for_page(self, request: Request) -> bool:
        return (
            self.region.settings.graphiql
            and request.method == "GET"
            and "query" not in request.query_params
            and prefers_html(request.headers.get("accept"))
        )

    async def _run(self, request: Request) -> bytes | ExecutionResult:
        asked = await read_operation(request, self.region.settings.max_body_bytes)
        now = self.region.now()
        actor = await self._actor(request)
        try:
            document = self._executor.read(asked)
        except InvalidDocument as error:
            return error.result
        return await self._executor.answer(asked, document, Context(self.region, actor, now))

    async def _actor(self, request: Request) -> Actor:
        """Who asks: anonymous without a token, 401 for a token that does not stand."""
        token = bearer_token(request)
        if token is None:
            return ANONYMOUS
        try:
            return await self._actors.actor(token)
        except Refusal as refusal:
            raise unauthenticated(refusal.text) from refusal


def answered(result: bytes | ExecutionResult) -> bytes:
    """The body of an answer; what was not executed has no data."""
    if isinstance(result, bytes):
        return result
    errors = [shown(error) for error in result.errors or ()]
    content: dict[str, Any] = {} if _unexecuted(result) else {"data": result.data}
    if errors:
        content["errors"] = errors
    return orjson.dumps(content)


def _unexecuted(result: bytes | ExecutionResult) -> bool:
    if isinstance(result, bytes) or result.data is not None or not result.errors:
        return False
    return is_request_error(result.errors)


def _answer(result: bytes | ExecutionResult, media: str) -> Response:
    """By GraphQL over HTTP: 400 for what was not executed, unless plain JSON was asked for."""
    return _json(answered(result), 400 if _unexecuted(result) and media != JSON else 200, media)


def _json(
    content: object, status: int, media: str, headers: dict[str, str] | None = None
) -> Response:
    return Response(
        content if isinstance(content, bytes) else orjson.dumps(content),
        status,
        {"Cache-Control": "no-store", "Vary": "Accept", **(headers or {})},
        f"{media}; charset=utf-8",
    )
