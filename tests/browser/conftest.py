"""A region served on a port of this machine, and a browser to look at it with."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
import uvicorn

from core.kernel.region import Region
from schema.web.app import create_app
from tests.browser.hands import HERE, Browser, browsing

__all__ = ["HERE", "served"]
PATIENCE_SECONDS = 30


@pytest.fixture(scope="session")
def chromium() -> str:
    """Chromium with what drives it; the test is skipped where something of it is missing."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    if shutil.which("node") is None or not (HERE / "node_modules" / "axe-core").is_dir():
        pytest.skip("no playwright-core and axe-core here: npm ci --prefix tests/browser")
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One for all tests of a session."""
    with browsing(chromium) as process:
        yield process


class Server(uvicorn.Server):
    """Tells when it has started."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


@dataclass
class Serving:
    """A region at a port of its own, which it keeps when it is ended and begun anew."""

    region: Region
    port: int = 0
    server: Server | None = None
    listening: socket.socket | None = None
    running: asyncio.Task[None] | None = None

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    async def begin(self) -> None:
        """Serve, and answer."""
        app = create_app(self.region.settings, [self.region], jobs=False)
        config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="on")
        self.server = Server(config)
        self.listening = listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self.port))
        self.port = listening.getsockname()[1]
        self.running = asyncio.create_task(self.server.serve([listening]))
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self.server.ready.wait()

    async def end(self, *, at_once: bool = False) -> None:
        """Answer nobody any more; `at_once` those neither who are being answered."""
        assert self.server is not None
        assert self.running is not None
        self.server.should_exit, self.server.force_exit = True, at_once
        await self.running
        if at_once:
            await self.server.lifespan.shutdown()
        assert self.listening is not None
        self.listening.close()


@asynccontextmanager
async def served(region: Region) -> AsyncIterator[str]:
    """The address at which the region is served meanwhile."""
    serving = Serving(region)
    await serving.begin()
    yield serving.address
    await serving.end()
