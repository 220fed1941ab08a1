"""What is out of reach is told so: 503, when to come back, one line of the log and no traceback."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest
from asyncpg import (  # type: ignore[import-untyped]
    ConnectionDoesNotExistError,
    InterfaceError,
    InternalClientError,
)
from sqlalchemy import event, func, select

from core.appeals.model import Appeal
from core.db.database import Database
from core.db.faults import outage
from core.kernel.region import Region
from core.region import pulse
from core.region.pulse import Pulse
from core.region.tokens import demo_token
from schema.web.app import create_app
from schema.web.health import health
from schema.web.visitors import cookie_of
from tests.schema.conftest import Api

NOWHERE = "postgresql+asyncpg://nobody@127.0.0.1:1/nowhere"
POOL_OVERFLOW = 10
"""Connections that SQLAlchemy adds to a pool on its own."""

TEXT = "Система сейчас недоступна, повторите запрос позже."
PLANNED = "{ bodies(first: 1) { nodes { key } } }"
TAKE_IN = """mutation { takeIn(input: {channel: "letter", externalId: "п-1", text: "Яма"
  theme: "roads", addressee: "ministry"}) {
  __typename ... on Refusal { code } } }"""


@contextmanager
def full_disk(region: Region) -> Iterator[None]:
    """Whatever is written fails as on a full disk; what is read is read."""
    engine = region.database._writing.sync_engine

    def refuse(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            raise sqlite3.OperationalError("database or disk is full")

    event.listen(engine, "before_cursor_execute", refuse)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", refuse)


def require_away(response: httpx.Response) -> None:
    assert response.status_code == 503
    assert response.headers["retry-after"] == "5"
    error = response.json()["errors"][0]
    assert (error["message"], error["extensions"]) == (TEXT, {"code": "UNAVAILABLE"})


def require_one_line(caplog: pytest.LogCaptureFixture, why: str) -> None:
    (record,) = [one for one in caplog.records if one.levelname != "INFO"]
    assert record.exc_info is None
    assert "Traceback" not in record.getMessage()
    assert why in record.getMessage()
    caplog.clear()


@pytest.fixture
async def lost(polygon: Region) -> AsyncIterator[httpx.AsyncClient]:
    """A region whose server does not answer."""
    away = replace(polygon, database=Database(NOWHERE))
    app = create_app(polygon.settings, [away], jobs=False)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client,
    ):
        yield client


@pytest.mark.parametrize("query", [PLANNED, TAKE_IN])
async def test_a_lost_database(
    lost: httpx.AsyncClient, polygon: Region, caplog: pytest.LogCaptureFixture, query: str
) -> None:
    headers = {"Authorization": f"Bearer {demo_token(polygon, 'curator')}"}
    response = await lost.post("/polygon/graphql", json={"query": query}, headers=headers)
    require_away(response)
    require_one_line(caplog, "сервер не отвечает")


async def test_pages_of_citizens_say_so_too(
    lost: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    response = await lost.get(f"/polygon/s/{'a' * 43}")
    assert (response.status_code, response.headers["retry-after"]) == (503, "5")
    assert TEXT in response.text
    require_one_line(caplog, "сервер не отвечает")


DOORS = {
    "a file": ("GET", "attachments/QXR0YWNobWVudDox"),
    "a new file": ("POST", "attachments?to=QXBwZWFsOjE%3D"),
    "a document": ("GET", "documents/RG9jdW1lbnQ6MQ%3D%3D/1/original"),
    "the board": ("GET", "cases"),
    "a calendar": ("GET", f"c/{'a' * 43}.ics"),
}


@pytest.mark.parametrize("door", DOORS)
async def test_so_does_every_other_door(
    lost: httpx.AsyncClient, polygon: Region, caplog: pytest.LogCaptureFixture, door: str
) -> None:
    method, path = DOORS[door]
    headers = {
        "Authorization": f"Bearer {demo_token(polygon, 'curator')}",
        "Cookie": f"{cookie_of(polygon)}={'a' * 43}",
        "Content-Disposition": 'attachment; filename="a.pdf"',
    }
    response = await lost.request(method, f"/polygon/{path}", headers=headers)
    assert (response.status_code, response.headers["retry-after"]) == (503, "5")
    assert TEXT in response.text
    require_one_line(caplog, "сервер не отвечает")


async def test_what_is_measured_is_told_without_the_queue(
    lost: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    assert (await lost.get("/metrics")).status_code == 200
    assert (await lost.get("/healthz")).status_code == 503
    assert [one for one in caplog.records if one.exc_info] == []


async def test_a_full_disk_reads_on_and_heals_by_itself(
    api: Api, caplog: pytest.LogCaptureFixture
) -> None:
    if not api.region.database.is_sqlite:
        pytest.skip("a server says so by its own codes")
    with full_disk(api.region):
        require_away(await api.post(TAKE_IN, role="channel-adapter"))
        require_one_line(caplog, "на диске нет места")
        assert (await api.data(PLANNED, "curator"))["bodies"]["nodes"] != []
        health = await api.http.get("/healthz")
        assert health.status_code == 503
        assert health.json()["regions"] == {"polygon": "read only", "kursk": "ok"}
    async with api.region.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Appeal)) == 0
    assert (await api.data(TAKE_IN, "channel-adapter"))["takeIn"]["__typename"] == "TakenIn"


async def test_health_tries_to_write_and_tells_when_it_cannot(polygon: Region) -> None:
    heard: list[str] = []
    polygon.database.after_commit.append(lambda: heard.append("commit"))
    one = Pulse(polygon)
    await one.beat()
    await one.close()
    assert heard == []  # what is remembered of people stays remembered


async def test_health_waits_for_nobody_who_reads(polygon: Region) -> None:
    busy = replace(polygon, database=Database(polygon.database.url, pool_size=1))
    one = Pulse(busy)
    async with AsyncExitStack() as held:
        for _ in range(1 + POOL_OVERFLOW):
            await held.enter_async_context(busy.database.connecting())
        assert (await health([one]))["regions"] == {"polygon": "ok"}
    await one.close()
    await busy.database.close()


async def test_a_disk_without_room_is_unwell(
    polygon: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not polygon.database.is_sqlite:
        pytest.skip("the disk is the server's")
    monkeypatch.setattr(pulse, "LEAST_FREE", 2**62)
    one = Pulse(polygon)
    with pytest.raises(OSError, match="no room"):
        await one.beat()
    await one.close()


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (ConnectionRefusedError(), "сервер не отвечает: проверьте адрес и работает ли он"),
        (OSError(errno.ENOSPC, "x"), "на диске нет места"),
        (OSError(errno.ENOENT, "x"), None),
        (sqlite3.OperationalError("disk I/O error"), "на диске нет места или он не пишет"),
        (sqlite3.IntegrityError("UNIQUE constraint failed: disk.a"), None),
        (ValueError("closed"), None),
        (InternalClientError("cannot switch to state 15"), "то, на чём стоит система, не отвечает"),
        (InternalClientError("unexpected"), None),
        (LookupError(), None),
    ],
)
def test_what_is_an_outage(error: Exception, why: str | None) -> None:
    assert outage(error) == why


@pytest.mark.parametrize(
    ("left_for", "why"),
    [
        (ConnectionDoesNotExistError("x"), "сервер не отвечает: проверьте адрес и работает ли он"),
        (LookupError(), None),
    ],
)
def test_a_transaction_that_cannot_be_rolled_back(left_for: Exception, why: str | None) -> None:
    """What it was left for says what is wrong; the driver only says that it cannot."""

    def leave() -> None:
        try:
            raise left_for
        except type(left_for):
            raise InterfaceError("cannot rollback; the transaction is in error state")  # noqa: B904

    with pytest.raises(InterfaceError) as found:
        leave()
    assert outage(found.value) == why
