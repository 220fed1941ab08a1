"""Around every request: its id, the headers that every answer has, and one line of the log."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Awaitable, Iterable
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.kernel.logs import REQUEST
from schema.web.body_timeout import Arriving, BodyTimeout

Header = tuple[bytes, bytes]
GIVEN = re.compile(rb"[A-Za-z0-9-]{8,64}")
POLICY = b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
SAFE = (
    (b"content-security-policy", POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
"""What an answer has that does not say it itself."""

ENCRYPTED = (b"strict-transport-security", b"max-age=31536000")
"""Where the service is reached by https alone."""

BOARD = ("login", "logout", "my", "appeals", "figures", "structure", "law", "ops")
PLACES = {
    "graphql": "graphql", "s": "citizen", "survey": "citizen", "attachments": "attachments",
    **dict.fromkeys(BOARD, "board"),
}  # fmt: skip
OWN = {"": "index", **{name: name for name in ("livez", "healthz", "metrics", "static", "witness")}}

log = logging.getLogger("tsur.requests")


class Requests:
    """Wraps an application whose every answer has the `safe` headers.

    No body is waited for longer than it may be on its way.
    """

    def __init__(self, app: ASGIApp, safe: tuple[Header, ...]) -> None:
        self._app, self._safe = app, safe
        self._names = frozenset(name for name, _ in self._safe)
        self._timeout = BodyTimeout()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request of HTTP; whatever else comes goes by."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        number, began, status = _number(scope), perf_counter(), 500
        arriving = Arriving(receive, self._timeout)
        asked = _asked(scope) if log.isEnabledFor(logging.INFO) else None

        def answer(message: Message) -> Awaitable[None]:
            nonlocal status
            if message["type"] == "http.response.start":
                status, arriving.over = message["status"], True
                given = message["headers"]
                identified = (b"x-request-id", number.encode())
                message["headers"] = [*given, *self._lacked(given), identified]
            return send(message)

        known = REQUEST.set(number)
        try:
            await self._app(scope, arriving, answer)
        finally:
            if asked is not None:
                spent = round((perf_counter() - began) * 1000, 1)
                log.info("request", extra={**asked, "status": status, "ms": spent})
            REQUEST.reset(known)

    def _lacked(self, given: Iterable[Header]) -> Iterable[Header]:
        """What an answer with these headers does not say itself: as a rule, all of it."""
        names = self._names
        for name, _ in given:
            if name.lower() in names:
                said = {name.lower() for name, _ in given}
                return [pair for pair in self._safe if pair[0] not in said]
        return self._safe


def _number(scope: Scope) -> str:
    """The id that a proxy has given, or one of our own."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and GIVEN.fullmatch(value):
            return str(value.decode())
    return os.urandom(16).hex()


def _asked(scope: Scope) -> dict[str, object]:
    """What the line says of a request, before a route takes its path apart.

    Never the address itself, which may hold a token or a person's words.
    """
    region, _, rest = scope["path"].removeprefix(scope.get("root_path", ""))[1:].partition("/")
    place = PLACES.get(rest.partition("/")[0])
    return {
        "method": scope["method"] if scope["method"].isalpha() else "?",
        "place": place or OWN.get(region, "other"),
        "region": region if place and region.isidentifier() and len(region) < 40 else None,
    }
