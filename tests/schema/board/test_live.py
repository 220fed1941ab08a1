"""Live pages: what is new is counted for its reader, the stream ends with his session."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape
from typing import Any

import orjson
import pytest
from sqlalchemy import select

from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.model import Appeal
from core.db.database import Database
from core.db.snapshot import Snapshot
from core.directory.model import Person
from core.kernel.access import system
from core.kernel.events import Event
from core.kernel.region import Region
from core.subscriptions import feed
from schema.board import live
from schema.web.visitors import cookie_of
from tests.fixtures.clock import FrozenClock
from tests.fixtures.streams import stream
from tests.schema.board.conftest import Visitor
from tests.schema.board.test_pages import taken

BAR = re.compile(r'data-live="([^"]+)" data-news="([^"]+)"')


async def bar(visitor: Visitor, path: str = "", **asked: str) -> tuple[str, str]:
    """The addresses of the stream and of the count that a page gives to its script."""
    (found,) = BAR.findall((await visitor.get(path, **asked)).text)
    return unescape(found[0]), unescape(found[1])


async def count(visitor: Visitor, address: str) -> int:
    answer = await visitor.http.get(address)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["count"])


def cookie(visitor: Visitor) -> dict[str, str]:
    name = cookie_of(visitor.region)
    return {"Cookie": f"{name}={visitor.http.cookies[name]}"}


def app_of(visitor: Visitor) -> Any:
    return visitor.http._transport.app  # type: ignore[attr-defined]


def listening(visitor: Visitor, address: str, **headers: str) -> Any:
    path, _, query = address.partition("?")
    return stream(app_of(visitor), path, query, {**cookie(visitor), **headers})


@pytest.mark.parametrize("path", ["my", "appeals"])
async def test_what_comes_after_the_state_of_a_page_comes_after_its_cursor_too(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """One case comes in before the state is opened, one after: the page has the first alone."""
    plain = Database.snapshot

    @asynccontextmanager
    async def between(self: Database) -> AsyncIterator[Snapshot]:
        await taken(visitor.region, 1)
        async with plain(self) as one:
            await taken(visitor.region, 2)
            yield one

    await visitor.enter("body-official")
    monkeypatch.setattr(Database, "snapshot", between)
    page = (await visitor.get(path)).text
    assert len(set(re.findall(r'class="number" href="/polygon/appeals/([^"?]+)', page))) == 1
    ((_, news),) = BAR.findall(page)
    assert await count(visitor, unescape(news)) == 1, "the one that the page does not have"


async def test_what_changes_in_the_same_second_is_new_once(visitor: Visitor) -> None:
    """The clock stands still: a line of the journal tells before from after."""
    await taken(visitor.region, 1)
    await visitor.enter("curator")
    _, news = await bar(visitor, "appeals")
    assert await count(visitor, news) == 0
    await taken(visitor.region, 2)
    assert await count(visitor, news) == 1
    _, again = await bar(visitor, "appeals")
    assert await count(visitor, again) == 0


async def touch(region: Region, appeal: Appeal) -> None:
    async with region.work(system()) as work:
        (await work.session.get_one(Appeal, appeal.id)).address = "ул. Полевая, 2"
        await work.record(Event("appeal.escalated", f"appeal:{appeal.id}"))


async def test_a_page_says_how_many_of_its_own_cases_have_changed(
    visitor: Visitor, clock: FrozenClock
) -> None:
    first = await taken(visitor.region, 1)
    clock.forward(minutes=1)
    await visitor.enter("curator")
    pages = {
        "": {}, "appeals": {}, "my": {}, f"appeals/{first.number}": {},
        "appeals ": {"state": "CLOSED"},
    }  # fmt: skip
    told = {path: (await bar(visitor, path.strip(), **asked))[1] for path, asked in pages.items()}
    assert {await count(visitor, address) for address in told.values()} == {0}
    clock.forward(minutes=1)
    await taken(visitor.region, 2)
    async with visitor.region.work(system()) as work:
        await take_in(work, NewAppeal("letter", "п-3", "Не горит фонарь."))  # nobody's yet
    counted = {path: await count(visitor, address) for path, address in told.items()}
    assert counted == {"": 2, "appeals": 2, "my": 1, f"appeals/{first.number}": 0, "appeals ": 0}
    await touch(visitor.region, first)
    assert await count(visitor, told[f"appeals/{first.number}"]) == 1
    assert await count(visitor, told["appeals"]) == 3


@pytest.mark.bare_rows
async def test_the_stream_tells_of_visible_cases_and_goes_on_where_it_was_cut(
    visitor: Visitor,
) -> None:
    his, other = await taken(visitor.region, 1), await taken(visitor.region, 2)
    async with visitor.region.work(system()) as work:
        (await work.session.get_one(Appeal, other.id)).body_id = None
    await visitor.enter("body-official")
    address, _ = await bar(visitor, "my")
    async with listening(visitor, address) as one:
        assert one.status == 200
        assert one.headers["content-type"].startswith("text/event-stream")
        assert one.headers["cache-control"] == "no-store"
        await touch(visitor.region, other)
        await touch(visitor.region, his)
        told = await one.event()
        assert told is not None
        assert orjson.loads(told["data"]) == {"cases": [his.number]}
    await touch(visitor.region, his)
    async with listening(visitor, address, **{"Last-Event-ID": told["id"]}) as again:
        more = await again.event()
        assert more is not None
        assert int(more["id"]) > int(told["id"])
    async with listening(visitor, address, **{"Last-Event-ID": "x"}):
        pass  # what is no cursor begins now


async def test_the_stream_ends_with_the_session_and_does_not_prolong_it(
    visitor: Visitor, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert feed.ASKED_SECONDS <= 60
    monkeypatch.setattr(feed, "ASKED_SECONDS", 0.1)
    await visitor.enter("curator")
    address, news = await bar(visitor, "appeals")
    async with listening(visitor, address) as one:
        clock.forward(minutes=20)
        assert await count(visitor, news) == 0
        await asyncio.sleep(0.3)
        clock.forward(minutes=11)
        assert (await one.event()) == {"event": "ended", "data": "{}"}
        assert await one.event() is None
    async with listening(visitor, address) as none:
        assert none.status == 204  # the browser does not come back
    assert "login" in (await visitor.http.get(news)).headers["location"]


async def test_the_stream_ends_with_a_dismissal(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "ASKED_SECONDS", 0.1)
    await visitor.enter("coordinator")
    address, _ = await bar(visitor, "my")
    async with listening(visitor, address) as one:
        async with visitor.region.work(system()) as work:
            query = select(Person).where(Person.subject == "demo-coordinator")
            (await work.session.scalars(query)).one().dismissed = work.today
        assert (await one.event()) == {"event": "ended", "data": "{}"}


async def test_a_server_that_goes_ends_its_streams_at_once(visitor: Visitor) -> None:
    await visitor.enter("curator")
    address, _ = await bar(visitor)
    async with listening(visitor, address) as one:
        await app_of(visitor).state.endpoints[visitor.region.code].feed.stop()
        assert await one.event() is None


async def test_one_person_has_so_many_streams_and_lets_go_of_them(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "MOST_STREAMS", 1)
    await visitor.enter("curator")
    address, _ = await bar(visitor)
    async with listening(visitor, address) as one, listening(visitor, address) as second:
        assert (one.status, second.status) == (200, 204)
    async with listening(visitor, address) as third:
        assert third.status == 200


async def test_a_page_of_another_site_gets_no_stream(visitor: Visitor) -> None:
    await visitor.enter("curator")
    address, _ = await bar(visitor)
    foreign = {"Origin": "http://evil.example.ru", "Sec-Fetch-Site": "cross-site"}
    async with listening(visitor, address, **foreign) as one:
        assert one.status == 204


async def test_pages_without_a_list_have_no_stream(visitor: Visitor) -> None:
    await visitor.enter("curator")
    for path in ("law", "structure", "figures"):
        assert not BAR.findall((await visitor.get(path)).text)
