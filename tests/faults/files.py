"""No room where files lie: what was acknowledged can be read whole, and nothing is half kept."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections import Counter
from contextlib import closing
from dataclasses import replace
from random import Random

import httpx

from core.kernel.region import FILES
from tests.faults.ground import Ground
from tests.faults.judge import TOLD, Verdict
from tests.faults.kills import serving
from tests.faults.load import Record
from tests.faults.rooms import fill, small_disk

SIZE = 40_000
BEFORE, AFTER = 5, 30.0
APPEALS = "{ appeals(first: 1) { nodes { id } } }"
MORE = {"CASE_MAX_FILES": "10000", "CASE_MAX_BYTES": "100000000000"}
OPENED = {"X-Reason": "%D0%BF%D1%80%D0%BE%D0%B2%D0%B5%D1%80%D0%BA%D0%B0"}


class Uploads:
    """Sends files to a case, one after another, and knows what was acknowledged."""

    def __init__(self, ground: Ground, client: httpx.AsyncClient, random: Random) -> None:
        self.address = f"http://127.0.0.1:{ground.port}/{ground.code}/attachments"
        self.record, self.kept = Record(), dict[str, bytes]()
        self._client, self._random, self._case = client, random, ""

    async def find_case(self, url: str) -> None:
        """The case to which they are added."""
        answer = await self._client.post(url, json={"query": APPEALS})
        self._case = answer.json()["data"]["appeals"]["nodes"][0]["id"]

    async def send(self) -> bool:
        """One more; whether it was acknowledged."""
        number = sum(self.record.kinds.values())
        content = f"Файл {number}. ".encode() + self._random.randbytes(SIZE).hex().encode()
        named = {"Content-Disposition": f'attachment; filename="{number}.txt"'}
        began = time.monotonic()
        answer = await self._client.post(
            self.address,
            params={"to": self._case, "origin": "applicant"},
            content=content,
            headers=named,
        )
        told = answer.json()
        if answer.status_code == 201:
            self.kept[told["id"]] = content
            self.record.moments.append(time.monotonic())
            self.record.kinds["taken 201"] += 1
        else:
            code = told["errors"][0]["extensions"]["code"]
            self.record.kinds[f"{answer.status_code} {code}"] += 1
        self.record.slowest = max(self.record.slowest, time.monotonic() - began)
        return answer.status_code == 201

    async def lost(self) -> list[str]:
        """Which of the acknowledged ones cannot be read as they were sent."""
        found = []
        for number, content in self.kept.items():
            answer = await self._client.get(f"{self.address}/{number}", headers=OPENED)
            if answer.content != content:
                found.append(number)
        return found


async def fill_attachments(ground: Ground, random: Random, points: int) -> Verdict:
    """The disk of the files full again and again, under uploads."""
    recoveries: list[float | None] = []
    more = {f"TSUR_{ground.code.upper()}_{name}": value for name, value in MORE.items()}
    there = replace(ground, more=more)
    with small_disk(ground.folder / ground.code / FILES) as disk:
        token = (await there.tsur("token", ground.code, "--role", "coordinator")).split()[-1]
        async with serving(there) as _, _client(token) as client:
            uploads = Uploads(there, client, random)
            await uploads.find_case(there.url)
            for _ in range(points):
                for _ in range(BEFORE):
                    await uploads.send()
                fill(disk / "ballast")
                for _ in range(BEFORE):
                    await uploads.send()
                (disk / "ballast").unlink()
                recoveries.append(await _recovered(uploads))
            lost = await uploads.lost()
    return _verdict(uploads, lost, recoveries, _rows(ground))


def _client(token: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(headers={"Authorization": f"Bearer {token}"}, timeout=AFTER)


async def _recovered(uploads: Uploads) -> float | None:
    since = time.monotonic()
    while time.monotonic() - since < AFTER:
        if await uploads.send():
            return time.monotonic() - since
        await asyncio.sleep(0.1)
    return None


def _rows(ground: Ground) -> Counter[str]:
    """How many files the database has by their names."""
    query = "SELECT given_name FROM attachment WHERE given_name GLOB '[0-9]*.txt'"
    with closing(sqlite3.connect(ground.database, timeout=60)) as connection:
        return Counter(row[0] for row in connection.execute(query))


def _verdict(
    uploads: Uploads, lost: list[str], recoveries: list[float | None], rows: Counter[str]
) -> Verdict:
    record = uploads.record
    record.ended = time.monotonic()
    return Verdict(
        acknowledged=len(uploads.kept),
        stored=len(rows),
        lost=len(lost) + max(len(uploads.kept) - len(rows), 0),
        doubled=sum(times > 1 for times in rows.values()),
        longest_silence=round(record.longest_silence, 2),
        slowest_answer=round(record.slowest, 2),
        kinds=dict(sorted(record.kinds.items())),
        misnamed=sum(n for kind, n in record.kinds.items() if not kind.startswith(TOLD)),
        recoveries=recoveries,
        more={"failed": "" if record.kinds["503 UNAVAILABLE"] else "the disk was never full"},
    )
