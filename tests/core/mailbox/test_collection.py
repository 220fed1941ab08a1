"""Fetching over IMAP: nothing is lost, nothing doubled, wherever it is broken off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from core.kernel.access import system
from core.kernel.incidents.model import Incident
from core.kernel.mailbox import MailboxSettings
from core.mailbox import collection
from core.mailbox.arrival import settle
from core.mailbox.box import Box, BoxError
from core.mailbox.collection import Round, collect
from core.mailbox.kinds import Kind
from core.mailbox.letter.reader import Read, read
from core.mailbox.model import LetterText
from core.mailbox.store import Fetched, text_of, whole
from tests.core.mailbox.conftest import Post
from tests.core.mailbox.letters import letter, plain
from tests.core.mailbox.server import ImapServer

ONE, TWO = plain("Раз.", "utf-8", "Message-ID: <1@x>"), plain("Два.", "koi8-r", "Message-ID: <2@x>")


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters are read in this process: what a process of its own does is tested apart."""

    async def read_here(raw: bytes) -> Read:
        return read(raw)

    monkeypatch.setattr(collection, "read_apart", read_here)


@pytest.fixture
def server() -> Iterator[ImapServer]:
    with ImapServer({1: ONE, 2: TWO}).running() as running:
        yield running


def settings_for(server: ImapServer, **changes: Any) -> MailboxSettings:
    own = {"host": "127.0.0.1", "port": server.port, "tls": "none", "timeout": 5.0}
    who = {"user": "letters@centre.example", "password": SecretStr("secret")}
    return MailboxSettings(**{**own, **who, **changes})


async def collected(post: Post, server: ImapServer, **changes: Any) -> Round:
    own = settings_for(server, **changes)
    return await collect(post.desk.region, own, Box(own))


async def test_a_letter_is_kept_whole_marked_and_read_once(post: Post, server: ImapServer) -> None:
    assert await collected(post, server) == Round(kept=2, read=2)
    first, second = await post.letters()
    assert (first.received_at, first.fetched_at) == (
        datetime(2026, 3, 2, 6, tzinfo=UTC),
        post.desk.now(),
    )
    assert (first.size, first.whole, first.marked, first.kind) == (len(ONE), True, True, "written")
    async with post.desk.region.reading(system()) as work:
        assert (await whole(work, first.id), await whole(work, second.id)) == (ONE, TWO)
        assert (await text_of(work, second)).text == "Два."
    assert server.flags == {1: "+FLAGS (\\Seen)", 2: "+FLAGS (\\Seen)"}
    assert sorted(server.letters) == [1, 2]
    assert await collected(post, server) == Round()
    assert len(await post.letters()) == 2


async def test_what_is_kept_and_said_is_sealed(post: Post, server: ImapServer) -> None:
    await collected(post, server)
    async with post.desk.region.database.reading() as session:
        sealed = b"".join(await session.scalars(select(LetterText.sealed)))
    assert "Раз.".encode() not in sealed
    assert b"anna@example.org" not in sealed


@pytest.mark.parametrize(("capabilities", "left"), [("IMAP4rev1 MOVE", []), ("IMAP4rev1", [1, 2])])
async def test_a_stored_letter_goes_to_its_folder(
    post: Post, server: ImapServer, capabilities: str, left: list[int]
) -> None:
    server.capabilities = capabilities
    await collected(post, server, done="Принято & учтено")
    assert server.folders == {"&BB8EQAQ4BD0ETwRCBD4- &- &BEMERwRCBDUEPQQ+-": [1, 2]}
    assert sorted(server.letters) == left


async def test_a_new_validity_brings_copies_and_no_second_letter(
    post: Post, server: ImapServer
) -> None:
    await collected(post, server)
    server.validity = 8
    assert await collected(post, server) == Round(kept=2)
    rows = await post.letters()
    assert [(row.kind, row.copy_of_id) for row in rows] == [
        ("written", None),
        ("written", None),
        ("copy", rows[0].id),
        ("copy", rows[1].id),
    ]
    async with post.desk.region.reading(system()) as work:
        assert await whole(work, rows[2].id) == ONE


async def test_one_letter_that_is_not_to_be_had_stops_no_other(
    post: Post, server: ImapServer
) -> None:
    server.broken = {1}
    assert await collected(post, server) == Round(kept=1, read=1, failed=1)
    server.broken = set()
    assert await collected(post, server) == Round(kept=1, read=1)
    assert [row.uid for row in await post.letters()] == [2, 1]


async def test_a_letter_that_ends_the_connection_stops_no_other(
    post: Post, server: ImapServer
) -> None:
    server.ending = {1}
    assert await collected(post, server) == Round(kept=1, read=1, failed=1)
    assert [row.uid for row in await post.letters()] == [2]
    server.letters |= dict.fromkeys(range(3, 9), ONE)
    server.ending = {1, 3, 4, 5, 6}
    with pytest.raises(BoxError):
        await collected(post, server)


async def test_a_folder_that_is_not_there_keeps_no_letter_from_being_read(
    post: Post, server: ImapServer
) -> None:
    server.missing = True
    assert await collected(post, server, done="Нет") == Round(kept=2, read=2, failed=2)
    assert [row.marked for row in await post.letters()] == [False, False]


async def test_a_letter_that_breaks_what_comes_after_reading_stops_no_other(
    post: Post, server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = settle

    async def broken(work: Any, letter_id: int, *more: Any) -> Any:
        if letter_id == 1:
            raise ValueError(letter_id)
        return await real(work, letter_id, *more)

    monkeypatch.setattr(collection, "settle", broken)
    assert await collected(post, server) == Round(kept=2, read=1)
    monkeypatch.setattr(collection, "settle", real)
    assert await collected(post, server) == Round(read=1)


async def test_of_a_letter_too_large_the_headers_are_kept_and_an_incident_says_so(
    post: Post, server: ImapServer
) -> None:
    server.letters = {5: letter("Subject: big", body="x" * 5_000)}
    await collected(post, server, max_bytes=1_000)
    (row,) = await post.letters()
    assert (row.whole, row.size > 5_000, row.kind) == (False, True, "written")
    async with post.desk.region.reading(system()) as work:
        said = await text_of(work, row)
        assert (said.subject, [one.why for one in said.unreadable]) == (
            "big",
            ["оно больше предела и целиком осталось в почтовом ящике"],
        )
        told = (await work.session.scalars(select(Incident.text))).all()
    assert told == ["Письмо 5 больше 1000 байт: целиком оно в ящике"]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"password": SecretStr("wrong")}, "не пускает: проверьте имя и пароль (error)"),
        ({"port": 1}, "не отвечает (ConnectionRefusedError)"),
    ],
)
async def test_a_mailbox_out_of_reach_is_told_without_its_password(
    post: Post, server: ImapServer, fault: dict[str, Any], words: str
) -> None:
    with pytest.raises(BoxError) as caught:
        await collected(post, server, **fault)
    assert str(caught.value) == words
    assert await post.letters() == []


async def test_a_server_that_says_nothing_is_left(post: Post, server: ImapServer) -> None:
    server.silent = "UID"
    with pytest.raises(BoxError, match=r"ящик не ответил вовремя|не ищет письма"):
        await collected(post, server, timeout=0.3)


class Crash(BaseException):
    """The process dies."""


@dataclass
class MemoryBox:
    """A mailbox in memory under which the process dies at the call of this number."""

    dies_at: int
    validity: int = 7
    there: dict[int, bytes] = field(default_factory=lambda: {1: ONE, 2: TWO})
    marked: set[int] = field(default_factory=set)
    calls: int = 0

    def call(self) -> None:
        self.calls += 1
        if self.calls == self.dies_at:
            raise Crash

    def open(self) -> None:
        self.call()

    def close(self) -> None:
        return None

    def abort(self) -> None:
        return None

    def uids(self) -> list[int]:
        self.call()
        return sorted(self.there)

    def fetch(self, uid: int) -> Fetched:
        self.call()
        raw = self.there[uid]
        return Fetched(
            OWN.name, self.validity, uid, datetime(2026, 3, 2, tzinfo=UTC), raw, len(raw)
        )

    def mark(self, uid: int) -> None:
        self.call()
        self.marked.add(uid)


OWN = MailboxSettings(host="box", user="letters@centre.example")
WITHIN = ("keep", "settle", "_remember")


def dying(name: str, monkeypatch: pytest.MonkeyPatch, *, after: bool) -> None:
    """The second call of this function ends the process, before or after it is done."""
    real: Callable[..., Any] = getattr(collection, name)
    calls: list[str] = []

    async def broken(*arguments: Any) -> Any:
        calls.append(name)
        if len(calls) == 2 and not after:
            raise Crash
        answer = await real(*arguments)
        if len(calls) == 2:
            raise Crash
        return answer

    monkeypatch.setattr(collection, name, broken)


async def recovered(post: Post, box: MemoryBox) -> None:
    """The next start ends what was begun: every letter once, whole, marked and read."""
    box.dies_at = 0
    await collect(post.desk.region, OWN, box)
    rows = await post.letters()
    assert [(row.uid, row.kind, row.marked) for row in rows] == [
        (1, Kind.WRITTEN, True),
        (2, Kind.WRITTEN, True),
    ]
    assert box.marked == {1, 2}
    async with post.desk.region.reading(system()) as work:
        assert [await whole(work, row.id) for row in rows] == [ONE, TWO]
        assert len((await work.session.scalars(select(LetterText))).all()) == 2
    assert len(await post.lines("letter.kept")) == len(await post.lines("letter.told")) == 2


async def test_dying_at_any_call_of_the_mailbox_loses_and_doubles_nothing(post: Post) -> None:
    for point in range(1, 6):
        box = MemoryBox(dies_at=point)
        with pytest.raises(Crash):
            await collect(post.desk.region, OWN, box)
    await recovered(post, box)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("name", WITHIN)
async def test_dying_inside_a_step_loses_and_doubles_nothing(
    post: Post, monkeypatch: pytest.MonkeyPatch, name: str, after: bool
) -> None:
    box = MemoryBox(dies_at=0)
    with monkeypatch.context() as patch:
        dying(name, patch, after=after)
        with pytest.raises(Crash):
            await collect(post.desk.region, OWN, box)
    await recovered(post, box)
