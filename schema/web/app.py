"""The web application: one process, many regions, each under its own address."""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from core.kernel.aside import module
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Clock, Region
from core.kernel.settings import Settings, read_settings
from core.region.opening import open_region
from core.region.pulse import Pulse
from core.region.tokens import PublishedKeys, verifier
from core.worker.attendance import attend_queues
from schema.build import build_schema
from schema.graphql.errors import AWAY, RETRY, refused
from schema.graphql.operation import HttpRefusal
from schema.web.attachments import download, upload
from schema.web.docs import Docs
from schema.web.endpoint import Endpoint
from schema.web.feed import feed
from schema.web.health import gauges, health
from schema.web.letters import letter
from schema.web.metrics import Metrics
from schema.web.pages import STATIC
from schema.web.papers import paper
from schema.web.quotas import ByLink, Quotas, by_link
from schema.web.requests import ENCRYPTED, SAFE, Requests
from schema.web.witness import add_checkpoint

Answer = Callable[[Endpoint, Request], Awaitable[Response]]
ISSUER = "core.region.issuer"
"""Read only where an OIDC issuer is set: it brings a whole HTTP client."""

CITIZEN, BOARD = "schema.web.citizen.site", "schema.board.site"
ENTRANCE = "schema.board.entrance"
"""Read when the first page is opened: they bring a whole engine of templates."""

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def create_app(
    settings: Settings | None = None,
    regions: Sequence[Region] | None = None,
    clock: Clock | None = None,
    *,
    jobs: bool = True,
) -> Application:
    """The application for these regions, or for those that the settings name.

    Regions given are the caller's to close; those it opens itself it closes at the end.
    `clock` gives the aware moment for regions it opens. The process also works off the regions'
    jobs, or hints a broker's workers at them, unless `jobs` is False.
    """
    chosen = settings or read_settings()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            opened = await _opened(chosen, regions, clock, stack)
            issuer = await _issuer(chosen, stack)
            app.state.metrics, app.state.settings = Metrics(), chosen
            app.state.issuer = issuer
            app.state.quotas = quotas = Quotas(chosen)
            stack.push_async_callback(quotas.close)
            app.state.endpoints = _endpoints(opened, issuer, app.state.metrics, quotas)
            for endpoint in app.state.endpoints.values():
                stack.push_async_callback(endpoint.feed.close)
            app.state.pulses = [Pulse(region) for region in opened]
            for pulse in app.state.pulses:
                stack.push_async_callback(pulse.close)
            if jobs:
                await stack.enter_async_context(attend_queues(chosen, opened))
            yield

    refusals: Any = {HttpRefusal: _refused}
    return Application(
        chosen, routes=_routes(chosen), lifespan=lifespan, exception_handlers=refusals
    )


def _routes(settings: Settings) -> list[Route | Mount]:
    """All that is answered beside GraphQL, which never comes this far; the board takes the rest."""
    return [
        Route("/", _index, methods=["GET"]),
        *(Route(f"/{one}/", _without_slash) for one in ("ops", "livez", "healthz", "metrics")),
        Route("/ops", _index, methods=["GET"]),
        Route("/livez", _livez, methods=["GET"]),
        Route("/healthz", _healthz, methods=["GET"]),
        Route("/metrics", _metrics, methods=["GET"]),
        Route("/witness/add-checkpoint", add_checkpoint, methods=["POST"]),
        Mount("/docs", Docs(settings.docs_dir)),
        Mount("/static", StaticFiles(directory=STATIC)),
        Route("/{region}/s/{token}", _citizen, methods=["GET", "POST"]),
        Route("/{region}/c/{token}.ics", _feed, methods=["GET"]),
        Route("/{region}/survey", _former, methods=["GET", "POST"]),
        Route("/{region}/attachments", _of_region(upload), methods=["POST"]),
        Route("/{region}/attachments/{id:path}", _of_region(download), methods=["GET"]),
        Route("/{region}/documents/{id}/{version:int}/{paper}", _of_region(paper), methods=["GET"]),
        Route("/{region}/answers/{id}/{paper}", _of_region(letter), methods=["GET"]),
        Route("/{region}/graphql", _unknown_region, methods=METHODS),
        Route("/{region}/graphql/", _without_slash, methods=METHODS),
        Route("/{region}/{path:path}", _board, methods=["GET", "POST"]),
    ]


class Application(Starlette):
    """Hands GraphQL to its region before any routing: half of what a small answer would cost.

    No page of another origin may read an answer unless the settings name it. `safe` are headers for
    answers that a server gives without asking here; `crowded` answers who is one too many.
    """

    def __init__(self, settings: Settings, **starlette: Any) -> None:
        super().__init__(**starlette)
        self._settings = settings
        encrypted = settings.production and settings.public_url.startswith("https://")
        self.safe = (*SAFE, ENCRYPTED) if encrypted else SAFE
        self.crowded: ASGIApp = Requests(_crowded, self.safe)

    def build_middleware_stack(self) -> ASGIApp:
        """The endpoint of `/<region>/graphql`, and the routes for whatever else is asked for."""
        routes, state = super().build_middleware_stack(), self.state

        def direct(scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
            app = routes
            if scope["type"] in ("http", "websocket"):
                path = scope["path"].removeprefix(scope.get("root_path", ""))
                code, _, rest = path[1:].partition("/")
                app = self._no_socket if scope["type"] == "websocket" else routes
                if rest == "graphql":
                    app = state.endpoints.get(code, app)
            return app(scope, receive, send)

        app: ASGIApp = direct
        if self._settings.cors_origins:
            app = CORSMiddleware(
                direct,
                allow_origins=self._settings.cors_origins,
                allow_methods=["GET", "POST"],
                allow_headers=["authorization", "content-type"],
            )
        return Requests(app, self.safe)

    async def _no_socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Nobody speaks by a socket here; said as HTTP says it."""
        kind, headers = "websocket.http.response", [*self.safe, (b"content-length", b"0")]
        await send({"type": f"{kind}.start", "status": 404, "headers": headers})
        await send({"type": f"{kind}.body", "body": b""})


async def _crowded(scope: Scope, receive: Receive, send: Send) -> None:
    answer = JSONResponse({"errors": [refused(AWAY)]}, 503, {**RETRY, "Connection": "close"})
    await answer(scope, receive, send)


async def _opened(
    settings: Settings,
    regions: Iterable[Region] | None,
    clock: Clock | None,
    stack: AsyncExitStack,
) -> list[Region]:
    if regions is not None:
        return list(regions)
    opened = [open_region(code, settings, clock=clock) for code in settings.regions]
    for region in opened:
        stack.push_async_callback(region.database.close)
    return opened


def _endpoints(
    regions: Iterable[Region], issuer: PublishedKeys | None, metrics: Metrics, quotas: Quotas
) -> dict[str, Endpoint]:
    return {
        region.code: Endpoint(
            region,
            build_schema(region),
            verifier(region, issuer),
            metrics.of(region.code),
            quotas,
        )
        for region in regions
    }


async def _issuer(settings: Settings, stack: AsyncExitStack) -> PublishedKeys | None:
    if settings.oidc_issuer is None:
        return None
    reading = (await module(ISSUER)).reading_issuer(settings.oidc_issuer)
    issuer: PublishedKeys = await stack.enter_async_context(reading)
    return issuer


def _of_region(answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    """What answers by the endpoint of the region that the path names."""

    async def handle(request: Request) -> Response:
        endpoint = request.app.state.endpoints.get(request.path_params["region"])
        return await (_unknown_region(request) if endpoint is None else answer(endpoint, request))

    return handle


async def _unknown_region(_request: Request) -> Response:
    refusal = Refusal(RefusalCode.UNKNOWN_REGION, "Такой регион здесь не обслуживается")
    return JSONResponse({"errors": [refused(refusal)]}, 404)


async def _without_slash(request: Request) -> Response:
    """The same address on this host, whoever stands before it."""
    to = request.url.path.rstrip("/")
    return RedirectResponse(f"{to}?{request.url.query}" if request.url.query else to)


async def _citizen(request: Request) -> Response:
    return await _by_link(request, (await module(CITIZEN)).citizen)


async def _feed(request: Request) -> Response:
    return await _by_link(request, feed)


async def _by_link(request: Request, answer: ByLink) -> Response:
    endpoint = request.app.state.endpoints.get(request.path_params["region"])
    if endpoint is None:
        return await answer(None, request)
    return await by_link(endpoint.quotas, endpoint.region, request, answer)


async def _former(request: Request) -> Response:
    page: Response = await (await module(CITIZEN)).former(_region(request), request)
    return page


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HttpRefusal)
    return PlainTextResponse(error.refusal.sentence, error.status, error.headers)


def _region(request: Request) -> Region | None:
    endpoint = request.app.state.endpoints.get(request.path_params["region"])
    return None if endpoint is None else endpoint.region


async def _index(request: Request) -> Response:
    page: Response = await (await module(ENTRANCE)).index(request)
    return page


async def _board(request: Request) -> Response:
    if request.path_params["path"] and request.url.path.endswith("/"):
        return await _without_slash(request)
    endpoint = request.app.state.endpoints.get(request.path_params["region"])
    page: Response = await (await module(BOARD)).board(endpoint, request)
    return page


async def _metrics(request: Request) -> Response:
    """For whoever has the token of metrics; in production there is no page without one."""
    settings: Settings = request.app.state.settings
    given = request.headers.get("authorization", "").encode()
    wanted = settings.metrics_token
    if wanted is None and settings.production:
        return Response("TSUR_METRICS_TOKEN is not set", 404)
    if wanted is not None:
        expected = f"Bearer {wanted.get_secret_value()}".encode()
        if not hmac.compare_digest(given, expected):
            return Response(status_code=401, headers={"WWW-Authenticate": "Bearer"})
    regions = [pulse.apart for pulse in request.app.state.pulses]
    told = {region.code: await gauges(region) for region in regions}
    page: Response = request.app.state.metrics.page(told)
    return page


async def _livez(_request: Request) -> Response:
    """Whether the process answers at all: whoever restarts it asks nothing of databases."""
    return JSONResponse({"alive": True})


async def _healthz(request: Request) -> Response:
    report = await health(request.app.state.pulses)
    return JSONResponse(report, 200 if report["ready"] else 503)
