"""Answers leave in as few packets as they can, and whole."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import cast

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from core.commands.packets import (
    MOST_HEAD_BYTES,
    CoalescingProtocol,
    CoalescingTransport,
    is_stuck,
    with_patience,
)

ASKED = b"GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"


@dataclass
class Sent:
    """What a transport was given to send, and whether it was closed."""

    packets: list[list[bytes]] = field(default_factory=list)
    closed: bool = False

    def writelines(self, written: list[bytes]) -> None:
        assert not self.closed
        self.packets.append(written)

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed


def turns() -> tuple[CoalescingTransport, Sent]:
    sent = Sent()
    return CoalescingTransport(cast(asyncio.Transport, sent)), sent


async def test_one_turn_of_the_loop_is_one_packet() -> None:
    transport, sent = turns()
    transport.write(b"head")
    transport.write(b"body")
    assert sent.packets == []
    await asyncio.sleep(0)
    transport.write(b"next")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert sent.packets == [[b"head", b"body"], [b"next"]]


async def test_what_is_written_is_sent_before_the_end() -> None:
    transport, sent = turns()
    transport.write(b"last words")
    transport.close()
    await asyncio.sleep(0)
    assert (sent.packets, sent.closed, transport.is_closing()) == ([[b"last words"]], True, True)


async def _pieces() -> AsyncIterator[bytes]:
    for piece in (b"one ", b"two ", b"three"):
        yield piece
        await asyncio.sleep(0.01)


async def _whole(_: Request) -> Response:
    return PlainTextResponse("whole")


async def _in_pieces(_: Request) -> Response:
    return StreamingResponse(_pieces(), headers={"content-length": "13"})


async def _echo(request: Request) -> Response:
    return PlainTextResponse(await request.body())


async def _unread(_: Request) -> Response:
    return PlainTextResponse("unread")


async def _long(_: Request) -> Response:
    return PlainTextResponse(b"a" * 20_000_000)


ROUTES = [
    Route("/unread", _unread, methods=["POST"]),
    Route("/long", _long),
    Route("/whole", _whole),
    Route("/pieces", _in_pieces),
    Route("/echo", _echo, methods=["POST"]),
]


@asynccontextmanager
async def serving(
    http: type[CoalescingProtocol] = CoalescingProtocol, most: int | None = None, idle: int = 60
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection to a server that answers by turns."""
    app = Starlette(routes=ROUTES)
    config = uvicorn.Config(
        app,
        http=http,
        port=0,
        log_level="critical",
        limit_concurrency=most,
        timeout_keep_alive=idle,
    )
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    reader, writer = await asyncio.open_connection(*server.servers[0].sockets[0].getsockname())
    try:
        yield reader, writer
    finally:
        writer.close()
        await server.shutdown()


async def answer(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """The status line and the body of the next answer."""
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 60)
    status, *headers = head.lower().splitlines()
    lengths = [int(line.split(b":")[1]) for line in headers if line.startswith(b"content-length")]
    return status, await reader.readexactly(*(lengths or [0]))


async def test_answers_come_whole_and_in_order() -> None:
    async with serving() as (reader, writer):
        writer.write(ASKED % b"/whole" + ASKED % b"/pieces" + ASKED % b"/whole")
        bodies = [(await answer(reader))[1] for _ in range(3)]
    assert bodies == [b"whole", b"one two three", b"whole"]


async def test_a_client_that_waits_to_be_told_to_go_on_is_told() -> None:
    head = b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n%s\r\n"
    async with serving() as (reader, writer):
        writer.write(head % b"Expect: 100-continue\r\n")
        assert await answer(reader) == (b"http/1.1 100 continue", b"")
        writer.write(b"said")
        assert await answer(reader) == (b"http/1.1 200 ok", b"said")


async def test_an_answer_that_ends_the_connection_is_whole() -> None:
    async with serving() as (reader, writer):
        writer.write((ASKED % b"/whole").replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        assert await answer(reader) == (b"http/1.1 200 ok", b"whole")
        assert await asyncio.wait_for(reader.read(), 60) == b""


@pytest.mark.parametrize("said", [b"", b"GET / HTTP/1.1\r\nHost:"])
async def test_whose_head_takes_too_long_is_cut_off(said: bytes) -> None:
    async with serving(with_patience(0.05)) as (reader, writer):
        writer.write(said)
        assert await asyncio.wait_for(reader.read(), 60) == b""


async def test_what_still_comes_of_an_answered_body_keeps_nobody() -> None:
    head = b"POST /unread HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n"
    async with serving(idle=1) as (reader, writer):
        writer.write(head)
        assert await answer(reader) == (b"http/1.1 200 ok", b"unread")
        ended = asyncio.create_task(reader.read())
        for _ in range(600):
            if ended.done():
                break
            writer.write(b"a")
            await asyncio.sleep(0.1)
        assert ended.done()


async def test_the_next_request_after_a_body_that_came_late_is_answered() -> None:
    head = b"POST /unread HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n"
    async with serving() as (reader, writer):
        writer.write(head)
        assert await answer(reader) == (b"http/1.1 200 ok", b"unread")
        writer.write(b"late" + ASKED % b"/whole")
        assert await answer(reader) == (b"http/1.1 200 ok", b"whole")


@pytest.mark.parametrize("more", [b"", b"Connection: close\r\n"])
async def test_who_does_not_read_his_answer_is_cut_off(more: bytes) -> None:
    lost = asyncio.Event()

    class Watched(CoalescingProtocol):
        reader_seconds = 0.2

        def connection_lost(self, exc: Exception | None) -> None:
            super().connection_lost(exc)
            lost.set()

    async with serving(Watched) as (_, writer):
        writer.write(b"GET /long HTTP/1.1\r\nHost: localhost\r\n" + more + b"\r\n")
        await asyncio.wait_for(lost.wait(), 60)


@pytest.mark.parametrize(
    ("before", "left", "stuck"),
    [
        (1_000_000, 1_000_000, True),
        (1_000_000, 999_999, True),
        (1_000_000, 970_000, False),
        (20_000, 20_000, True),
        (20_000, 1, True),
        (20_000, 0, False),
    ],
)
def test_who_reads_slowly_but_reads_is_not_stuck(before: int, left: int, stuck: bool) -> None:
    assert is_stuck(before, left) is stuck


@pytest.mark.parametrize(
    "piece",
    [b"a", b"a" * 500 + b": b\r\n"],
    ids=["one header", "many"],
)
async def test_a_head_without_end_is_refused(piece: bytes) -> None:
    async with serving() as (reader, writer):
        writer.write(b"GET /whole HTTP/1.1\r\nHost: localhost\r\n")
        sent = 0
        with suppress(ConnectionError):
            while sent < 20 * MOST_HEAD_BYTES and not reader.at_eof():
                writer.write(piece * (16_000 // len(piece)))
                sent += 16_000
                await writer.drain()
                await asyncio.sleep(0)
            status, _ = await answer(reader)
            assert status.startswith(b"http/1.1 431")
        assert sent < 20 * MOST_HEAD_BYTES


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (b"GARBAGE\r\n\r\n", b" 400 "),
        (b"GET / HTTP/9.9\r\n\r\n", b" 400 "),
        (b"GET / HTTP/1.1\r\n" + b"a" * 70_000 + b": b\r\n", b" 431 "),
    ],
)
async def test_what_comes_no_farther_is_answered_as_safely(said: bytes, status: bytes) -> None:
    http = type("Safe", (CoalescingProtocol,), {"safe": ((b"x-safe", b"yes"),)})
    async with serving(http) as (reader, writer):
        writer.write(said)
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 60)
    assert status in head.splitlines()[0]
    assert head.count(b"x-safe: yes\r\n") == 1


async def test_one_too_many_is_told_so_and_the_next_is_not() -> None:
    crowded = PlainTextResponse("crowded", 503, {"connection": "close"})
    http = type("Full", (CoalescingProtocol,), {"crowded": staticmethod(crowded)})
    async with serving(http, most=2) as (reader, writer):
        other, closing = await asyncio.open_connection(*writer.get_extra_info("peername"))
        closing.write(ASKED % b"/whole")
        assert await answer(other) == (b"http/1.1 503 service unavailable", b"crowded")
        assert await asyncio.wait_for(other.read(), 60) == b""
        closing.close()
        writer.write(ASKED % b"/whole")
        assert await answer(reader) == (b"http/1.1 200 ok", b"whole")


async def test_so_is_what_trails_a_body_without_end() -> None:
    head = b"POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
    async with serving() as (reader, writer):
        writer.write(head + (b"a" * 500 + b": b\r\n") * 1_000)
        told = b""
        with suppress(ConnectionError):  # what we still send may be answered by a reset
            told = await asyncio.wait_for(reader.read(), 60)
        assert b" 200 " not in told


async def test_so_is_the_second_head_of_a_connection() -> None:
    async with serving(with_patience(1.0)) as (reader, writer):
        writer.write(ASKED % b"/whole" + b"GET / HTTP/1.1\r\n")
        assert await answer(reader) == (b"http/1.1 200 ok", b"whole")
        assert await asyncio.wait_for(reader.read(), 60) == b""
