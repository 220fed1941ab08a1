"""The mailbox of a real Dovecot: what is delivered is kept, marked and moved, each letter once."""

from __future__ import annotations

import imaplib
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from pydantic import SecretStr

from core.kernel.access import system
from core.kernel.mailbox import MailboxSettings
from core.mailbox.box import Box, BoxError
from core.mailbox.collection import Round, collect
from core.mailbox.store import whole
from tests.core.mailbox import letters as say
from tests.core.mailbox.conftest import Post
from tests.core.mailbox.dovecot import PROGRAM, Dovecot, dovecot

pytestmark = [
    pytest.mark.skipif(PROGRAM is None, reason="Dovecot is not installed"),
    pytest.mark.skipif(os.geteuid() != 0, reason="Dovecot starts as root only"),
]

DONE, SPELT = "Принято", "&BB8EQAQ4BD0ETwRCBD4-"
LETTERS = (say.plain(charset="koi8-r"), say.TNEF, say.PARTS)


@pytest.fixture
def server() -> Iterator[Dovecot]:
    # the names of its sockets are longer than pytest's own folder allows
    with TemporaryDirectory(prefix="d") as home, dovecot(Path(home)) as running:
        yield running


def settings_for(server: Dovecot, password: str = "secret") -> MailboxSettings:
    return MailboxSettings(
        host="127.0.0.1",
        port=server.port,
        tls="none",
        user="letters",
        password=SecretStr(password),
        done=DONE,
    )


async def test_letters_go_through_a_real_server_once(post: Post, server: Dovecot) -> None:
    client = imaplib.IMAP4("127.0.0.1", server.port, timeout=20)
    client.login("letters", "secret")
    assert client.create(SPELT)[0] == "OK"
    for number, raw in enumerate(LETTERS):
        server.deliver(f"{number}.letter", raw)
    own = settings_for(server)
    assert await collect(post.desk.region, own, Box(own)) == Round(kept=3, read=3)
    rows = await post.letters()
    async with post.desk.region.reading(system()) as work:
        kept = [await whole(work, row.id) for row in rows]
    assert sorted(kept) == sorted(LETTERS)
    assert (client.select(SPELT), client.select()) == (("OK", [b"3"]), ("OK", [b"0"]))
    server.deliver("4.letter", say.plain("Ещё одно."))
    assert await collect(post.desk.region, own, Box(own)) == Round(kept=1, read=1)
    assert await collect(post.desk.region, own, Box(own)) == Round()
    client.logout()


async def test_a_wrong_password_is_told(post: Post, server: Dovecot) -> None:
    own = settings_for(server, "wrong")
    with pytest.raises(BoxError, match="не пускает"):
        await collect(post.desk.region, own, Box(own))
