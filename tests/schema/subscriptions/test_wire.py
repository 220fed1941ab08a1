"""A subscription over a real connection: the server's own way of writing lets sockets through."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import orjson
import pytest
import uvicorn
from starlette.applications import Starlette

from core.commands.packets import with_patience
from core.kernel.access import system
from core.kernel.events import Event
from core.region.tokens import demo_token
from tests.fixtures.serving import Server
from tests.fixtures.sockets import PROTOCOL
from tests.schema.conftest import Api
from tests.schema.subscriptions.test_stream import EVENTS

events = pytest.importorskip("wsproto.events")
wsproto = pytest.importorskip("wsproto")
SECONDS = 20


class Client:
    """A socket as another program opens it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._protocol = wsproto.WSConnection(wsproto.ConnectionType.CLIENT)
        self._come: list[Any] = []

    async def hear(self) -> Any:
        """The next event of the socket."""
        while not self._come:
            async with asyncio.timeout(SECONDS):
                self._protocol.receive_data(await self._reader.read(65_536) or None)
            self._come.extend(self._protocol.events())
        return self._come.pop(0)

    def say(self, event: Any) -> None:
        """Send an event of the socket."""
        self._writer.write(self._protocol.send(event))

    async def close(self) -> None:
        """Go away as it is done."""
        self.say(events.CloseConnection(1000))
        self._writer.close()
        await self._writer.wait_closed()

    def send(self, **message: Any) -> None:
        """Send a message of the protocol."""
        self.say(events.TextMessage(orjson.dumps(message).decode()))


async def test_an_event_comes_over_a_real_connection(api: Api, app: Starlette) -> None:
    async def within(scope: Any, receive: Any, send: Any) -> None:
        await app(scope, receive, send)

    config = uvicorn.Config(within, lifespan="off", log_level="error", http=with_patience(10.0))
    server = Server(config)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        running = asyncio.create_task(server.serve([listening]))
        try:
            async with asyncio.timeout(SECONDS):
                await server.ready.wait()
            host, port = listening.getsockname()
            client = Client(*await asyncio.open_connection(host, port))
            client.say(events.Request(f"{host}:{port}", api.path, subprotocols=[PROTOCOL]))
            accepted = await client.hear()
            assert accepted.subprotocol == PROTOCOL
            token = f"Bearer {demo_token(api.region, 'curator')}"
            client.send(type="connection_init", payload={"Authorization": token})
            assert orjson.loads((await client.hear()).data) == {"type": "connection_ack"}
            cursor = (await api.data("{ eventCursor }", "curator"))["eventCursor"]
            asked = {"query": EVENTS, "variables": {"after": cursor}}
            client.send(id="1", type="subscribe", payload=asked)
            async with api.region.work(system()) as work:
                await work.record(Event("job.parked", "job:1", after={"step": 1}))
            told = orjson.loads((await client.hear()).data)
            assert told["payload"]["data"]["events"]["subject"] == "job:1"
            await client.close()
        finally:
            server.should_exit = True
            await running
