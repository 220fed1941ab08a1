"""The load: so many connections to the loopback address, on each one request after another.

Every connection waits for its answer before it asks again, so that the concurrency is the number
of connections. One thread, no parsing beyond the end of the answer: it must not be the bottleneck,
and says how busy it was.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from statistics import median

LARGEST_ANSWER = 1 << 20
SILENCE_SECONDS = 30
MOST_SECONDS = 600
ERRORS = b'"errors":['


class BadAnswer(Exception):
    """The server broke off, or answered with errors or another status than 200."""


@dataclass(frozen=True, slots=True)
class Load:
    """What was done: answers, the seconds it took, and the part of them the loader worked."""

    answers: int
    seconds: float
    busy: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answers / self.seconds


def drive(port: int, requests: Sequence[bytes], connections: int, seconds: float) -> Load:
    """Send the requests in turn over so many connections for so many seconds."""
    seconds = min(seconds, MOST_SECONDS)
    following = cycle(requests)
    clients = [_connected(port) for _ in range(connections)]
    worked, began = time.process_time(), time.perf_counter()
    try:
        answers = _exchange(clients, following, began + seconds)
    finally:
        for client in clients:
            client.close()
    lasted = time.perf_counter() - began
    return Load(answers, lasted, (time.process_time() - worked) / lasted)


def ask(port: int, request: bytes) -> bytes:
    """The body of one answer."""
    with _connected(port) as client:
        client.setblocking(True)
        client.settimeout(SILENCE_SECONDS)
        client.sendall(request)
        received = b""
        while not _complete(received):
            received += _received(client)
    return _body(received)


def _exchange(clients: Sequence[socket.socket], following: cycle[bytes], until: float) -> int:
    """Ask until the time is up, then wait for what is still being answered; how many answers."""
    sockets = {client.fileno(): client for client in clients}
    answers, pending = 0, dict.fromkeys(sockets, b"")
    with selectors.DefaultSelector() as selector:
        for client in clients:
            selector.register(client, selectors.EVENT_READ)
            client.sendall(next(following))
        while pending:
            ready = selector.select(SILENCE_SECONDS)
            if not ready:
                raise BadAnswer(f"no answer for {SILENCE_SECONDS} seconds")
            for key, _ in ready:
                client = sockets[key.fd]
                received = pending[key.fd] + _received(client)
                if not _complete(received):
                    pending[key.fd] = received
                    continue
                if ERRORS in received:  # GraphQL refuses with status 200, and refusing is fast
                    raise BadAnswer(_body(received)[:2_000].decode(errors="replace"))
                answers += 1
                if time.perf_counter() < until:
                    pending[key.fd] = b""
                    client.sendall(next(following))
                else:
                    del pending[key.fd]
                    selector.unregister(client)
    return answers


def _connected(port: int) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port), timeout=SILENCE_SECONDS)
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    client.setblocking(False)
    return client


def _received(client: socket.socket) -> bytes:
    part = client.recv(LARGEST_ANSWER)
    if not part:
        raise BadAnswer("the server closed the connection")
    return part


def _complete(received: bytes) -> bool:
    """Whether the answer has arrived to its end; BadAnswer for any status but 200."""
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return False
    if not received.startswith(b"HTTP/1.1 200"):
        raise BadAnswer(received[:2_000].decode(errors="replace"))
    length = _length(received[:end])
    if length is None:
        return received.endswith(b"0\r\n\r\n")
    return len(received) >= end + 4 + length


def _length(head: bytes) -> int | None:
    """The Content-Length; None for an answer in chunks."""
    at = head.lower().find(b"\r\ncontent-length:")
    return None if at < 0 else int(head[at + 17 :].partition(b"\r\n")[0])


def _body(received: bytes) -> bytes:
    head, _, body = received.partition(b"\r\n\r\n")
    if _length(head) is not None:
        return body
    parts = []
    while (size := int(body.partition(b"\r\n")[0], 16)) > 0:
        body = body.partition(b"\r\n")[2]
        parts.append(body[:size])
        body = body[size + 2 :]
    return b"".join(parts)


def median_seconds(port: int, asked: Sequence[bytes], times: int) -> float:
    """Of an answer, by one connection that asks these in turn, so many times in all."""
    return median(seconds_of(port, asked, times))


def seconds_of(port: int, asked: Sequence[bytes], times: int) -> list[float]:
    """Of each answer, one after the other."""
    spent = []
    for number in range(times):
        began = time.perf_counter()
        ask(port, asked[number % len(asked)])
        spent.append(time.perf_counter() - began)
    return spent
