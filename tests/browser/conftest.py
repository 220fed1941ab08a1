"""A region served on a port of this machine, and a browser to look at it with."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

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


@asynccontextmanager
async def served(region: Region) -> AsyncIterator[str]:
    """The address at which the region is served meanwhile."""
    app = create_app(region.settings, [region], jobs=False)
    config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="on")
    server = Server(config)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        running = asyncio.create_task(server.serve([listening]))
        async with asyncio.timeout(PATIENCE_SECONDS):
            await server.ready.wait()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        await running
