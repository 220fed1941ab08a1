"""A browser without scripts: cookies, forms as they are sent, what stands in a page."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html import unescape

import httpx
import pytest

from core.kernel.region import Region
from schema.web.app import create_app
from tests.fixtures.office import staffed


@dataclass
class Visitor:
    """Somebody at the pages of one region."""

    region: Region
    http: httpx.AsyncClient

    async def get(self, path: str = "", **asked: str) -> httpx.Response:
        return await self.http.get(f"/{self.region.code}/{path}", params=asked)

    async def enter(self, role: str) -> httpx.Response:
        self.http.cookies.clear()
        return await self.get(f"login/demo/{role}")

    async def send(self, path: str, **typed: str) -> httpx.Response:
        """Fill the form of the page and press its button."""
        shown = (await self.get(path)).text
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', shown))
        return await self.http.post(f"/{self.region.code}/{path}", data={**hidden, **typed})


def heading(answer: httpx.Response) -> str:
    """The one h1 of a page."""
    (found,) = re.findall(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL)
    return unescape(found)


def carried(page: str, part: str = "") -> str:
    """The link of the page that carries a number of this part, and its moment."""
    links = [unescape(one) for one in re.findall(r'href="([^"]*[?;&]was=[^"]*)"', page)]
    ending = f"&of={part}#" if part else "was="
    return next(one for one in links if ending in one)


def became(page: str) -> str | None:
    """What a page says of the number that opened it, without its marks."""
    found = re.findall(r'aria-label="Что стало с числом"><p>(.*?)</p>', page)
    return re.sub(r"<[^>]+>", "", unescape(found[0])) if found else None


@asynccontextmanager
async def visiting(region: Region) -> AsyncIterator[Visitor]:
    """The pages of a region whose officials are in its directory."""
    app = create_app(region.settings, [region], jobs=False)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as http,
    ):
        yield Visitor(region, http)


@pytest.fixture
async def visitor(polygon: Region) -> AsyncIterator[Visitor]:
    """The polygon with an official of each role that the tests come in by."""
    await staffed(polygon)
    async with visiting(polygon) as shown:
        yield shown
