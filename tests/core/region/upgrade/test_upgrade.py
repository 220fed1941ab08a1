"""An upgrade without a stop: an old program serves on while its tables grow, and after that.

Ten clients read and write all the while, and a dump holds its locks for some seconds of it. How
long a client waits is asked of the server, which knows who waits for a lock: this machine's load is
in no figure.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import make_url

from tests.core.region.upgrade.programs import Program, missing, unpack
from tests.nets.dumps import connected, drop_postgresql
from tests.places import ROOT

SERVER = os.environ.get("TSUR_TEST_DATABASE_URL")
pytestmark = [
    pytest.mark.skipif(SERVER is None, reason="нет TSUR_TEST_DATABASE_URL"),
    pytest.mark.skipif(missing() is not None, reason=str(missing())),
]

CLIENTS, WRITERS, CASES = 10, 3, 300
DUMPING_SECONDS = 5.0
LONGEST_WAIT_SECONDS = 5.0
PAUSE_SECONDS = 0.3
TIMEOUT_SECONDS = 480.0

PEOPLE = "subject,name,role,ground\ndemo-coordinator,Пробная Вера,coordinator,Приказ № 1\n"
LIST = "{ appeals(first: 20) { totalCount nodes { number state dueAt ledger { fact } } } }"
TAKE = """mutation($input: TakeInInput!) { takeIn(input: $input) {
  __typename ... on Refusal { code text } } }"""
WAITING = """SELECT coalesce(max(extract(epoch FROM clock_timestamp() - s.query_start)), 0)
FROM pg_stat_activity s WHERE s.wait_event_type = 'Lock' AND s.wait_event = 'relation'
AND s.datname = current_database() AND s.query ~* '^ *(SELECT|INSERT|UPDATE|DELETE|WITH)'"""
"""Of whoever is no migration."""

HALTED = """SELECT count(*) FROM pg_stat_activity s WHERE s.wait_event_type = 'Lock'
AND s.datname = current_database() AND s.query ~* '^ *(ALTER|CREATE|DROP|LOCK)'"""
"""Steps of a migration that stand behind somebody's lock."""

Asked = Mapping[str, Any]


@dataclass
class Clients:
    """What ten of them were told, by the address that they asked."""

    token: str
    said: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    numbers: int = 0
    longest: float = 0.0
    halted: asyncio.Event = field(default_factory=asyncio.Event)

    async def work(self, address: str, done: asyncio.Event, *, writes: bool) -> None:
        """Read, and write in turn, until it is done."""
        headers = {"Authorization": f"Bearer {self.token}"}
        async with httpx.AsyncClient(base_url=address, headers=headers, timeout=30) as http:
            while not done.is_set():
                self.numbers += 1
                given = {
                    "channel": "letter", "externalId": f"н-{self.numbers}", "theme": "roads",
                    "text": told_by(self.numbers),
                }  # fmt: skip
                await self._ask(http, address, "read", {"query": LIST})
                if writes:
                    taken: Asked = {"query": TAKE, "variables": {"input": given}}
                    await self._ask(http, address, "write", taken)
                self._note(address, "health", await http.get("/healthz"))
                await asyncio.sleep(PAUSE_SECONDS)

    def begin(self, address: str, done: asyncio.Event) -> list[asyncio.Task[None]]:
        """All of them, each by itself; numbers of cases are given out one by one to who writes."""
        return [
            asyncio.create_task(self.work(address, done, writes=number < WRITERS))
            for number in range(CLIENTS)
        ]

    async def answered(self, address: str) -> None:
        """Wait until each has come round there."""
        for _ in iter(lambda: self.said[address, "health"] > CLIENTS, True):
            await asyncio.sleep(PAUSE_SECONDS)

    async def _ask(self, http: httpx.AsyncClient, address: str, what: str, asked: Asked) -> None:
        self._note(address, what, await http.post("/kursk/graphql", json=asked))

    def _note(self, address: str, what: str, answer: httpx.Response) -> None:
        self.said[address, what] += 1
        if answer.status_code != 200 or '"errors"' in answer.text or "Refusal" in answer.text:
            self.wrong.append(f"{what} {answer.status_code} {answer.text[:300]}")


@pytest.fixture
async def database() -> AsyncIterator[str]:
    assert SERVER is not None
    name = f"tsur_test_{os.getpid()}_upgrade"
    async with connected(SERVER) as server:
        await server.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    url = make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    yield url
    await drop_postgresql(SERVER, url)


@contextmanager
def dumping(url: str) -> Iterator[subprocess.Popen[bytes]]:
    """A dump that nobody reads yet: it holds what it has locked."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with subprocess.Popen(["pg_dump", "--inserts", plain], stdout=subprocess.PIPE) as dump:
        yield dump
        assert dump.stdout is not None
        written = len(dump.stdout.read())
        assert (dump.wait(60), written > 100_000) == (0, True)


async def watch(url: str, clients: Clients, done: asyncio.Event) -> None:
    """How long the statements of clients wait for locks, and whether a migration does."""
    async with connected(url) as server:
        while not done.is_set():
            waited = await server.fetchval(WAITING)
            clients.longest = max(clients.longest, float(waited))
            if await server.fetchval(HALTED):
                clients.halted.set()
            await asyncio.sleep(PAUSE_SECONDS)


def cases(folder: Path) -> Path:
    file = folder / "cases.csv"
    rows = [f"л-{n},letter,{told_by(n + 50_000)},2026-10-01 10:00,roads" for n in range(CASES)]
    file.write_text("\n".join(["external_id,channel,text,received,theme", *rows]), "utf-8")
    return file


def told_by(number: int) -> str:
    """What nobody else has written: nothing is to be found alike."""
    said = sha256(str(number).encode()).hexdigest()
    return " ".join(said[place : place + 8] for place in range(0, 64, 8))


async def test_ten_clients_see_nothing_of_an_upgrade(database: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    old = Program(unpack(tmp_path / "old"), home, database)
    new = Program(ROOT, home, database)
    old.run("migrate")
    (home / "people.csv").write_text(PEOPLE, "utf-8")
    old.run("directory", "load", "kursk", "people.csv")
    old.run("import", "kursk", str(cases(home)))
    clients = Clients(old.run("token", "kursk", "--role", "coordinator").split()[-1])
    done = asyncio.Event()
    async with old.serving() as before:
        tasks = clients.begin(before, done)
        tasks.append(asyncio.create_task(watch(database, clients, done)))
        with dumping(database):
            upgrade = asyncio.create_task(
                asyncio.to_thread(new.run, "migrate", "--no-backup", "kursk")
            )
            async with asyncio.timeout(TIMEOUT_SECONDS):
                await clients.halted.wait()  # a step stands behind the dump, clients behind it
            await asyncio.sleep(DUMPING_SECONDS)
            assert not upgrade.done()
        async with asyncio.timeout(TIMEOUT_SECONDS):
            await upgrade
        standing = clients.said.copy()
        plan = await asyncio.to_thread(new.run, "migrate", "--plan")
        assert plan == "kursk: таблицы новые, остановка не нужна\n"
        async with new.serving() as after:
            tasks += clients.begin(after, done)
            async with asyncio.timeout(TIMEOUT_SECONDS):
                await clients.answered(after)
            done.set()
            await asyncio.gather(*tasks)
    assert clients.wrong == []
    assert all(standing[before, what] > WRITERS for what in ("read", "write", "health"))
    assert all(clients.said[before, w] > standing[before, w] for w in ("read", "write", "health"))
    assert clients.longest < LONGEST_WAIT_SECONDS
