"""A letter as it is read: who, to whom, what he says, what he quotes, what is attached."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32
from typing import Any

from core.mailbox.kinds import Kind
from core.mailbox.letter import headers
from core.mailbox.letter.body import Attachment, Body, Unreadable, body_of
from core.mailbox.letter.quotes import fold
from core.mailbox.letter.signs import kind_of

RECIPIENTS = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
LONGEST_SUBJECT = 500
MOST_HEADERS = 200_000
"""Bytes of headers that are read where the whole letter cannot be."""

_BEFORE = re.compile(rb"(?:\xef\xbb\xbf)?[\r\n]*(?=[!-9;-~]+:)")
_END = re.compile(rb"\r?\n\r?\n")
_SPACED = re.compile(rb"^([!-9;-~]+)[ \t]+:", re.MULTILINE)
"""Spaces before the colon, which were allowed once."""

_TWICE = re.compile(rb"[^\r\n]*\r\r\n")
"""Lines ended once more by whoever took the letter for a text."""


class AsWritten(Compat32):
    """Gives headers as they stand: the usual policies lose what is in no encoding."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        """The header itself."""
        return value


@dataclass(frozen=True, slots=True)
class Read:
    """What a letter says. Addresses are in lower case, `references` the nearest first.

    `text` is what was written anew, `quoted` what is folded; every text can be stored.
    """

    kind: Kind = Kind.WRITTEN
    message_id: str | None = None
    references: tuple[str, ...] = ()
    address: str = ""
    name: str = ""
    recipients: tuple[str, ...] = ()
    subject: str = ""
    text: str = ""
    quoted: str = ""
    attachments: tuple[Attachment, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()

    @property
    def own(self) -> str:
        """Domain of the Message-ID."""
        return (self.message_id or "").rpartition("@")[2].lower()

    def as_json(self) -> dict[str, Any]:
        """Plain JSON, of which `read_again` makes the same."""
        return asdict(self)


def read_again(said: dict[str, Any]) -> Read:
    """What `as_json` gave."""
    lists = {
        "references": tuple(said["references"]),
        "recipients": tuple(said["recipients"]),
        "attachments": tuple(Attachment(**one) for one in said["attachments"]),
        "unreadable": tuple(Unreadable(**one) for one in said["unreadable"]),
    }
    return Read(**{**said, **lists, "kind": Kind(said["kind"])})


def read(raw: bytes) -> Read:
    """Read the letter whole; what is too deeply nested, by its headers alone."""
    try:
        letter = _parsed(raw)
        return _read(letter, body_of(letter))
    except RecursionError:
        return outline(raw, "части вложены друг в друга слишком глубоко")


def unpack(raw: bytes, found: Callable[[Attachment, bytes], None]) -> None:
    """Tell of each attachment of the letter with its bytes; RecursionError where `read` has it."""
    body_of(_parsed(raw), found)


def outline(raw: bytes, why: str = "разбор не удался, показаны только заголовки") -> Read:
    """What the first headers say, and why there is no more."""
    letter = _parsed(raw[:MOST_HEADERS], headersonly=True)
    letter.set_payload("")
    body = Body()
    body.fault("письмо", why)
    return _read(letter, body)


def _parsed(raw: bytes, *, headersonly: bool = False) -> Message:
    """The letter in parts, without what programs on its way put before its first header."""
    begun = _BEFORE.match(raw)
    raw = raw[begun.end() :] if begun else raw
    if _TWICE.match(raw):
        raw = raw.replace(b"\r\r\n", b"\r\n")
    end = _END.search(raw)
    head = raw[: end.start()] if end else raw
    if _SPACED.search(head):
        raw = _SPACED.sub(rb"\1:", head) + raw[len(head) :]
    return BytesParser(policy=AsWritten()).parsebytes(raw, headersonly)


def _read(letter: Message, body: Body) -> Read:
    address, name = headers.sender(letter)
    own, quoted = fold(body.text)
    if not address:
        body.fault("отправитель", "письмо не говорит, от кого оно")
    return Read(
        kind_of(letter),
        headers.message_id(letter),
        headers.references(letter),
        address,
        name,
        headers.addresses(letter, RECIPIENTS),
        headers.text(headers.raw(letter, "Subject"))[:LONGEST_SUBJECT],
        own,
        quoted,
        tuple(body.attachments),
        tuple(body.unreadable),
    )
