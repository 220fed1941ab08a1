"""The keys that an OIDC issuer publishes: read in the background, kept, and read again on rotation.

Whose key is known never waits for the issuer, whatever it does. Whose key is not known waits for
one reading of it at the most, which has one deadline over everything that it asks.
"""

from __future__ import annotations

import asyncio
import logging
import time
from base64 import urlsafe_b64decode
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
import orjson
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key, KeySet

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.region.tokens import ASYMMETRIC

DISCOVERY = "/.well-known/openid-configuration"
FRESH_SECONDS = 60.0
"""How long keys are not read again: so long a withdrawn one still opens the door."""

PAUSE_SECONDS = 10.0
BURST = 3
"""So many readings may follow each other at once, and one every pause: no token makes more."""

RETRY_SECONDS = 2.0
"""Between two readings of our own while it does not answer: nobody waits for a token to ask."""

DEADLINE_SECONDS = 5.0
LARGEST_ANSWER = 1_000_000
MOST_KEYS = 100
PUBLIC_KINDS = ("RSA", "EC", "OKP")
RSA_BITS = range(2_048, 8_193)
"""Shorter ones are broken, longer ones take long to check."""

UNREADABLE = (
    httpx.HTTPError, httpx.InvalidURL, JoseError, ValueError, TypeError, KeyError, OSError,
)  # fmt: skip

SILENT = "Сервер входа не отвечает, войти нельзя"

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
    deadline: float = DEADLINE_SECONDS
    _keys: KeySet | None = None
    _addresses: Mapping[str, str] = field(default_factory=dict)
    _read_at: float = float("-inf")
    _allowance: float = BURST
    _counted_at: float = float("-inf")
    _reading: asyncio.Task[None] | None = None
    _told: str | None = None
    _stopped: asyncio.Event = field(default_factory=asyncio.Event)

    async def keys(self, kid: str | None) -> KeySet:
        """The issuer's signing keys, at once where one has this id; else read anew, if it may be.

        While it does not answer, the keys known so far hold; whether another one is the issuer's
        nobody can tell: Refusal(UNAVAILABLE).
        """
        if not self._knows(kid) and (reading := self._begun()) is not None:
            await asyncio.shield(reading)
        elif self.monotonic() - self._read_at > FRESH_SECONDS:
            self._begun()
        if self._keys is None or (self._told is not None and not self._knows(kid)):
            raise Refusal(RefusalCode.UNAVAILABLE, SILENT)
        return self._keys

    async def address(self, name: str) -> str:
        """An address that discovery names; Refusal(UNAVAILABLE) where it does not or is silent."""
        if not self._addresses and (reading := self._begun()) is not None:
            await asyncio.shield(reading)
        if name not in self._addresses:
            raise Refusal(RefusalCode.UNAVAILABLE, SILENT)
        return self._addresses[name]

    async def attend(self) -> None:
        """Read the keys again and again, until `close`."""
        while not self._stopped.is_set():
            await asyncio.shield(self._standing() or self._started())
            with suppress(TimeoutError):
                async with asyncio.timeout(FRESH_SECONDS if self._told is None else RETRY_SECONDS):
                    await self._stopped.wait()

    async def close(self) -> None:
        """End what is being read."""
        self._stopped.set()
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)

    def _knows(self, kid: str | None) -> bool:
        if self._keys is None:
            return False
        return kid is None or any(key.kid == kid for key in self._keys)

    def _begun(self) -> asyncio.Task[None] | None:
        """The reading that runs, or a new one; None where it was read too often just now."""
        if (standing := self._standing()) is not None:
            return standing
        now = self.monotonic()
        passed = max(now - self._counted_at, 0.0) / PAUSE_SECONDS
        self._allowance = min(self._allowance + passed, float(BURST))
        self._counted_at = now
        if self._allowance < 1:
            return None
        self._allowance -= 1
        return self._started()

    def _standing(self) -> asyncio.Task[None] | None:
        return None if self._reading is None or self._reading.done() else self._reading

    def _started(self) -> asyncio.Task[None]:
        self._reading = asyncio.ensure_future(self._read())
        return self._reading

    async def _read(self) -> None:
        try:
            async with asyncio.timeout(self.deadline):
                self._keys = await self._published()
        except Exception as error:  # noqa: BLE001 - whatever it answers, it is read again later
            self._tell(type(error).__name__)
        else:
            self._read_at = self.monotonic()
            self._tell(None)

    def _tell(self, failure: str | None) -> None:
        """One line when it begins to fail, one when it answers again."""
        if failure != self._told:
            if failure is not None:
                log.warning("the issuer's keys could not be read: %s", failure)
            else:
                log.warning("the issuer's keys are read again")
        self._told = failure

    async def _published(self) -> KeySet:
        configuration = await self._get(self.name.rstrip("/") + DISCOVERY)
        if configuration.get("issuer") != self.name:
            raise _Unreadable("discovery names another issuer")
        address = configuration.get("jwks_uri")
        if not isinstance(address, str) or not self._is_safe(address):
            raise _Unreadable("discovery names no address of keys")
        keys = key_set(await self._get(address))
        self._addresses = {
            name: value
            for name, value in configuration.items()
            if name.endswith("_endpoint") and isinstance(value, str) and self._is_safe(value)
        }
        return keys

    def _is_safe(self, address: str) -> bool:
        """An issuer that is reached by https does not send us on without it."""
        own, scheme = urlsplit(self.name).scheme, urlsplit(address).scheme
        return scheme == "https" or scheme == own == "http"

    async def exchanged(self, form: Mapping[str, str], secret: str | None) -> dict[str, Any]:
        """What the issuer gives for a code; Refusal(UNAUTHENTICATED) where it refuses.

        Refusal(UNAVAILABLE) where it is silent, or says what nobody understands.

        `secret` is shown beside `client_id` of the form, as the issuer knows us.
        """
        url = await self.address("token_endpoint")
        auth = None if secret is None else httpx.BasicAuth(form["client_id"], secret)
        try:
            async with asyncio.timeout(self.deadline):
                return await self._get(url, "POST", data=dict(form), auth=auth)
        except UNREADABLE as error:
            if not (isinstance(error, httpx.HTTPStatusError) and error.response.is_client_error):
                raise Refusal(RefusalCode.UNAVAILABLE, SILENT) from error
            text = "Сервер входа не подтвердил вход: войдите снова"
            raise Refusal(RefusalCode.UNAUTHENTICATED, text) from error

    async def _get(self, url: str, method: str = "GET", **given: Any) -> dict[str, Any]:
        body = bytearray()
        async with self.client.stream(method, url, follow_redirects=False, **given) as response:
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
    """The issuer with a client of its own, attended to while the block runs."""
    async with httpx.AsyncClient(timeout=DEADLINE_SECONDS) as client:
        issuer = Issuer(name, client)
        attending = asyncio.ensure_future(issuer.attend())
        try:
            yield issuer
        finally:
            await issuer.close()
            await asyncio.gather(attending, return_exceptions=True)


def key_set(content: dict[str, Any]) -> KeySet:
    """The public signing keys that are known here; the others are passed over (RFC 7517, 5).

    A symmetric key in the set would let its readers sign.
    """
    published = content.get("keys")
    if not isinstance(published, list):
        raise _Unreadable("not a key set")
    usable = [key for one in published[:MOST_KEYS] if (key := _usable(one)) is not None]
    if not usable:
        raise _Unreadable("no usable key")
    return KeySet(usable)


def _usable(published: object) -> Key | None:
    if not isinstance(published, dict) or published.get("kty") not in PUBLIC_KINDS:
        return None
    if published.get("use", "sig") != "sig" or published.get("alg", "EdDSA") not in ASYMMETRIC:
        return None
    if "verify" not in (published.get("key_ops") or ["verify"]):
        return None
    if published["kty"] == "RSA" and _bits(published.get("n")) not in RSA_BITS:
        return None
    public = {name: value for name, value in published.items() if name not in PRIVATE}
    try:
        key: Key = JWKRegistry.import_key(public)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError, NotImplementedError):
        return None  # of a curve or in a form that nobody here knows
    return key


def _bits(modulus: object) -> int:
    """The length of a number as a key says it; 0 for what is none."""
    if not isinstance(modulus, str):
        return 0
    try:
        content = urlsafe_b64decode(modulus + "=" * (-len(modulus) % 4))
    except ValueError:
        return 0
    return int.from_bytes(content).bit_length()


PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
