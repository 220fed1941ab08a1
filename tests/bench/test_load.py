from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from bench.load import BadAnswer, ask, drive

ANSWER = b'{"data":{"appeal":null}}'
REQUEST = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n"


def whole(body: bytes, status: bytes = b"200 OK") -> bytes:
    return b"HTTP/1.1 %b\r\nContent-Length: %d\r\n\r\n%b" % (status, len(body), body)


def chunked(body: bytes) -> bytes:
    half = len(body) // 2
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(p), p) for p in (body[:half], body[half:]))
    return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n"


@contextmanager
def answering(answer: bytes) -> Iterator[int]:
    """A server of the loopback address that says the same to everybody; its port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve(client: socket.socket) -> None:
            with client, suppress(OSError):  # a client that has given up closes in the middle
                while client.recv(65_536):
                    client.sendall(answer)

        def accept() -> None:
            with suppress(OSError):
                for _ in range(2):
                    client, _ = listener.accept()
                    threading.Thread(target=serve, args=(client,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield listener.getsockname()[1]


@pytest.mark.parametrize("answer", [whole(ANSWER), chunked(ANSWER)])
def test_an_answer_is_read_to_its_end(answer: bytes) -> None:
    with answering(answer) as port:
        assert ask(port, REQUEST) == ANSWER


def test_every_connection_is_answered_at_least_once() -> None:
    with answering(whole(ANSWER)) as port:
        load = drive(port, [REQUEST], connections=2, seconds=0)

    assert load.answers == 2


@pytest.mark.parametrize(
    "answer",
    [
        whole(b'{"data":null,"errors":[{"message":"no"}]}'),
        whole(ANSWER, status=b"503 Service Unavailable"),
    ],
)
def test_a_refusal_is_never_counted_as_an_answer(answer: bytes) -> None:
    with answering(answer) as port, pytest.raises(BadAnswer):
        drive(port, [REQUEST], connections=2, seconds=0.1)
