"""What the routes of files share: who asks, and how a refusal or a fault is answered."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from typing import TypeVar

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from core.kernel.access import Actor, require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.law.russian import Code
from schema.graphql.errors import AWAY, RETRY, away, masked, refused
from schema.graphql.operation import HttpRefusal
from schema.web.endpoint import Endpoint
from schema.web.visitors import HTMX, to_login
from schema.web.wire import Incoming

C = TypeVar("C", bound=Code)
Handler = Callable[[Endpoint, Request], Awaitable[Response]]
log = logging.getLogger("tsur.requests")
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
STATUSES = {
    RefusalCode.UNAUTHENTICATED: 401,
    RefusalCode.FORBIDDEN: 403,
    RefusalCode.NOT_FOUND: 404,
    RefusalCode.FILE_NOT_READY: 409,
    RefusalCode.WRONG_STATE: 409,
    RefusalCode.FILE_TOO_BIG: 413,
    RefusalCode.FILES_TOO_MANY: 413,
    RefusalCode.FILE_TYPE: 415,
    RefusalCode.FILE_DISGUISED: 415,
}


def answered(handler: Handler) -> Handler:
    """The handler so that it never raises: what it refuses, and what befalls it, is an answer."""

    @wraps(handler)
    async def answering(endpoint: Endpoint, request: Request) -> Response:
        try:
            return await handler(endpoint, request)
        except (HttpRefusal, Refusal) as error:
            if _pressed_too_late(request, error):
                return to_login(endpoint.region, request)
            return refused_answer(error)
        except ClientDisconnect:
            return refused_answer(HttpRefusal(400, "Тело запроса оборвалось"))
        except Exception as error:  # noqa: BLE001 - the last place that can mask it
            return failed_answer(error, handler.__name__)

    return answering


def _pressed_too_late(request: Request, error: HttpRefusal | Refusal) -> bool:
    """Whether a person has followed a link of a page whose session has ended meanwhile."""
    refusal = error.refusal if isinstance(error, HttpRefusal) else error
    asks = "text/html" in request.headers.get("accept", "") or HTMX in request.headers
    unknown = refusal.code is RefusalCode.UNAUTHENTICATED
    return unknown and asks and request.method == "GET" and "authorization" not in request.headers


async def actor_of(endpoint: Endpoint, request: Request, needed: Permission | None = None) -> Actor:
    """Whoever asks; refuses who lacks `needed`, or may read neither documents nor appeals."""
    actor = await asker_of(endpoint, request)
    if needed is not None:
        require(actor, needed)
    else:
        require_reader(actor)
    return actor


async def asker_of(endpoint: Endpoint, request: Request) -> Actor:
    """Whoever asks, whatever he may."""
    heard = Incoming(request.scope, request.receive)
    actor = await endpoint.actor(heard, endpoint.region.now())
    await endpoint.quota(heard.client, actor)
    return actor


def require_reader(actor: Actor) -> None:
    """Refuse who may read neither documents nor appeals."""
    if not actor.may(Permission.READ_DOCUMENTS):
        require(actor, Permission.READ_APPEALS)


def one_of(codes: type[C], said: str) -> C:
    """The code that a parameter says; Refusal(INVALID) for none of them."""
    try:
        return codes(said.lower())
    except ValueError:
        raise Refusal(RefusalCode.INVALID, "Такого значения параметра нет") from None


def refused_answer(error: HttpRefusal | Refusal) -> Response:
    """A refusal as an answer with its status."""
    if isinstance(error, HttpRefusal):
        return json_answer({"errors": [refused(error.refusal)]}, error.status, error.headers)
    status = STATUSES.get(error.code, 422)
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    return json_answer({"errors": [refused(error)]}, status, {**headers, "Connection": "close"})


def failed_answer(error: Exception, where: str) -> Response:
    """An unexpected error: masked, unless something is out of reach."""
    if (why := away([error])) is not None:
        log.warning("%s: out of reach: %s", where, why)
        return json_answer({"errors": [refused(AWAY)]}, 503, RETRY)
    return json_answer({"errors": [masked(error, where)]}, 500)


def json_answer(content: object, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """JSON that no page of ours runs."""
    own = {**HEADERS, **(headers or {})}
    return Response(orjson.dumps(content), status, own, "application/json")
