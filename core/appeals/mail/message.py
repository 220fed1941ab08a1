"""A letter as bytes: plain text and files, nothing in it that tells who reads it and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from core.appeals.delivery.enclosures import Enclosure

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """What is sent: `returns` is its return address, `sent_at` aware and said in its zone."""

    to: str
    to_name: str | None
    sender: str
    sender_name: str
    returns: str
    message_id: str
    subject: str
    text: str
    sent_at: datetime
    enclosures: Sequence[Enclosure] = ()


def composed(letter: Letter) -> bytes:
    """The whole letter; a machine wrote it, so machines do not answer it (RFC 3834).

    All of it is ASCII, whatever the relay can do: names by RFC 2047, the text as quoted-printable
    or base64. A domain in other letters is put as IDNA does.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(letter.sender, letter.sender_name)
    message["To"] = _address(letter.to, letter.to_name)
    message["Reply-To"] = _address(letter.returns, None)
    message["Subject"] = _line(letter.subject)
    message["Date"] = format_datetime(letter.sent_at)
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    message["Content-Language"] = "ru"
    message.set_content(letter.text, charset="utf-8", cte="quoted-printable")
    for one in letter.enclosures:
        kind, _, sort = one.media.partition("/")
        message.add_attachment(one.content, kind, sort, filename=_line(one.name))
    return message.as_bytes()


def in_ascii(address: str) -> str:
    """The address with its domain as IDNA; UnicodeError where no letter can go there."""
    name, _, domain = address.rpartition("@")
    name.encode("ascii")
    return f"{name}@{domain.encode('idna').decode()}"


def _address(spec: str, name: str | None) -> Address:
    mailbox, _, domain = in_ascii(spec).rpartition("@")
    return Address(_line(name or "")[:LONGEST_NAME].strip(), mailbox, domain)


def _line(text: str) -> str:
    """The text on one line, whatever was written."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
