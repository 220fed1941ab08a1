"""Who stands behind a token, remembered for a moment: checking a signature costs more than a page.

What is remembered is forgotten when the token expires, when the day changes, when anything is
committed by this process, and in any case after `TSUR_ACTOR_SECONDS`: that is how long a dismissal
or a changed appointment written by another process can go unnoticed here. 0 remembers nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import sha256
from math import inf
from time import monotonic

from core.directory.service import actor_of
from core.kernel.access import Actor
from core.kernel.region import Region
from core.kernel.rules.calendar import local_date
from core.region.tokens import LEEWAY_SECONDS, Verifier, expiry_of

MOST_REMEMBERED = 10_000
SUBJECT = "subject "
"""No token begins so: it has no space."""


@dataclass(frozen=True, slots=True)
class _Remembered:
    actor: Actor
    ends: float
    forgotten_at: float


class Actors:
    """The actors of one region. `monotonic` gives seconds of a clock that never goes back."""

    def __init__(
        self, region: Region, verifier: Verifier, monotonic: Callable[[], float] = monotonic
    ) -> None:
        self._region, self._verifier, self._monotonic = region, verifier, monotonic
        self._remembered: dict[bytes, _Remembered] = {}
        self._met: dict[Actor, Actor] = {}
        self._names: dict[str, tuple[str, float]] = {}
        self._asked: dict[bytes, asyncio.Future[Actor]] = {}
        self._commits = 0
        region.database.after_commit.append(self._forget)

    async def actor(self, token: str, now: datetime) -> Actor:
        """The actor of a token; Refusal(UNAUTHENTICATED) for one that does not stand."""
        if (known := self.known(token, now)) is not None:
            return known
        key = _key(token)
        if key not in self._asked:
            self._asked[key] = asyncio.ensure_future(self._by_token(token, key, now))
        return await asyncio.shield(self._asked[key])

    async def official(self, subject: str, now: datetime) -> Actor:
        """The actor of a subject whose session stands: pages are looked at one after the other."""
        key = _key(f"{SUBJECT}{subject}")
        if (known := self._known(key, now)) is not None:
            return known
        if key not in self._asked:
            self._asked[key] = asyncio.ensure_future(self._of(subject, key, now, inf))
        return await asyncio.shield(self._asked[key])

    async def name(self, subject: str, ask: Callable[[], Awaitable[str]]) -> str:
        """What `ask` says that an official is called, remembered as long as his rights are."""
        known = self._names.get(subject)
        if known is not None and self._monotonic() < known[1]:
            return known[0]
        commits, until = self._commits, self._monotonic() + self._region.settings.actor_seconds
        found = await ask()
        if commits == self._commits:
            if len(self._names) >= MOST_REMEMBERED:
                self._names.clear()
            self._names[subject] = (found, until)
        return found

    def known(self, token: str, now: datetime) -> Actor | None:
        """The actor of a token that is remembered; None where it has to be asked for."""
        return self._known(_key(token), now)

    def _known(self, key: bytes, now: datetime) -> Actor | None:
        known = self._remembered.get(key)
        if (
            known is not None
            and self._monotonic() < known.forgotten_at
            and now.timestamp() < known.ends
        ):
            return known.actor
        return None

    async def _by_token(self, token: str, key: bytes, now: datetime) -> Actor:
        try:
            subject = await self._verifier.subject_of(token)
        except BaseException:
            del self._asked[key]
            raise
        return await self._of(subject, key, now, expiry_of(token) + LEEWAY_SECONDS)

    async def _of(self, subject: str, key: bytes, now: datetime, expiry: float) -> Actor:
        """Ask once for all requests that came with the key meanwhile."""
        zone = self._region.passport.zone
        today = local_date(now, zone)
        commits, until = self._commits, self._monotonic() + self._region.settings.actor_seconds
        try:
            asked = await actor_of(self._region.database, subject, today, self._region.rules)
            actor = self._same(asked)
        finally:
            del self._asked[key]
        if commits == self._commits:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            midnight = datetime.combine(today + timedelta(1), time(), zone).timestamp()
            self._remembered[key] = _Remembered(actor, min(expiry, midnight), until)
        return actor

    def _same(self, asked: Actor) -> Actor:
        """Whoever was met with the same rights before: plans find what they keep for him at once,
        and need not compare all his grants.
        """
        if len(self._met) >= MOST_REMEMBERED:
            self._met.clear()
        return self._met.setdefault(asked, asked)

    def _forget(self) -> None:
        self._commits += 1
        self._remembered.clear()
        self._names.clear()


def _key(token: str) -> bytes:
    return sha256(token.encode()).digest()
