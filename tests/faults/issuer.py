"""An issuer of tokens that is away, hangs, lies, drips or changes its keys, under load.

Whose key is known is served as if nothing were; who comes with a new key is told that the issuer is
out of reach, in the time that one reading has, and is let in by himself once it answers again.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from random import Random

import httpx

from core.region.issuer import PAUSE_SECONDS
from tests.faults.ground import Ground
from tests.faults.judge import RECOVERY_SECONDS, Verdict, judged
from tests.faults.load import Load
from tests.fixtures.issuer import REALM, LoopbackIssuer

AUDIENCE, SUBJECT = "tsur", "demo-channel-adapter"
EVERY_SECONDS, READ_SECONDS, LATE_SECONDS = 0.3, 6.0, 70.0
"""Of the load: a token; of a reading of the issuer, and what is not waited for; of a known key."""

GARBAGE = 4_096
SKEWS = {20: 200, -20: 200, 600: 401, -600: 401}
"""By how many seconds the issuer's clock is ahead, and how its tokens are answered."""

WAYS = (
    "away", "hanging", "dripping", "garbage", "endless", "redirecting", "failing", "lying", "empty",
    "cut",
)  # fmt: skip


class Front:
    """What listens where the issuer is said to be, and does as `way` says; "well" answers."""

    def __init__(self, random: Random) -> None:
        self.issuer, self.way = LoopbackIssuer(AUDIENCE), "well"
        self._random, self._open = random, set[asyncio.StreamWriter]()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[Front]:
        """The front while the block lasts."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.issuer.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}{REALM}"
        try:
            yield self
        finally:
            server.close()
            self.turn("away")

    def turn(self, way: str) -> None:
        """Do so from now on; connections of before are cut."""
        self.way = way
        for writer in [*self._open]:
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                while True:
                    head = await reader.readuntil(b"\r\n\r\n")
                    await self._answer(head.split(b" ", 2)[1].decode(), writer)
        finally:
            self._open.discard(writer)
            writer.transport.abort()

    async def _answer(self, path: str, writer: asyncio.StreamWriter) -> None:
        status, content = self.issuer.answer(path, {})
        match self.way:
            case "away":
                writer.transport.abort()
                return
            case "hanging":
                await asyncio.sleep(60)
            case "failing":
                status = 503
            case "redirecting":
                status = 302
            case "lying":
                content = {**content, "issuer": "https://evil.example", "keys": [{"kty": "oct"}]}
            case "empty":
                content = {}
        body = json.dumps(content).encode()
        if self.way == "garbage":
            body = self._random.randbytes(GARBAGE)
        length = 10**12 if self.way in ("endless", "cut") else len(body)
        head = (
            f"HTTP/1.1 {status} X\r\nContent-Length: {length}\r\nLocation: {self.issuer.url}{path}"
        )
        writer.write(f"{head}\r\n\r\n".encode())
        if self.way == "dripping":
            for byte in body:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(0.2)
            return
        writer.write(body)
        if self.way == "cut":
            writer.transport.abort()
        while self.way == "endless":
            writer.write(b" " * GARBAGE)
            await writer.drain()
        await writer.drain()


async def break_issuer(ground: Ground, random: Random, points: int) -> Verdict:
    """Each way in turn, under load whose key is known; in between the issuer has a new key."""
    faults: list[str] = []
    recoveries: list[float | None] = []
    answers: Counter[str] = Counter()
    async with Front(random).listening() as front:
        url = front.issuer.url
        there = replace(ground, more={"TSUR_OIDC_ISSUER": url, "TSUR_OIDC_AUDIENCE": AUDIENCE})
        known = front.issuer.keys[0]
        newest, of_known = (partial(front.issuer.token, SUBJECT, by=key) for key in (None, known))
        service = there.service()
        await service.start()
        load = Load(there.url, newest(), "fault-s")
        try:
            async with load.going() as record, signing(load, of_known):
                await load.acknowledge(5)
                for number in range(points):
                    way = WAYS[number % len(WAYS)]
                    front.turn(way)
                    front.issuer.rotate()
                    said, seconds = await asked(there, newest())
                    answers[f"{way}: {said}"] += 1
                    if said != "503 UNAVAILABLE" or seconds > READ_SECONDS:
                        faults.append(f"{way}: {said} after {seconds:.1f} s")
                    await asyncio.sleep(random.uniform(0.2, 3))
                    front.turn("well")
                    recoveries.append(await let_in(there, newest))
                    await asyncio.sleep(PAUSE_SECONDS)  # then it may be asked once more
                skewed = {skew: await asked_ahead(there, front.issuer, skew) for skew in SKEWS}
            del front.issuer.keys[1:]
            withdrawn = await until(there, of_known, "401 UNAUTHENTICATED", LATE_SECONDS)
        finally:
            await service.stop()
    faults += [f"{kind} of a known key" for kind in record.kinds if not kind.startswith("taken ")]
    faults += [f"clock {skew}: {said}" for skew, said in skewed.items() if said != SKEWS[skew]]
    faults += ["a withdrawn key holds"] * (withdrawn is None)
    verdict = judged(record, await ground.settled(), recoveries)
    verdict.more = {
        "newcomers": dict(answers),
        "withdrawn_seconds": withdrawn,
        "failed": "; ".join(faults),
    }
    return verdict


@asynccontextmanager
async def signing(load: Load, token: Callable[[], str]) -> AsyncIterator[None]:
    """The load has ever new tokens: none is remembered, each is checked."""

    async def sign() -> None:
        while True:
            load.token = token()
            await asyncio.sleep(EVERY_SECONDS)

    task = asyncio.ensure_future(sign())
    try:
        yield
    finally:
        task.cancel()


async def asked(ground: Ground, token: str) -> tuple[str, float]:
    """How one request with the token is answered, and after how many seconds."""
    began = time.monotonic()
    async with httpx.AsyncClient(timeout=30) as client:
        headers = {"Authorization": f"Bearer {token}"}
        answer = await client.post(ground.url, json={"query": "{ __typename }"}, headers=headers)
    (error,) = answer.json().get("errors") or [{"extensions": {"code": ""}}]
    said = f"{answer.status_code} {error['extensions']['code']}".strip()
    return said, time.monotonic() - began


async def asked_ahead(ground: Ground, issuer: LoopbackIssuer, seconds: int) -> int:
    """The status for a token of an issuer whose clock is so far ahead."""
    issuer.clock = lambda: time.time() + seconds
    token = issuer.token(SUBJECT, nbf=int(issuer.clock()))
    issuer.clock = time.time
    said, _ = await asked(ground, token)
    return int(said.partition(" ")[0])


async def let_in(ground: Ground, token: Callable[[], str]) -> float | None:
    """Seconds until who has the newest key is let in; None where it does not happen."""
    return await until(ground, token, "200", 3 * RECOVERY_SECONDS)


async def until(
    ground: Ground, token: Callable[[], str], wanted: str, within: float
) -> float | None:
    """Seconds until a request with such a token is answered so; None where it is not in time."""
    began = time.monotonic()
    while time.monotonic() - began < within:
        if (await asked(ground, token()))[0] == wanted:
            return round(time.monotonic() - began, 2)
        await asyncio.sleep(EVERY_SECONDS)
    return None
