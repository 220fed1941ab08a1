"""A witness over HTTP, of ours for another region of ours, both served on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn

from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.incidents.service import open_incidents
from core.kernel.posting import Server
from core.kernel.region import Region
from core.kernel.sealing.notes import ED25519, read_note, read_verifier, verifier, witnessed_at
from core.kernel.sealing.signing import origin, public_keys
from core.kernel.settings import Settings
from core.region.sealing import remote
from core.region.sealing.heads import latest_head
from core.region.sealing.jobs import run_seal
from core.region.sealing.remote import Remote, countersigned, run_witnesses
from core.region.sealing.requests import cosigned_at, request, witnessed
from core.region.sealing.witness import FOLDER, Witness
from schema.web.app import create_app

NAME = "w.example/ccc"
PATH = "/witness/add-checkpoint"


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return Witness(NAME, tmp_path / FOLDER)


@asynccontextmanager
async def serving(
    home: Path, name: str | None = NAME, rate: str | None = None
) -> AsyncIterator[str]:
    """The product of another installation, which serves no region of this test."""
    settings = Settings(data_dir=home, witness_name=name, rate_address=rate)
    app = create_app(settings, [], jobs=False)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="on"))
    task = asyncio.create_task(server.serve())
    try:
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event of it
            await asyncio.sleep(0)
        (socket, *_) = server.servers[0].sockets
        yield f"http://127.0.0.1:{socket.getsockname()[1]}{PATH}"
    finally:
        server.should_exit = True
        await task


def elsewhere(witness: Witness, url: str, *, private: bool = True) -> Remote:
    name, _, public = read_verifier(witness.key)
    return Remote(name, public, Server(url, private))


async def grown(region: Region, number: int) -> None:
    async with region.work(system()) as work:
        await work.record(Event("incident.resolved", f"incident:{number}"))
    await run_seal(region, {})


def trusted(region: Region, witness: Witness) -> None:
    (own, *_) = public_keys(region.keys)
    witness.trust(verifier(origin(region.code), ED25519, own))


async def test_a_region_is_cosigned_over_http_as_it_grows(
    polygon: Region, witness: Witness, tmp_path: Path
) -> None:
    trusted(polygon, witness)
    async with serving(tmp_path) as url:
        there = elsewhere(witness, url)
        sizes = []
        for turn in range(3):
            await grown(polygon, turn)
            sizes.append(await countersigned(polygon, there))
            if turn == 0:  # what was kept is lost: the witness says what it has seen
                witnessed(polygon.sealing, NAME).unlink()
        assert await countersigned(polygon, there) == sizes[-1]
    assert sizes == sorted({*sizes})
    assert len(sizes) == 3
    note = read_note(witnessed(polygon.sealing, NAME).read_text())
    seconds = witnessed_at(note, NAME, there.public)
    at = cosigned_at(polygon.sealing, NAME, there.public)
    assert at is not None
    assert seconds == at.timestamp()


async def test_what_is_not_signed_is_an_incident_until_it_is(
    polygon: Region, witness: Witness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await grown(polygon, 1)

    async def told() -> list[str]:
        await run_witnesses(polygon, {})
        async with polygon.reading(system()) as work:
            return [one.text for one in await open_incidents(work)]

    async with serving(tmp_path) as url:
        for private, said in ((False, "не из открытой сети"), (True, "ответ 404")):
            there = elsewhere(witness, url, private=private)
            monkeypatch.setattr(remote, "remotes", lambda own, there=there: [there])
            with pytest.raises(Refusal, match=said):
                await countersigned(polygon, there)
            assert ["не из открытой сети" in text for text in await told()] == [True]
        trusted(polygon, witness)
        assert await told() == []
    await grown(polygon, 2)
    with pytest.raises(Refusal, match="не ответил"):
        await countersigned(polygon, there)
    assert len(await told()) == 1


async def test_each_refusal_has_the_status_of_its_kind(
    polygon: Region, witness: Witness, tmp_path: Path
) -> None:
    await grown(polygon, 1)
    async with polygon.reading(system()) as work:
        asked = str(await request(work, 0))
    async with serving(tmp_path) as url, httpx.AsyncClient() as client:

        async def answered(text: str) -> tuple[int, str]:
            answer = await client.post(url, content=text.encode())
            assert answer.headers["content-security-policy"].startswith("default-src 'none'")
            return answer.status_code, answer.headers["content-type"].partition(";")[0]

        plain = "text/plain"
        assert await answered(asked) == (404, plain)
        other = Witness(NAME, tmp_path / FOLDER)
        other.trust(verifier(origin(polygon.code), ED25519, b"7" * 32))
        assert await answered(asked) == (403, plain)
        trusted(polygon, witness)
        assert await answered(asked) == (200, plain)
        assert await answered(asked) == (409, "text/x.tlog.size")
        assert await answered("old 0\n\nnothing") == (400, plain)
        assert await answered("x" * 200_001) == (413, plain)
        assert (await client.get(url)).status_code == 404


async def test_whoever_has_no_name_of_a_witness_is_none(tmp_path: Path) -> None:
    async with serving(tmp_path, None) as url, httpx.AsyncClient() as client:
        assert (await client.post(url, content=b"old 0\n")).status_code == 404
    assert not (tmp_path / FOLDER).exists()


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://[::1]:1/", "http://localhost:1/"])
async def test_a_private_address_is_asked_only_where_it_may_be(url: str) -> None:
    for private, code in ((False, RefusalCode.FORBIDDEN), (True, RefusalCode.UNAVAILABLE)):
        with pytest.raises(Refusal) as refused:
            await Server(url, private).post(b"", {})
        assert refused.value.code is code


async def test_a_silent_a_huge_and_a_redirecting_server_hold_nobody_up() -> None:
    said = {
        b"/huge": b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 200_000,
        b"/moved": b"HTTP/1.1 307 Moved\r\nLocation: /huge\r\nContent-Length: 0\r\n\r\n",
    }

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readline()).split(b" ")[1]
        if path in said:
            writer.write(said[path])
        else:
            await reader.read()  # silent, until the other side goes away
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        there = f"http://127.0.0.1:{port}"
        for path, deadline in (("/huge", 20.0), ("/silent", 0.2)):
            with pytest.raises(Refusal) as refused:
                await Server(there + path, private=True).post(b"", {}, deadline)
            assert refused.value.code is RefusalCode.UNAVAILABLE
        assert (await Server(f"{there}/moved", private=True).post(b"", {}))[0] == 307


async def test_a_journal_shorter_than_what_was_seen_is_told(polygon: Region) -> None:
    await grown(polygon, 1)
    async with polygon.reading(system()) as work:
        head = await latest_head(work.session)
        assert head is not None
        with pytest.raises(Refusal, match="обрезан или старый"):
            await request(work, head.id + 1)


async def test_an_address_asks_so_often(tmp_path: Path) -> None:
    async with serving(tmp_path, rate="2/hour") as url, httpx.AsyncClient() as client:
        answers = [await client.post(url, content=b"nothing") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [400, 400, 429]
    assert int(answers[-1].headers["retry-after"]) > 3_000
    assert answers[-1].headers["ratelimit-remaining"] == "0"
