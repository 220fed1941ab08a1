"""The keys that an OIDC issuer publishes: read when needed, kept, and read again on rotation."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import orjson
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, KeySet

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal

DISCOVERY = "/.well-known/openid-configuration"
FRESH_SECONDS = 3_600.0
PAUSE_SECONDS = 30.0
TIMEOUT_SECONDS = 5.0
LARGEST_ANSWER = 1_000_000
PUBLIC_KINDS = ("RSA", "EC", "OKP")
UNREADABLE = (httpx.HTTPError, httpx.InvalidURL, JoseError, ValueError, TypeError, KeyError)

log = logging.getLogger("tsur.issuer")


class _Unreadable(ValueError):
    """The issuer answered, but not what discovery or a key set is."""


@dataclass
class Issuer:
    """One issuer for the whole process; `name` is its address, exactly as tokens say it.

    `monotonic` gives seconds of a clock that never goes back.
    """

    name: str
    client: httpx.AsyncClient
    monotonic: Callable[[], float] = time.monotonic
    _keys: KeySet | None = None
    _read_at: float = float("-inf")
    _tried_at: float = float("-inf")
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def keys(self, kid: str | None) -> KeySet:
        """The issuer's signing keys; read anew when stale or when none has this id.

        The issuer is asked at most once in half a minute, whatever tokens arrive. While it does
        not answer, the keys known so far hold; without any, Refusal(UNAUTHENTICATED).
        """
        if not self._knows(kid):
            async with self._lock:
                if not self._knows(kid) and self.monotonic() - self._tried_at >= PAUSE_SECONDS:
                    await self._read()
        if self._keys is None:
            raise Refusal(RefusalCode.UNAUTHENTICATED, "Сервер входа не отвечает, войти нельзя")
        return self._keys

    def _knows(self, kid: str | None) -> bool:
        if self._keys is None or self.monotonic() - self._read_at > FRESH_SECONDS:
            return False
        return kid is None or any(key.kid == kid for key in self._keys)

    async def _read(self) -> None:
        self._tried_at = self.monotonic()
        try:
            configuration = await self._get(self.name.rstrip("/") + DISCOVERY)
            if configuration.get("issuer") != self.name:
                raise _Unreadable("discovery names another issuer")
            self._keys = _key_set(await self._get(str(configuration.get("jwks_uri"))))
            self._read_at = self.monotonic()
        except UNREADABLE as error:
            log.warning("the issuer's keys could not be read: %s", type(error).__name__)

    async def _get(self, url: str) -> dict[str, Any]:
        body = bytearray()
        async with self.client.stream("GET", url, timeout=TIMEOUT_SECONDS) as response:
            response.raise_for_status()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > LARGEST_ANSWER:
                    raise _Unreadable("the answer is too long")
        content = orjson.loads(body)
        if not isinstance(content, dict):
            raise _Unreadable("not an object")
        return content


@asynccontextmanager
async def reading_issuer(name: str) -> AsyncIterator[Issuer]:
    """The issuer with a client of its own while the block runs."""
    async with httpx.AsyncClient() as client:
        yield Issuer(name, client)


def _key_set(content: dict[str, Any]) -> KeySet:
    """Public signing keys alone: a symmetric key in the set would let its readers sign."""
    published = content.get("keys")
    if not isinstance(published, list):
        raise _Unreadable("not a key set")
    usable = [
        JWKRegistry.import_key(key)
        for key in published
        if isinstance(key, dict) and key.get("kty") in PUBLIC_KINDS and key.get("use") != "enc"
    ]
    if not usable:
        raise _Unreadable("no usable key")
    return KeySet(usable)
