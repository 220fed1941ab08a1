"""A request to somebody else's server, read when one is asked: it brings a whole HTTP client."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable, Mapping
from functools import cache

import httpx

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal

Lets = Callable[[str], bool]
MOST_BYTES = 100_000
SCHEMES = ("http", "https")


async def post(
    url: str, content: bytes, headers: Mapping[str, str], deadline: float, lets: Lets
) -> tuple[int, bytes]:
    """Status and body of the answer; Refusal(UNAVAILABLE) where there is none."""
    try:
        async with asyncio.timeout(deadline):
            return await _post(httpx.URL(url), content, headers, lets)
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, ValueError, OSError) as error:
        text = f"Сервер не ответил: {type(error).__name__}"
        raise Refusal(RefusalCode.UNAVAILABLE, text) from None


async def _post(
    url: httpx.URL, content: bytes, headers: Mapping[str, str], lets: Lets
) -> tuple[int, bytes]:
    address = await _address(url, lets)
    asked = {"Host": url.netloc.decode(), **headers}
    # What was looked at is asked, whatever the name says a moment later.
    there, more = url.copy_with(host=address), {"sni_hostname": url.host}
    async with (
        httpx.AsyncClient(trust_env=False, timeout=None, verify=_authorities()) as client,
        client.stream("POST", there, content=content, headers=asked, extensions=more) as answer,
    ):
        return answer.status_code, await _bounded(answer)


async def _address(url: httpx.URL, lets: Lets) -> str:
    if url.scheme not in SCHEMES or not url.host:
        raise httpx.UnsupportedProtocol(url.scheme)
    port = url.port or {"http": 80, "https": 443}[url.scheme]
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
    addresses = [str(one[4][0]) for one in found]
    if not all(map(lets, addresses)):
        text = f"Адрес {url.host} не из открытой сети, а настройки её требуют"
        raise Refusal(RefusalCode.FORBIDDEN, text)
    return addresses[0]


@cache
def _authorities() -> ssl.SSLContext:
    """Read once: it takes longer than most answers."""
    return httpx.create_ssl_context(trust_env=False)


async def _bounded(answer: httpx.Response) -> bytes:
    content = b""
    async for piece in answer.aiter_bytes():
        content += piece
        if len(content) > MOST_BYTES:
            raise ValueError("too large an answer")
    return content
