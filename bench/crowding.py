"""Intake of like appeals beside all jobs, over the same with none: nobody is stopped by them."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx

from bench.ground import ROOT, command
from bench.processes import free_port, running
from bench.ratios import Round
from bench.starting import of_jobs
from core.kernel.keyring import DATABASE_FILE

MOST = 5_000
CONNECTIONS = 16
WATCH_SECONDS = 0.05
SECONDS = 600
STARTS = 120
DEMO = "500"
TEXT = (
    "Полевая улица, дом {house}: глубокие ямы на дороге, машины бьют колёса, вода стоит неделями."
)
TAKE_IN = """mutation($input: TakeInInput!) { takeIn(input: $input) {
  __typename ... on TakenIn { status number } ... on Refusal { code text } } }"""
PAGE = """query($municipality: [String]) {
  appeals(first: 50, filter: {municipality: $municipality}) {
    nodes { number state receivedAt } } }"""
COUNTS = {
    "proposals": "SELECT count(*) FROM duplicate_proposal",
    "looked_at": "SELECT count(*) FROM like_case JOIN appeal ON id = appeal_id"
    " WHERE external_id LIKE 'crowd-%'",
    "stored": "SELECT count(*) FROM appeal WHERE external_id LIKE 'crowd-%'",
}
Say = Callable[[str], None]


@dataclass
class Watch:
    """Seconds of each answer that was asked for beside the load."""

    health: list[float] = field(default_factory=list)
    page: list[float] = field(default_factory=list)


async def measure(code: str, folder: Path, appeals: int, rounds: int, say: Say) -> list[Round]:
    """Each round the same intake without jobs and with all of them, on databases that are new."""
    template = folder / "crowd"
    env = {"TSUR_DATA_DIR": str(template), "TSUR_REGIONS": code}
    for arguments in (("migrate",), ("demo", "--size", DEMO)):
        await asyncio.to_thread(command, arguments, env, folder)
    found: list[Round] = []
    for number in range(rounds):
        sides: dict[str, Round] = {}
        for jobs in ("off", "apart") if number % 2 == 0 else ("apart", "off"):
            say(f"jobs: round {number + 1}, {jobs}")
            own = await asyncio.to_thread(_copied, template, folder / f"crowd-{number}-{jobs}")
            sides[jobs] = await _crowd(code, own, jobs, appeals)
        off, on = sides["off"], sides["apart"]
        found.append(
            {
                "rate": on["rate"] / off["rate"],
                "page_p99": on["page_p99"] / off["page_p99"],
                "health_most": on["health_most"],
                "proposals_per_appeal": on["proposals"] / appeals,
                "stored": on["stored"] / appeals,
                "looked_at_seconds": on["looked_at_seconds"],
            }
        )
    return found


def _copied(template: Path, own: Path) -> Path:
    for file in (one for one in template.rglob("*") if one.is_file()):
        target = own / file.relative_to(template)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
        target.chmod(0o600)
    return own


async def _crowd(code: str, data: Path, jobs: str, appeals: int) -> Round:
    env = {"TSUR_DATA_DIR": str(data), "TSUR_REGIONS": code, "TSUR_JOBS": jobs}
    token = await asyncio.to_thread(
        command, ("token", code, "--role", "channel-adapter"), env, data
    )
    reader = await asyncio.to_thread(command, ("token", code, "--role", "curator"), env, data)
    place = _municipality(data / code / DATABASE_FILE)
    async with _serving(env, data) as address:
        url = f"{address}/{code}/graphql"
        async with _client(token) as sender, _client(reader) as watcher:
            watch, sealed = Watch(), jobs != "off"  # nobody seals without jobs, and health says so
            watching = [
                asyncio.create_task(
                    _watch(watcher, "GET", f"{address}/healthz", None, watch.health, sealed)
                ),
                asyncio.create_task(_watch(watcher, "POST", url, _page(place), watch.page)),
            ]
            began = time.perf_counter()
            numbers = iter(range(appeals))
            await asyncio.gather(*(_send(sender, url, place, numbers) for _ in range(CONNECTIONS)))
            rate = appeals / (time.perf_counter() - began)
            for task in watching:
                task.cancel()
            for one in await asyncio.gather(*watching, return_exceptions=True):
                if isinstance(one, Exception):
                    raise one
        looked = await _looked_at(data / code / DATABASE_FILE, appeals) if jobs != "off" else 0.0
    counted = _counts(data / code / DATABASE_FILE)
    return {
        "rate": rate,
        "page_p99": quantiles(watch.page, n=100)[98],
        "health_most": max(watch.health),
        "looked_at_seconds": looked,
        **counted,
    }


@asynccontextmanager
async def _serving(env: Mapping[str, str], data: Path) -> AsyncIterator[str]:
    port = free_port()
    line = [sys.executable, "-m", "core", "serve", "--port", str(port)]
    with running(line, log=data / "serve.log", env=env, cwd=ROOT) as process:
        async with httpx.AsyncClient() as client:
            for _ in range(STARTS * 4):
                try:
                    if (await client.get(f"http://127.0.0.1:{port}/healthz")).is_success:
                        break
                except httpx.TransportError:
                    pass
                await asyncio.sleep(0.25)
            else:
                raise TimeoutError((data / "serve.log").read_text(encoding="utf-8")[-2_000:])
        if env["TSUR_JOBS"] == "apart":  # its start is not what is measured
            await asyncio.to_thread(of_jobs, process.pid, time.perf_counter() + STARTS)
        yield f"http://127.0.0.1:{port}"


def _client(token: str) -> httpx.AsyncClient:
    last = token.strip().splitlines()[-1]
    limits = httpx.Limits(max_connections=CONNECTIONS)
    headers = {"Authorization": f"Bearer {last}"}
    return httpx.AsyncClient(headers=headers, limits=limits, timeout=60)


async def _send(client: httpx.AsyncClient, url: str, place: str, numbers: Iterator[int]) -> None:
    """Take appeals in, one after another, until there are none; a refusal ends the run."""
    for number in numbers:
        new = {
            "channel": "letter",
            "externalId": f"crowd-{number}",
            "text": TEXT.format(house=number % 40 + 1),
            "theme": "roads",
            "municipality": place,
        }
        body = {"query": TAKE_IN, "variables": {"input": new}}
        answer = (await client.post(url, json=body)).json()
        if answer.get("errors") or answer["data"]["takeIn"]["__typename"] != "TakenIn":
            raise RuntimeError(str(answer)[:1_000])


async def _watch(
    client: httpx.AsyncClient,
    method: str,
    url: str,
    body: Any,
    seconds: list[float],
    well: bool = True,
) -> None:
    """Ask again and again; who looks at a service that is to be `well` ends where it is not."""
    while True:
        began = time.perf_counter()
        answer = await client.request(method, url, json=body)
        seconds.append(time.perf_counter() - began)
        if (well and not answer.is_success) or b'"errors"' in answer.content:
            raise RuntimeError(answer.text[:1_000])
        await asyncio.sleep(WATCH_SECONDS)


def _page(place: str) -> dict[str, Any]:
    return {"query": PAGE, "variables": {"municipality": [place]}}


async def _looked_at(database: Path, appeals: int) -> float:
    """Seconds from the last appeal until the job has looked at every one."""
    began = time.perf_counter()
    while time.perf_counter() - began < SECONDS:
        if (await asyncio.to_thread(_counts, database))["looked_at"] >= appeals:
            return time.perf_counter() - began
        await asyncio.sleep(0.5)
    raise TimeoutError("the job did not look at all appeals")


def _counts(database: Path) -> Round:
    with closing(sqlite3.connect(database, timeout=60)) as connection:
        return {name: connection.execute(query).fetchone()[0] for name, query in COUNTS.items()}


def _municipality(database: Path) -> str:
    """The municipality with most appeals of the demo."""
    query = (
        "SELECT municipality FROM appeal WHERE municipality IS NOT NULL"
        " GROUP BY municipality ORDER BY count(*) DESC LIMIT 1"
    )
    with closing(sqlite3.connect(database)) as connection:
        place: str = connection.execute(query).fetchone()[0]
        return place
