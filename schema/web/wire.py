"""A request and its answer as ASGI carries them, with no more made of them than is needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from starlette.types import Receive, Scope, Send

ALWAYS = ((b"cache-control", b"no-store"), (b"vary", b"Accept"))


class Incoming:
    """A request as the server hands it over; of headers with one name the first counts."""

    __slots__ = ("_headers", "_pairs", "address", "client", "method", "receive")

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self.method: str = scope["method"]
        self.address: bytes = scope["query_string"]
        self.receive = receive
        self.client: str = (scope.get("client") or ("",))[0]
        self._pairs: list[tuple[bytes, bytes]] = [*scope["headers"]]
        self._headers = dict(reversed(self._pairs))

    def header(self, name: bytes) -> str | None:
        """The value of a header, whose name is given in small letters; None without it."""
        value = self._headers.get(name)
        return None if value is None else value.decode("latin-1")

    def repeats(self, name: bytes) -> bool:
        """Whether a header is given more than once."""
        return len(self._headers) < len(self._pairs) and [n for n, _ in self._pairs].count(name) > 1


@dataclass(slots=True)
class Outgoing:
    """An answer: its status, body, media type, and headers of its own."""

    status: int
    body: bytes
    media: str
    headers: Mapping[str, str] = field(default_factory=dict)

    async def send(self, send: Send) -> None:
        """Hand it over to the server."""
        headers = [_typed(self.media), (b"content-length", b"%d" % len(self.body)), *ALWAYS]
        if self.headers:
            own = self.headers.items()
            headers += [(name.lower().encode(), value.encode()) for name, value in own]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


@cache
def _typed(media: str) -> tuple[bytes, bytes]:
    return b"content-type", b"%s; charset=utf-8" % media.encode()
