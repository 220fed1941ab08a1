"""`tsur mail` and what `tsur doctor` says of the mailbox, over a server of our own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.core.commands.conftest import Run
from tests.core.commands.test_doctor import told
from tests.core.mailbox.letters import plain
from tests.core.mailbox.server import ImapServer


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ImapServer]:
    own = {
        "HOST": "127.0.0.1",
        "TLS": "none",
        "USER": "letters@centre.example",
        "PASSWORD": "secret",
    }
    with ImapServer({1: plain(), 2: plain("Два.")}).running() as running:
        for name, value in (*own.items(), ("PORT", str(running.port))):
            monkeypatch.setenv(f"TSUR_POLYGON_MAILBOX_{name}", value)
        yield running


def test_letters_are_fetched_once_and_the_doctor_sees_the_mailbox(
    settled: Run, server: ImapServer
) -> None:
    fetched = settled("mail", "polygon", "--once")
    assert fetched == (0, "Писем получено 2, разобрано 2, не удалось получить 0\n", "")
    again = settled("mail", "polygon", "--once")
    assert again == (0, "Писем получено 0, разобрано 0, не удалось получить 0\n", "")
    assert told(settled)[1]["mailbox"] == "well"
    server.broken = {3}
    server.letters[3] = plain("Три.")
    code, out, _ = settled("mail", "polygon", "--once")
    assert (code, out) == (1, "Писем получено 0, разобрано 0, не удалось получить 1\n")


def test_a_mailbox_that_lets_nobody_in_is_told_in_one_line(
    settled: Run, server: ImapServer
) -> None:
    server.password = "other"
    words = "letters@centre.example@127.0.0.1/INBOX: не пускает: проверьте имя и пароль (error)"
    assert settled("mail", "polygon", "--once") == (1, "", f"Почтовый ящик {words}\n")
    _, out, _ = settled("doctor")
    line = f"polygon: почтовый ящик … неверно: {words}; проверьте TSUR_POLYGON_MAILBOX_*"
    assert line in out.splitlines()


def test_without_a_mailbox_there_is_nothing_to_fetch(tsur: Run) -> None:
    code, _, err = tsur("mail", "polygon", "--once")
    assert (code, err.strip()) == (
        1,
        "Почтовый ящик не задан: укажите TSUR_POLYGON_MAILBOX_HOST (INVALID)",
    )
