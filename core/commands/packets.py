"""Head and body of an answer in one packet: half the sending, and half the waking of who waits.

uvicorn writes them apart, and uvloop sends whatever is written at once. ASGI asks for no more: a
server may not send the head before the body has begun.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD_BYTES = 64 * 1024
"""Of an address and its headers: what is longer is nobody's request."""

READER_SECONDS, READER_BYTES = 30.0, 30_000
"""Who takes less than this of what waits for him in such a time is cut off."""

TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
END = b"Connection: close\r\nContent-Length: 0\r\n\r\n"


class CoalescingProtocol(HttpToolsProtocol):
    """uvicorn's HTTP, written by turns of the loop; whose head takes too long is cut off.

    What is answered here has the `safe` headers too; who is one too many is `crowded` out.
    """

    head_seconds = 10.0
    safe: tuple[tuple[bytes, bytes], ...] = ()
    crowded: Any = None
    reader_seconds = READER_SECONDS
    _late: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None
    _under_way = False
    _awaited = _named = 0
    """Bytes that came while a head was awaited, and of the headers that it had."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """See asyncio.Protocol."""
        super().connection_made(CoalescingTransport(transport))  # type: ignore[arg-type]
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """See asyncio.Protocol."""
        self._head_came()
        self._read_on()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """See asyncio.Protocol. A head that comes whole, as nearly all do, needs no timer.

        One that has no end is cut off.
        """
        super().data_received(data)
        if self._under_way and self._late is None:
            self._expect_head()
        self._awaited = 0 if self._late is None else self._awaited + len(data)
        if max(self._awaited, self._named) > MOST_HEAD_BYTES and not self.transport.is_closing():
            told = b"".join(b"%s: %s\r\n" % pair for pair in self.safe)
            self.transport.write(TOO_LARGE + told + END)
            self.transport.close()

    def on_message_begin(self) -> None:
        """The first byte of a request's head is here."""
        self._head_came()
        super()._unset_keepalive_if_required()
        self._under_way = True
        self._awaited = self._named = 0
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header, or what trails a body in its place."""
        self._named += len(name) + len(value)
        if self._named <= MOST_HEAD_BYTES:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """All of it is here: whatever follows has the limits of a request."""
        self._head_came()
        most, crowded = self.config.limit_concurrency, self.crowded
        if most is not None and crowded is not None:
            self.limit_concurrency = None  # or uvicorn answers for itself
            over = len(self.connections) >= most or len(self.tasks) >= most
            self.app = crowded if over else self.config.loaded_app
        super().on_headers_complete()

    def pause_writing(self) -> None:
        """More is written than is read; see asyncio.Protocol."""
        super().pause_writing()
        self._watch_reader()

    def resume_writing(self) -> None:
        """See asyncio.Protocol."""
        self._read_on()
        super().resume_writing()

    def on_response_complete(self) -> None:
        """An answer is written, and may be the last."""
        super().on_response_complete()
        if self.transport.is_closing():
            self._watch_reader()

    def timeout_keep_alive_handler(self) -> None:
        """Nothing more was asked for: to be closed once what is written is read."""
        super().timeout_keep_alive_handler()
        self._watch_reader()

    def send_400_response(self, msg: str) -> None:
        """What is no HTTP never comes as far as the application."""
        with self._safely():
            super().send_400_response(msg)

    def handle_websocket_upgrade(self) -> None:
        """Nor does the first answer to a socket come from it."""
        with self._safely():
            super().handle_websocket_upgrade()

    @contextmanager
    def _safely(self) -> Iterator[None]:
        state = self.server_state
        self.server_state = copy(state)
        self.server_state.default_headers = [*state.default_headers, *self.safe]
        try:
            yield
        finally:
            self.server_state = state

    def _expect_head(self) -> None:
        self._late = self.loop.call_later(self.head_seconds, self.transport.close)

    def _unset_keepalive_if_required(self) -> None:
        """What still comes of a body that has its answer keeps nobody here any longer."""
        cycle = self.cycle
        if cycle is None or not cycle.response_complete or not cycle.more_body:
            super()._unset_keepalive_if_required()

    def _watch_reader(self) -> None:
        if self._unread is None and (left := self.transport.get_write_buffer_size()):
            self._unread = self.loop.call_later(self.reader_seconds, self._look_at_reader, left)

    def _look_at_reader(self, before: int) -> None:
        self._unread = None
        left = self.transport.get_write_buffer_size()
        if is_stuck(before, left):
            self.transport.abort()
        else:
            self._watch_reader()

    def _read_on(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def _head_came(self) -> None:
        self._under_way = False
        if self._late is not None:
            self._late.cancel()
            self._late = None


def is_stuck(before: int, left: int) -> bool:
    """Whether too little was taken of so many bytes."""
    return left > max(before - READER_BYTES, 0)


def with_patience(head_seconds: float) -> type[CoalescingProtocol]:
    """The protocol for servers that wait so long for a head."""
    return type("Patient", (CoalescingProtocol,), {"head_seconds": head_seconds})


class CoalescingTransport:
    """A transport that sends what is written in one turn of the loop together, at its end."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._written: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """See asyncio.WriteTransport."""
        if not self._written:
            self._loop.call_soon(self._send)
        self._written.append(data)

    def close(self) -> None:
        """Send what is written, then close."""
        self._send()
        self._transport.close()

    def _send(self) -> None:
        written, self._written = self._written, []
        if written:
            self._transport.writelines(written)
