"""The parts of a letter: its words, what is attached, and what cannot be read and why."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser

from core.mailbox.letter import headers
from core.mailbox.letter.charsets import clean, decoded
from core.mailbox.letter.flowed import unflowed
from core.mailbox.letter.markup import text_of
from core.mailbox.letter.packed import (
    PACKINGS,
    coding_of,
    content_of,
    held,
    stored,
    unpacked,
    unpacked_by,
)
from core.mailbox.letter.signs import parameter

MOST_PARTS, MOST_DEPTH = 10_000, 20
MOST_LISTED = 500
"""Attachments and faults that are named one by one; the rest are counted."""

LONGEST_TEXT = 200_000
LONGEST_PART = 5_000_000
LONGEST_NAME = 200
ENCRYPTED = frozenset({"multipart/encrypted", "application/pgp-encrypted"})
LETTERS = frozenset({"message/rfc822", "message/global"})
SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
PGP = "-----BEGIN PGP MESSAGE-----"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in the letter; `size` in bytes and SHA-256 are of the file as unpacked."""

    name: str
    type: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A part that cannot be read: what it is and why, in Russian."""

    what: str
    why: str


@dataclass
class Body:
    """What was found so far; `found` is told of each attachment that is listed, with its bytes."""

    texts: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    inner: list[str] = field(default_factory=list)
    seen: int = -1  # the letter itself is no part of it
    unlisted: int = 0
    found: Callable[[Attachment, bytes], None] | None = None

    def fault(self, what: str, why: str) -> None:
        """Note what cannot be read."""
        if len(self.unreadable) < MOST_LISTED:
            self.unreadable.append(Unreadable(clean(what), clean(why)))

    @property
    def text(self) -> str:
        """The words; of a letter without any, those of a letter in it."""
        own = "\n\n".join(filter(None, self.texts))
        return (own or "\n\n".join(filter(None, self.inner)))[:LONGEST_TEXT]


def body_of(letter: Message, found: Callable[[Attachment, bytes], None] | None = None) -> Body:
    """Everything in the letter, within the bounds; what lies beyond them is said.

    `found` is told of each attachment, with its bytes.
    """
    body = Body(found=found)
    _visit(letter, body, 0, body.texts)
    if body.seen > MOST_PARTS:
        body.fault("письмо", f"в нём больше {MOST_PARTS} частей, остальные не разобраны")
    if body.unlisted:
        body.fault("вложения", f"не перечислено: {body.unlisted}")
    return body


def _visit(part: Message, body: Body, depth: int, texts: list[str]) -> None:
    body.seen += 1
    if body.seen > MOST_PARTS:
        return
    kind = part.get_content_type()
    if depth > MOST_DEPTH:
        body.fault(kind, f"вложено глубже {MOST_DEPTH} уровней")
    elif kind in ENCRYPTED:
        body.fault("зашифрованное письмо", "у центра нет ключа, которым его открывают")
        _list_all(part, body)
    elif kind in LETTERS:
        _nested(part, body, depth)
    elif part.is_multipart():
        _multipart(part, kind, body, depth, texts)
    elif _is_text(part, kind):
        texts.append(_text(part, kind, body))
    else:
        _attach(part, kind, body)


def _multipart(part: Message, kind: str, body: Body, depth: int, texts: list[str]) -> None:
    parts = held(part)
    if kind != "multipart/alternative":
        for one in parts:
            _visit(one, body, depth + 1, texts)
        return
    versions: dict[str, list[str]] = {}
    for one in parts:
        said: list[str] = []
        _visit(one, body, depth + 1, said)
        versions.setdefault(one.get_content_type(), []).extend(filter(None, said))
    plain = versions.get("text/plain")
    texts.extend(plain or next(filter(None, reversed(versions.values())), []))


def _nested(part: Message, body: Body, depth: int) -> None:
    """A letter in the letter: listed as a file, its words beside those of the letter."""
    for one in held(part):
        inner = _unpacked_letter(one, coding_of(part))
        subject = headers.text(headers.raw(inner, "Subject"))
        _list(body, f"письмо «{subject[:LONGEST_NAME]}»", "message/rfc822", _as_bytes(inner))
        _visit(inner, body, depth + 1, body.inner)


def _unpacked_letter(letter: Message, coding: str) -> Message:
    """The letter; some pack one like a file, which no letter may be (RFC 2046)."""
    if coding not in PACKINGS:
        return letter
    whole: Message = BytesParser(policy=letter.policy).parsebytes(
        unpacked_by(coding, stored(letter))[0]
    )
    return whole


def _as_bytes(inner: Message) -> bytes:
    """A nested letter; of what cannot be written down again, nothing."""
    try:
        return inner.as_bytes()
    except (ValueError, LookupError, TypeError, AttributeError):
        return b""


def _is_text(part: Message, kind: str) -> bool:
    """Words to be read in place: no file, and no multipart whose parts nobody found."""
    disposition = headers.raw(part, "Content-Disposition").lower()
    if disposition.startswith("attachment") or name_of(part):
        return False
    return kind.startswith("multipart/") or kind in ("text/plain", "text/html", "text/enriched")


def _text(part: Message, kind: str, body: Body) -> str:
    if kind.startswith("multipart/"):
        body.fault("письмо", "границы его частей не найдены, показано как есть")
    raw, torn = unpacked(part)
    if torn:
        body.fault("текст письма", "упакован с ошибкой, показано то, что удалось прочесть")
    if len(raw) > LONGEST_PART:
        body.fault("текст письма", f"длиннее {LONGEST_PART} байт, показано начало")
    said, wrong = decoded(raw[:LONGEST_PART], _charset(part, raw))
    if wrong:
        body.fault("текст письма", wrong)
    said = text_of(said) if kind == "text/html" else _plain(said, part)
    if PGP in said:
        body.fault("зашифрованное письмо", "у центра нет ключа, которым его открывают")
    return said[:LONGEST_TEXT].strip()


def _plain(said: str, part: Message) -> str:
    said = said.replace("\r\n", "\n").replace("\r", "\n")
    if parameter(part, "format") != "flowed":
        return said
    return unflowed(said, spaces_go=parameter(part, "delsp") == "yes")


def _charset(part: Message, raw: bytes) -> str | None:
    """What the part says; of HTML without a word of it, what the document says itself."""
    said = parameter(part, "charset")
    if said:
        return said
    found = re.search(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{1,40})", raw[:4_000], re.I)
    return found[1].decode("ascii", "replace") if found else None


def _attach(part: Message, kind: str, body: Body) -> None:
    name, (content, torn) = name_of(part), unpacked(part)
    if kind == "application/ms-tnef" or name.lower() == "winmail.dat":
        body.fault(name or "winmail.dat", "вложение Outlook (TNEF): содержание не раскрыто")
    elif kind in SEALED and parameter(part, "smime-type") != "signed-data":
        body.fault("зашифрованное письмо", "у центра нет ключа, которым его открывают")
    elif kind in SEALED:
        body.fault("подписанное письмо", "содержание лежит внутри подписи и не раскрыто")
    elif kind == "message/partial":
        body.fault("часть письма", "письмо разрезано на несколько, это одно из них")
    elif torn or (not content and stored(part)):
        body.fault(name or kind, "содержание повреждено")
    _list(body, name or "без имени", kind, content)


def _list_all(part: Message, body: Body) -> None:
    for one in held(part):
        _list(body, name_of(one) or "без имени", one.get_content_type(), content_of(one))


def _list(body: Body, name: str, kind: str, content: bytes) -> None:
    if len(body.attachments) == MOST_LISTED:
        body.unlisted += 1
        return
    attachment = Attachment(name, clean(kind), len(content), hashlib.sha256(content).hexdigest())
    body.attachments.append(attachment)
    if body.found is not None:
        body.found(attachment, content)


def name_of(part: Message) -> str:
    """The name of a file, however it was written; empty for none."""
    for header, name in (("content-disposition", "filename"), ("content-type", "name")):
        try:
            given = [value for key, value in part.get_params([], header) if key.lower() == name]
        except (ValueError, LookupError, TypeError, AttributeError):
            given = []
        for value in given:  # beside it stands a poorer one, for programs that know no better
            if isinstance(value, tuple):
                return _named(decoded(value[2].encode("latin-1", "replace"), value[0])[0])
        if given and given[0]:
            return _named(headers.text(str(given[0])))
    return ""


def _named(name: str) -> str:
    """Without folders, and without what would break a line."""
    last = re.split(r"[/\\]", name)[-1]
    return re.sub(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e]", "", last).strip()[:LONGEST_NAME]
