"""A steady load with a recorder outside: what was acknowledged, refused, unknown, and how long not.

Every appeal is sent until it is acknowledged, under the same number: whatever was unknown is
resolved by it.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count, pairwise
from typing import Any

import httpx

SENDERS = 8
RATE = 20.0
"""Appeals a second."""

PAUSE_SECONDS = 0.1
TIMEOUT_SECONDS = 30.0
TEXT = "На улице Полевой, у дома {number}, яма глубиной с ведро; просим заделать до зимы."
TAKE_IN = """mutation($input: TakeInInput!) { takeIn(input: $input) {
  __typename ... on TakenIn { status number } ... on Refusal { code } } }"""


@dataclass
class Record:
    """What one run of load has seen; moments are of the monotonic clock."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    moments: list[float] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    began: float = field(default_factory=time.monotonic)
    ended: float | None = None
    slowest: float = 0.0

    @property
    def longest_silence(self) -> float:
        """Seconds without an acknowledgement, the most of them in a row."""
        end = self.ended if self.ended is not None else time.monotonic()
        marks = [self.began, *self.moments, end]
        return max(after - before for before, after in pairwise(marks))

    def recovered(self, since: float) -> float | None:
        """Seconds from that moment to the next acknowledgement; None where there was none."""
        return next((moment - since for moment in self.moments if moment > since), None)


class Load:
    """Sends appeals to an address that may be gone for a while."""

    def __init__(self, url: str, token: str, prefix: str) -> None:
        self.record = Record()
        self.token = token
        self._url, self._prefix = url, prefix
        self._numbers, self._stopping = count(), asyncio.Event()

    @asynccontextmanager
    async def going(self) -> AsyncIterator[Record]:
        """The load while the block lasts; at its end what was begun is brought to its end."""
        tasks = [asyncio.create_task(self._send()) for _ in range(SENDERS)]
        try:
            yield self.record
        finally:
            self._stopping.set()
            done, late = await asyncio.wait(tasks, timeout=TIMEOUT_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
            self.record.ended = time.monotonic()
        for task in done:
            task.result()

    async def acknowledge(self, more: int, within: float = TIMEOUT_SECONDS) -> bool:
        """Wait until so many more are acknowledged; whether they were, in time."""
        wanted, until = len(self.record.moments) + more, time.monotonic() + within
        while len(self.record.moments) < wanted:
            if time.monotonic() > until:
                return False
            await asyncio.sleep(0.01)
        return True

    async def _send(self) -> None:
        async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS) as client:
            while not self._stopping.is_set():
                number = f"{self._prefix}-{next(self._numbers)}"
                began = time.monotonic()
                await self._insist(client, number)
                rest = SENDERS / RATE - (time.monotonic() - began)
                with suppress(TimeoutError):
                    async with asyncio.timeout(max(rest, 0)):
                        await self._stopping.wait()

    async def _insist(self, client: httpx.AsyncClient, number: str) -> None:
        """Send one until it is acknowledged, or the load ends."""
        new = {"channel": "letter", "externalId": number, "text": TEXT.format(number=number)}
        body = {"query": TAKE_IN, "variables": {"input": {**new, "theme": "roads"}}}
        while True:
            began = time.monotonic()
            kind, given = await self._try(client, body)
            self.record.slowest = max(self.record.slowest, time.monotonic() - began)
            self.record.kinds[kind] += 1
            if given is not None:
                self.record.acknowledged[number] = given
                self.record.moments.append(time.monotonic())
                return
            if self._stopping.is_set():
                return
            await asyncio.sleep(PAUSE_SECONDS)

    async def _try(self, client: httpx.AsyncClient, body: Any) -> tuple[str, str | None]:
        """The kind of the answer, and the number that the appeal was given where it was."""
        try:
            headers = {"Authorization": f"Bearer {self.token}"}
            answer = await client.post(self._url, json=body, headers=headers)
            told = answer.json()
        except httpx.ConnectError:
            return "refused connection", None
        except (httpx.HTTPError, ValueError) as error:
            return f"unknown: {type(error).__name__}", None
        for said in told.get("errors") or ():
            code = said.get("extensions", {}).get("code", "?")
            return f"{answer.status_code} {code}", None
        taken = told["data"]["takeIn"]
        if taken["__typename"] == "Refusal":
            return f"refusal {taken['code']}", None
        return f"taken {taken['status']}", taken["number"]
