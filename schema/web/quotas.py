"""How often somebody may ask: by who it is, or by the address where nobody is known.

Counted in Redis where the broker is one, so that all processes count together; else, or while Redis
does not answer, in the process.
"""

from __future__ import annotations

import importlib
import logging
import math
import time
from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from core.kernel.codes import RefusalCode
from core.kernel.region import Region
from core.kernel.settings import Settings
from core.kernel.tokens import digest_of
from schema.graphql.operation import HttpRefusal

STRATEGIES = "limits.aio.strategies"
STORAGES = "limits.storage"
LIMITS = "limits"
REDIS = "redis.asyncio"
"""Read where something is counted: the library takes a while."""

ByLink = Callable[[Region | None, Request], Awaitable[Response]]
"""What answers to whoever has a link; 404 for one that leads nowhere."""

OFF = "off"
TIMEOUT_SECONDS = 0.5
"""How long Redis may take to count."""

AWAY_SECONDS = 5.0
"""How long it is left alone after it did not."""

TEXT = "Запросов слишком много: повторите через {seconds} с"

log = logging.getLogger("tsur.requests")


class Counted(StrEnum):
    """What is counted; the value is the name of its setting."""

    ACTOR = "rate_actor"
    ADDRESS = "rate_address"
    LOGINS = "rate_logins"
    LINKS = "rate_links"


IN_PRODUCTION = {
    Counted.ACTOR: "1200/minute",
    Counted.ADDRESS: "300/minute",
    Counted.LOGINS: "20/minute",
    Counted.LINKS: "30/minute",
}


class Quota(NamedTuple):
    """What is left: of how many, until when, in seconds from now."""

    limit: int
    remaining: int
    seconds: int
    over: bool = False

    @property
    def headers(self) -> Mapping[str, str]:
        """As answers tell it."""
        told = {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.seconds),
        }
        return {**told, "Retry-After": str(self.seconds)} if self.over else told

    @property
    def refusal(self) -> HttpRefusal:
        """What is answered beyond it."""
        text = TEXT.format(seconds=self.seconds)
        return HttpRefusal(429, text, RefusalCode.TOO_OFTEN, self.headers)


class Quotas:
    """The quotas of one process; `take` counts one more."""

    def __init__(self, settings: Settings) -> None:
        said = {one: getattr(settings, one.value) for one in Counted}
        usual = IN_PRODUCTION if settings.production else dict.fromkeys(Counted, OFF)
        rates = {one: said[one] or usual[one] for one in Counted}
        self._rates = {one: rate for one, rate in rates.items() if rate != OFF}
        self._items: dict[Counted, Any] = {}
        self._counters: list[Any] = []
        self._away_until, self._told = 0.0, -math.inf
        if self._rates:
            parse = importlib.import_module(LIMITS).parse
            self._items = {one: parse(rate) for one, rate in self._rates.items()}
            self._counters = _counters(settings)

    def counts(self, counted: Counted) -> bool:
        """Whether any of these are counted here at all."""
        return counted in self._items

    async def close(self) -> None:
        """Let go of Redis."""
        for counter in self._counters[:-1]:
            await counter.storage.bridge.storage.aclose(close_connection_pool=True)

    async def take(self, counted: Counted, region: str, whose: str) -> Quota | None:
        """What is left after this one; None where nothing is counted."""
        item = self._items.get(counted)
        if item is None:
            return None
        for counter in self._counters[:-1]:
            if (quota := await self._together(counter, item, region, whose)) is not None:
                return quota
        return await _taken(self._counters[-1], item, region, whose)

    async def _together(self, counter: Any, item: Any, region: str, whose: str) -> Quota | None:
        """What Redis counts; None while it is away: one asks now and then, nobody else waits."""
        now = time.monotonic()
        if now < self._away_until:
            return None
        if self._away_until:
            self._away_until = now + AWAY_SECONDS
        try:
            quota = await _taken(counter, item, region, whose)
        except Exception as error:  # noqa: BLE001 - whatever it is, the process counts itself
            self._away_until = time.monotonic() + AWAY_SECONDS
            if now - self._told >= AWAY_SECONDS:
                self._told = now
                log.warning("quotas are counted in the process: %s", type(error).__name__)
            return None
        self._away_until = 0.0
        return quota

    async def require(self, counted: Counted, region: str, whose: str) -> Quota | None:
        """The same; HttpRefusal(429) beyond it."""
        quota = await self.take(counted, region, whose)
        if quota is not None and quota.over:
            raise quota.refusal
        return quota


async def by_link(quotas: Quotas, region: Region, request: Request, answer: ByLink) -> Response:
    """What a link opens; HttpRefusal where it is opened, or an address tries wrong ones, too often.

    Each by itself: filters open every link of a whole post, and many people have one address.
    """
    opened = digest_of("opening", request.path_params["token"])
    await quotas.require(Counted.ACTOR, region.code, opened)
    page = await answer(region, request)
    if page.status_code == 404:
        address = request.client.host if request.client else ""
        await quotas.require(Counted.LINKS, region.code, address)
    return page


async def _taken(counter: Any, item: Any, region: str, whose: str) -> Quota:
    within = await counter.hit(item, region, whose)
    reset, remaining = await counter.get_window_stats(item, region, whose)
    seconds = max(math.ceil(reset - time.time()), 1)
    return Quota(item.amount, max(remaining, 0), seconds, not within)


def _counters(settings: Settings) -> list[Any]:
    """Where it is counted: Redis first, if there is one, and the process."""
    storage, counting = importlib.import_module(STORAGES), importlib.import_module(STRATEGIES)
    made = [storage.storage_from_string("async+memory://")]
    broker = settings.broker_url or ""
    if broker.startswith(("redis://", "rediss://")):
        # Of a pool, for `limits` takes the address apart by rules of its own: no port, no storage.
        pool = importlib.import_module(REDIS).ConnectionPool.from_url(
            broker, socket_timeout=TIMEOUT_SECONDS, socket_connect_timeout=TIMEOUT_SECONDS
        )
        options = {"implementation": "redispy", "connection_pool": pool, "wrap_exceptions": True}
        prefix = f"{settings.queue_prefix}.quotas"
        made.insert(0, storage.storage_from_string("async+redis://", key_prefix=prefix, **options))
    return [counting.FixedWindowRateLimiter(one) for one in made]
