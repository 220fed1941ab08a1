"""Subscriptions over graphql-transport-ws: told by rights of the moment, resumed from a cursor."""

from __future__ import annotations

import asyncio
import os
from datetime import timedelta
from typing import Any

import orjson
import pytest
from sqlalchemy import select
from starlette.applications import Starlette

from core.appeals.model import Appeal
from core.directory.model import Person
from core.kernel.access import system
from core.kernel.events import Event
from core.kernel.region import Region
from core.region.tokens import demo_token
from core.sessions.service import close_session, open_session
from core.subscriptions import feed
from schema.web import sockets
from schema.web.visitors import cookie_of
from tests.fixtures.clock import FrozenClock
from tests.fixtures.sockets import Closed, Socket, socket
from tests.schema.conftest import Api

EVENTS = """subscription($after: String, $names: [String!]) {
  events(after: $after, names: $names) { cursor name words subject appeal number after } }"""
NAME = "appeal.escalated"
EVERY, CUTS = (10_000, 100) if "TSUR_TEST_KILLS" in os.environ else (300, 10)
"""`make kills` lets as many events be told, and cuts the socket as often."""


async def happen(region: Region, subject: str, step: int = 0, name: str = NAME) -> None:
    async with region.work(system()) as work:
        await work.record(Event(name, subject, after={"step": step}))


async def cursor(api: Api, role: str = "curator") -> str:
    return str((await api.data("{ eventCursor }", role))["eventCursor"])


async def come(one: Socket, region: Region, role: str = "curator", **variables: Any) -> None:
    await one.come_in(demo_token(region, role))
    one.subscribe(EVENTS, **variables)


async def test_what_happens_is_told_from_the_cursor_on(api: Api, app: Starlette) -> None:
    case = await api.take()
    begun = await cursor(api)
    await happen(api.region, f"appeal:{case.id}", 1)
    async with socket(app, api.path) as one:
        await come(one, api.region, after=begun)
        first = (await one.next())["events"]
        assert (first["name"], first["subject"]) == (NAME, f"appeal:{case.id}")
        assert first["words"] == "о сроке обращения предупреждены"
        assert (first["appeal"], first["number"]) == (await api.id_of(case), case.number)
        assert orjson.loads(first["after"]) == {"step": 1}
        await happen(api.region, f"appeal:{case.id}", 2, "note.written")
        await happen(api.region, f"appeal:{case.id}", 3)
        assert [(await one.next())["events"]["after"] for _ in range(2)] == [
            '{"step":2}',
            '{"step":3}',
        ]


async def test_a_socket_cut_again_and_again_loses_nothing_and_doubles_nothing(
    api: Api, app: Starlette
) -> None:
    """The state of a client that resumes is what a fresh query of the journal says."""
    case, every, cuts = await api.take(), EVERY, CUTS
    place = await cursor(api)
    state: list[int] = []

    async def write() -> None:
        for first in range(0, every, 5):
            async with api.region.work(system()) as work:
                for step in range(first, first + 5):
                    event = Event(NAME, f"appeal:{case.id}", after={"step": step})
                    await work.record(event)

    writing = asyncio.create_task(write())
    for cut in range(cuts + 1):
        async with socket(app, api.path) as one:
            await come(one, api.region, after=place, names=[NAME])
            until = every if cut == cuts else (cut + 1) * every // (cuts + 2)
            while len(state) < until:
                told = (await one.next())["events"]
                state.append(orjson.loads(told["after"])["step"])
                place = told["cursor"]
    await writing
    query = f'{{ journal(name: "{NAME}", last: 200) {{ totalCount nodes {{ after }} }} }}'
    fresh = (await api.data(query, "curator"))["journal"]
    assert fresh["totalCount"] == len(state) == every
    assert [orjson.loads(one["after"])["step"] for one in fresh["nodes"]][::-1] == state[:200]
    assert state == list(range(every))


async def test_rights_are_asked_at_each_event(api: Api, app: Starlette) -> None:
    case = await api.take()
    begun = await cursor(api, "body-official")
    async with socket(app, api.path) as one:
        await come(one, api.region, "body-official", after=begun)
        for step, body in enumerate([case.body_id, None, case.body_id]):
            async with api.region.work(system()) as work:
                row = await work.session.get_one(Appeal, case.id)
                row.body_id = body
                await work.record(Event(NAME, f"appeal:{case.id}", after={"step": step}))
                await work.record(Event("content.read", f"appeal:{case.id}"))
            if body is not None:
                told = (await one.next())["events"]
                assert (told["name"], told["after"]) == (
                    NAME,
                    orjson.dumps({"step": step}).decode(),
                )
            else:
                await asyncio.sleep(0.2)


async def test_it_ends_with_the_token(
    api: Api, app: Starlette, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "ASKED_SECONDS", 0.1)
    async with socket(app, api.path) as one:
        await come(one, api.region)
        await asyncio.sleep(0.2)
        clock.forward(hours=13)
        with pytest.raises(Closed) as closed:
            await one.hear()
    assert (closed.value.code, closed.value.reason) == (4401, "UNAUTHENTICATED")


async def test_it_ends_with_a_dismissal(
    api: Api, app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "ASKED_SECONDS", 0.1)
    async with socket(app, api.path) as one:
        await come(one, api.region, "coordinator")
        await asyncio.sleep(0.2)
        async with api.region.work(system()) as work:
            who = await work.session.scalar(
                select(Person).where(Person.subject == "demo-coordinator")
            )
            assert who is not None
            who.dismissed = work.today
        with pytest.raises(Closed) as closed:
            await one.hear()
    assert closed.value.code == 4401


async def test_a_session_of_the_board_serves_too_and_is_not_used_by_listening(
    api: Api, app: Starlette, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "ASKED_SECONDS", 0.1)
    async with api.region.work(system()) as work:
        name = await open_session(work, "demo-curator", timedelta(hours=1))
    cookie = {"Cookie": f"{cookie_of(api.region)}={name}"}
    async with socket(app, api.path, {**cookie, "Origin": "http://testserver"}) as one:
        await one.come_in()
        one.subscribe(EVENTS)
        clock.forward(minutes=20)
        await asyncio.sleep(0.3)
        clock.forward(minutes=11)  # listening has not prolonged it
        with pytest.raises(Closed) as closed:
            await one.hear()
        assert closed.value.code == 4401
    async with api.region.work(system()) as work:
        assert await close_session(work, name)
    async with socket(app, api.path, {**cookie, "Origin": "http://evil.example.ru"}) as other:
        with pytest.raises(Closed):
            await other.hear()


async def test_a_slow_reader_is_closed_with_his_cursor(
    api: Api, app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "SLOW_SECONDS", 0.3)
    case = await api.take()
    begun = await cursor(api)
    async with socket(app, api.path) as one:
        await come(one, api.region, after=begun)
        await happen(api.region, f"appeal:{case.id}", 1)
        told = (await one.next())["events"]["cursor"]
        one.taking.clear()
        await happen(api.region, f"appeal:{case.id}", 2)
        with pytest.raises(Closed) as closed:
            await one.hear()
        assert (closed.value.code, closed.value.reason) == (4413, f"cursor:{told}")
    async with socket(app, api.path) as again:
        await come(again, api.region, after=told)
        assert (await again.next())["events"]["after"] == '{"step":2}'


async def test_a_reader_who_takes_nothing_at_all_is_let_go(
    api: Api, app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "SLOW_SECONDS", 0.2)
    one, begun = Socket(app, api.path, {}), await cursor(api)
    await come(one, api.region, after=begun)
    one.deaf = True
    one.taking.clear()
    await happen(api.region, "job:1", 1, "job.parked")
    await asyncio.wait([one.serving], timeout=5)
    assert one.serving.done()
    assert one.serving.exception() is None


@pytest.mark.parametrize(
    ("query", "variables", "code"),
    [
        ("{ eventCursor }", {}, "MALFORMED"),
        ("subscription { nothing }", {}, "INVALID"),
        ("subscription {", {}, "MALFORMED"),
        (EVENTS, {"after": "x"}, "INVALID"),
        (EVENTS, {"after": "9999999"}, "INVALID"),
        (EVENTS, {"after": "9" * 30}, "INVALID"),
        (EVENTS, {"names": ["x"] * 101}, "TOO_MUCH"),
    ],
)
async def test_what_is_not_subscribed_to(
    api: Api, app: Starlette, query: str, variables: dict[str, Any], code: str
) -> None:
    if len(set(variables.get("names", []))) == 1:
        variables = {"names": [f"x{number}" for number in range(101)]}
    async with socket(app, api.path) as one:
        await one.come_in(demo_token(api.region, "curator"))
        one.subscribe(query, **variables)
        said = await one.hear()
        assert (said["type"], said["id"]) == ("error", "1")
        assert said["payload"][0]["extensions"]["code"] == code


async def test_without_the_right_there_is_nothing(api: Api, app: Starlette) -> None:
    async with socket(app, api.path) as one:
        await come(one, api.region, "administrator")
        assert (await one.hear())["payload"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_nobody_listens_without_a_login_and_no_more_than_so_many(
    api: Api, app: Starlette
) -> None:
    for payload in (
        {},
        {"Authorization": "Bearer x"},
        {"Authorization": "x"},
        {"Authorization": 1},
    ):
        async with socket(app, api.path) as one:
            one.say(type="connection_init", payload=payload)
            with pytest.raises(Closed) as closed:
                await one.hear()
            assert closed.value.code == 4403
    async with socket(app, api.path) as one:
        await one.come_in(demo_token(api.region, "curator"))
        for number in range(sockets.MOST_SUBSCRIPTIONS + 1):
            one.subscribe(EVENTS, str(number))
        said = await one.hear()
        assert (said["type"], said["id"]) == ("error", str(sockets.MOST_SUBSCRIPTIONS))
