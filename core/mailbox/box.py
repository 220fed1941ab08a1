"""The mailbox itself, over IMAP: blocking, for a thread. Nothing in it is ever deleted."""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from core.kernel.mailbox import MailboxSettings
from core.mailbox.store import Fetched

WINDOW = 50_000
MOST_WINDOWS = 200
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_CAME = re.compile(rb'INTERNALDATE "([^"]+)"')
_FLAGS_SEEN = r"(\Seen)"


class BoxError(OSError):
    """The mailbox did not do what it was asked, or could not be reached; no word of a password."""


class BoxLost(BoxError):
    """The connection is gone: whatever is asked next fails too."""


class Box:
    """A connection to one folder; `validity` is its UIDVALIDITY."""

    def __init__(self, settings: MailboxSettings) -> None:
        self.settings = settings
        self.validity = 0
        self._next = 1
        self._moves = False
        self._client: imaplib.IMAP4 | None = None

    def open(self) -> None:
        """Connect, log in and select the folder; BoxError."""
        own = self.settings
        with _told("не отвечает"):
            self._client = _connected(own)
        with _told("не пускает: проверьте имя и пароль"):
            self._client.login(own.user, own.password.get_secret_value())
            # what a server can do it says in full only to who has come in
            able = self._done("CAPABILITY", self._client.capability())
            self._moves = b"MOVE" in b" ".join(able).upper().split()
        self._done("SELECT", self._client.select(_quoted(own.folder)))
        with _told("не называет UIDVALIDITY"):
            self.validity = int(self._client.response("UIDVALIDITY")[1][0])
            self._next = int((self._client.response("UIDNEXT")[1] or [b"0"])[0] or 0)

    def close(self) -> None:
        """Leave, whatever the connection is like."""
        if self._client is not None:
            with suppress(imaplib.IMAP4.error, OSError):
                self._client.logout()
            with suppress(OSError):  # a logout that failed leaves the socket open
                self._client.shutdown()

    def abort(self) -> None:
        """End the connection under whoever waits for it in another thread."""
        if self._client is not None:
            with suppress(OSError):
                self._client.socket().shutdown(socket.SHUT_RDWR)

    def uids(self) -> list[int]:
        """What is in the folder now, in windows, for a line of an answer has its limit."""
        since = f"SINCE {_day(self.settings.since)}" if self.settings.since else "ALL"
        if not self._next:
            return self._search(since)
        step = max(WINDOW, self._next // MOST_WINDOWS)
        windows = (f"UID {low}:{low + step - 1} {since}" for low in range(1, self._next, step))
        return [uid for window in windows for uid in self._search(window)]

    def fetch(self, uid: int) -> Fetched:
        """The letter as it is there, without marking it as read."""
        known = self._fetch(uid, "(RFC822.SIZE INTERNALDATE)")
        size, came = _SIZE.search(known), _CAME.search(known)
        if size is None:
            raise BoxError(f"письмо {uid}: размера нет")
        fits = int(size[1]) <= self.settings.max_bytes
        raw = self._literal(uid, "(BODY.PEEK[])" if fits else "(BODY.PEEK[HEADER])")
        moment = _moment(came[1]) if came else datetime.now(UTC)
        place = (self.settings.name, self.validity, uid)
        return Fetched(*place, moment, raw, int(size[1]), fits)

    def mark(self, uid: int) -> None:
        """Tell the mailbox that the letter is stored: read, and moved where that is wanted."""
        client, done = self._connected, self.settings.done
        with _told(f"не помечает письмо {uid}"):
            self._done("STORE", client.uid("STORE", str(uid), "+FLAGS", _FLAGS_SEEN))
            if done is not None:
                verb = "MOVE" if self._moves else "COPY"
                self._done(verb, client.uid(verb, str(uid), _quoted(done)))

    @property
    def _connected(self) -> imaplib.IMAP4:
        if self._client is None:
            raise BoxError("ящик не открыт")
        return self._client

    def _search(self, what: str) -> list[int]:
        with _told("не ищет письма"):
            said = self._done("SEARCH", self._connected.uid("SEARCH", what))
            return [int(uid) for line in said if line for uid in line.split()]

    def _fetch(self, uid: int, what: str) -> bytes:
        """The answer to FETCH on one line, its literals left out."""
        with _told(f"не отдаёт письмо {uid}"):
            said = self._done("FETCH", self._connected.uid("FETCH", str(uid), what))
        return b" ".join(part for part in said if isinstance(part, bytes))

    def _literal(self, uid: int, what: str) -> bytes:
        with _told(f"не отдаёт письмо {uid}"):
            said = self._done("FETCH", self._connected.uid("FETCH", str(uid), what))
        for part in said:
            if isinstance(part, tuple):
                return bytes(part[1])
        raise BoxError(f"письмо {uid}: ящик его не отдал")

    def _done(self, what: str, answer: tuple[str, list[Any]]) -> list[Any]:
        status, said = answer
        if status != "OK":
            raise BoxError(f"{what}: {status}")
        return said


@contextmanager
def _told(words: str) -> Iterator[None]:
    """Whatever the client raises as BoxError; its own text may quote what was sent."""
    try:
        yield
    except BoxError:
        raise
    except (imaplib.IMAP4.abort, OSError) as error:
        raise BoxLost(f"{words} ({type(error).__name__})") from None
    except (imaplib.IMAP4.error, ValueError, IndexError, TypeError) as error:
        raise BoxError(f"{words} ({type(error).__name__})") from None


def _connected(own: MailboxSettings) -> imaplib.IMAP4:
    host = own.host or ""
    if own.tls == "implicit":
        context = ssl.create_default_context()
        return imaplib.IMAP4_SSL(host, own.port, ssl_context=context, timeout=own.timeout)
    client = imaplib.IMAP4(host, own.port, timeout=own.timeout)
    if own.tls == "starttls":
        client.starttls(ssl.create_default_context())
    return client


def _quoted(folder: str) -> str:
    """A folder's name as the protocol writes it (RFC 3501, 5.1.3: modified UTF-7)."""
    spelt = _modified(folder).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{spelt}"'


def _modified(name: str) -> str:
    runs = re.findall(r"[\x20-\x7e]+|[^\x20-\x7e]+", name)
    return "".join(
        run.replace("&", "&-")
        if run.isascii()
        else "&" + run.encode("utf-7").decode()[1:].rstrip("-").replace("/", ",") + "-"
        for run in runs
    )


def _day(day: date) -> str:
    return f"{day.day}-{MONTHS[day.month - 1]}-{day.year}"


def _moment(said: bytes) -> datetime:
    """When the server got the letter; now, where it says no moment."""
    try:
        return parsedate_to_datetime(said.decode("ascii").strip()).astimezone(UTC)
    except ValueError:
        return datetime.now(UTC)
