"""One region's `/graphql`: from a request to its answer."""

from __future__ import annotations

import importlib
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache, partial
from time import perf_counter
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl

import orjson
import strawberry
from graphql import ExecutionResult
from starlette.types import Receive, Scope, Send

from core.appeals.reading_journal import ReadingJournal
from core.kernel.access import Actor
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.region.tokens import Verifier
from core.subscriptions.feed import Feed
from schema.graphql.context import Context
from schema.graphql.documents.parser import Document, InvalidDocument
from schema.graphql.documents.requested import Requested
from schema.graphql.errors import AWAY, RETRY, away, is_request_error, masked, refused, shown
from schema.graphql.operation import HttpRefusal, Operation
from schema.planner.run import Executor
from schema.web.actors import Actors
from schema.web.http import bearer_token, read_operation, unauthenticated
from schema.web.metrics import Tally
from schema.web.negotiation import GRAPHQL_JSON, JSON, prefers_html, response_type
from schema.web.pages import graphiql_page
from schema.web.quotas import Counted, Quota, Quotas
from schema.web.timeout import TimeLimit
from schema.web.visitors import visitor
from schema.web.wire import Incoming, Outgoing

KEPT_COSTS = 1_000
"""How many costs are kept as an answer tells them."""


@dataclass(slots=True)
class Told:
    """What an answer says beside the data: what the operation costs, what is left of a quota."""

    limit: int
    cost: int | None = None
    quota: Quota | None = None

    @property
    def extensions(self) -> bytes:
        """The cost as it was counted before the operation ran, of how much is allowed."""
        return b"" if self.cost is None else _costs(self.cost, self.limit)


SOCKETS = "schema.web.sockets"
"""Read when the first socket is opened: it brings what HTTP has no use for."""

log = logging.getLogger("tsur.requests")


class Endpoint:
    """Answers GraphQL over HTTP for one region, and its explorer to browsers."""

    def __init__(
        self,
        region: Region,
        schema: strawberry.Schema,
        verifier: Verifier,
        tally: Tally,
        quotas: Quotas,
    ) -> None:
        self.region, self.graphql, self._schema = region, schema._schema, schema
        self.feed, self.streams = Feed(region), Counter[str]()
        self._tally, self.quotas = tally, quotas
        first = {"servedBy": lambda: region.citations}  # reads every module
        self._requested = Requested(schema._schema, region.settings, first)
        self._executor = Executor(schema, region.settings, tally.answered)
        self._actors = Actors(region, verifier)
        self._journal = ReadingJournal(region)
        self._time_limit = TimeLimit(region.settings.max_seconds)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request, or serve one socket, as a bare ASGI application."""
        if scope["type"] == "websocket":
            await self._sockets(scope, receive, send)
            return
        request = Incoming(scope, receive)
        if self._asks_for_page(request):
            asked = dict(parse_qsl(request.address.decode("latin-1")))
            await graphiql_page(self.region, asked)(scope, receive, send)
        else:
            began, told = perf_counter(), Told(self.region.settings.max_cost)
            answer = await self._respond(request, told)
            if told.quota is not None:
                answer.headers = {**told.quota.headers, **answer.headers}
            self._tally.requested(answer.status, perf_counter() - began)
            await answer.send(send)

    async def _respond(self, request: Incoming, told: Told) -> Outgoing:
        """The answer to a request; it never raises."""
        media = response_type(request.header(b"accept"))
        try:
            if media is None:
                raise HttpRefusal(406, f"Ответ бывает только {JSON} или {GRAPHQL_JSON}")
            asked = await read_operation(request, self.region.settings.max_body_bytes)
            ran = await self._time_limit.wait(self._run(request, asked, told))
            return self._told(ran, told, media)
        except HttpRefusal as refusal:
            errors = [refused(refusal.refusal)]
            return _errors(errors, refusal.status, media, refusal.headers)
        except TimeoutError:
            text = f"Запрос прерван: он длился дольше {self._time_limit.seconds:g} секунд"
            return _errors([refused(Refusal(RefusalCode.TOO_MUCH, text))], 503, media)
        except Exception as error:  # noqa: BLE001 - the last place that can mask it
            if (why := away([error])) is None:
                return _errors([masked(error, "http")], 500, media)
            self._tell_away(why)
            return _errors([refused(AWAY)], 503, media, RETRY)

    def _asks_for_page(self, request: Incoming) -> bool:
        return (
            request.method == "GET"
            and self.region.settings.shows(self.region.settings.graphiql)
            and "query" not in dict(parse_qsl(request.address.decode("latin-1"), True))
            and prefers_html(request.header(b"accept"))
        )

    async def _run(
        self, request: Incoming, asked: Operation, told: Told
    ) -> bytes | ExecutionResult:
        now = self.region.now()
        actor = await self.actor(request, now)
        told.quota = await self.quota(request.client, actor)
        try:
            sized = await self._requested.ready(asked)
        except InvalidDocument as error:
            return error.result
        told.cost = sized.cost
        wrong_link = partial(self._wrong_link, request, told)
        context = Context(self.region, actor, now, wrong_link, self.feed)
        return await self._executed(asked, sized.document, context)

    async def quota(self, address: str, actor: Actor) -> Quota | None:
        """What is left to who asks, or to the address that nobody is known of; else 429."""
        counted, whose = Counted.ACTOR, actor.subject
        if actor.anonymous:
            counted, whose = Counted.ADDRESS, address
        if not self.quotas.counts(counted):
            return None
        return await self.quotas.require(counted, self.region.code, whose)

    async def _wrong_link(self, request: Incoming, told: Told) -> None:
        """Count a link that leads nowhere; Refusal(TOO_OFTEN) beyond what an address may try."""
        quota = await self.quotas.take(Counted.LINKS, self.region.code, request.client)
        if quota is not None and quota.over:
            told.quota = quota
            raise quota.refusal.refusal

    def _told(self, result: bytes | ExecutionResult, told: Told, media: str) -> Outgoing:
        """By GraphQL over HTTP: 400 for what was not executed, unless plain JSON was asked for.

        Where a part of it failed because something is out of reach, the whole says so.
        """
        body = answered(result, told.extensions)
        if isinstance(result, bytes):
            return Outgoing(200, body, media)
        if (why := away(result.errors or ())) is not None:
            self._tell_away(why)
            return Outgoing(503, body, media, RETRY)
        if told.quota is not None and told.quota.over:
            return Outgoing(429, body, media)
        status = 400 if _unexecuted(result) and media != JSON else 200
        return Outgoing(status, body, media)

    def _tell_away(self, why: str) -> None:
        log.warning("region %s is out of reach: %s", self.region.code, why)

    @property
    def types(self) -> Mapping[str, Any]:
        """The types of the region's API by their names."""
        return self.graphql.type_map

    async def within(self, asked: Operation, context: Context) -> dict[str, Any]:
        """The answer to an operation of our own pages, by the reader's rights; as JSON says it.

        HttpRefusal for a document that the API would not run.
        """
        try:
            sized = await self._requested.ready(asked)
        except InvalidDocument as error:
            said = "В запросе страницы слишком длинное или негодное значение"
            raise HttpRefusal(400, said) from error
        answer = await self._executed(asked, sized.document, context)
        content: dict[str, Any] = orjson.loads(answered(answer))
        return content

    async def _executed(
        self, asked: Operation, document: Document, context: Context
    ) -> bytes | ExecutionResult:
        """Whose content is in the answer is in the journal before it leaves."""
        answer = await self._executor.answer(asked, document, context)
        if opened := context.disclosed - context.journalled:
            await self._journal.record(context.actor, opened)
            context.journalled |= opened
        return answer

    @cached_property
    def _sockets(self) -> Any:
        """What serves subscriptions."""
        of = (self.region, self._schema, self._requested, self.feed, self.listener, self._admit)
        return importlib.import_module(SOCKETS).Sockets(*of)

    async def official(self, subject: str, now: datetime) -> Actor:
        """Whoever's session stands, with what he may do now."""
        return await self._actors.official(subject, now)

    async def name(self, subject: str, ask: Callable[[], Awaitable[str]]) -> str:
        """What `ask` says that an official is called, as it was found out a moment ago."""
        return await self._actors.name(subject, ask)

    async def listener(self, request: Incoming, token: str | None) -> Actor:
        """Who listens to a stream now, by a token or the board's cookie, which it does not use.

        Refusal(UNAUTHENTICATED) once the login or the last appointment has ended.
        """
        now = self.region.now()
        if token is None:
            actor = await visitor(self.region, request, now, uses=False)
        else:
            actor = await self._actors.actor(token, now)
        if not actor.grants:
            raise Refusal(RefusalCode.UNAUTHENTICATED, "Вход закончился: войдите снова")
        return actor

    async def _admit(self, actor: Actor) -> None:
        await self.quota("", actor)

    async def actor(self, request: Incoming, now: datetime) -> Actor:
        """Who asks: by a token, else by the board's cookie; anonymous without both.

        401 for a token that does not stand.
        """
        token = bearer_token(request)
        if token is None:
            return await visitor(self.region, request, now)
        if (known := self._actors.known(token, now)) is not None:
            return known
        try:
            return await self._actors.actor(token, now)
        except Refusal as refusal:
            if refusal.code is RefusalCode.UNAVAILABLE:
                raise HttpRefusal(503, refusal.text, refusal.code, RETRY) from refusal
            await self.quotas.require(Counted.LOGINS, self.region.code, request.client)
            raise unauthenticated(refusal.text) from refusal


def answered(result: bytes | ExecutionResult, extensions: bytes = b"") -> bytes:
    """The body of an answer, with extensions in JSON; what was not executed has neither."""
    if isinstance(result, bytes):
        body = result
    else:
        errors = [shown(error) for error in result.errors or ()]
        if _unexecuted(result):
            return orjson.dumps({"errors": errors})
        content: dict[str, Any] = {"data": result.data}
        if errors:
            content["errors"] = errors
        body = orjson.dumps(content)
    return b'%s,"extensions":%s}' % (body[:-1], extensions) if extensions else body


def _unexecuted(result: ExecutionResult) -> bool:
    return result.data is None and bool(result.errors) and is_request_error(result.errors)


@lru_cache(KEPT_COSTS)
def _costs(requested: int, limit: int) -> bytes:
    return orjson.dumps({"cost": {"requested": requested, "limit": limit}})


def _errors(
    errors: list[dict[str, Any]],
    status: int,
    media: str | None,
    headers: Mapping[str, str] = MappingProxyType({}),
) -> Outgoing:
    return Outgoing(status, orjson.dumps({"errors": errors}), media or JSON, headers)
