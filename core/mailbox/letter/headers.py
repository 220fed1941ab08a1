"""Headers as people wrote them: broken, raw and lying ones too. Nothing here raises."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Iterable, Iterator
from email.message import Message
from quopri import decodestring

from core.mailbox.letter.charsets import clean, decoded

LONGEST = 10_000
"""Characters of a header that are looked at; the rest is in the letter as it was kept."""

MOST_IDS, MOST_ADDRESSES = 50, 100
LONGEST_ADDRESS = 320
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)(?:\?=|\??$)")
"""An encoded word; the last one may have been cut where a header was too long for somebody."""

_ANGLE = re.compile(r"<\s*([^<>\s]{1,320}@[^<>\s]{1,320})\s*>")
_ADDRESS = re.compile(r"[^\s<>\"(),;:@]{1,128}@[^\s<>\"(),;:@]{1,256}")
_MESSAGE_ID = re.compile(r"<([^<>\s]{1,500})>")
_FOLD = re.compile(r"\r?\n[ \t]*")


def raw(letter: Message, name: str) -> str:
    """The first header of this name on one line, its bytes kept as surrogates; empty for none."""
    value = letter.get(name)
    return "" if value is None else _FOLD.sub(" ", str(value)[:LONGEST]).strip()


def every(letter: Message, name: str) -> list[str]:
    """The same of all headers of this name."""
    found = letter.get_all(name, [])[:MOST_ADDRESSES]
    return [_FOLD.sub(" ", str(value)[:LONGEST]).strip() for value in found]


def text(value: str) -> str:
    """A header as text: encoded words, and whatever was written without encoding.

    Words of one charset that stand side by side are one: a letter may be torn between two.
    """
    pieces: list[tuple[str | None, bytes]] = []
    last = 0
    for match in _WORD.finditer(value):
        between = value[last : match.start()]
        if between.strip() or not pieces or pieces[-1][0] is None:
            pieces.append((None, _bytes(between)))
        charset = match[1].partition("*")[0].lower()
        content = _unpacked(match[2], match[3])
        if pieces and pieces[-1][0] == charset:
            pieces[-1] = (charset, pieces[-1][1] + content)
        else:
            pieces.append((charset, content))
        last = match.end()
    pieces.append((None, _bytes(value[last:])))
    said = "".join(decoded(content, charset)[0] for charset, content in pieces)
    return " ".join(said.split())


def sender(letter: Message) -> tuple[str, str]:
    """Address, in lower case, and name of who says that he wrote; empty where nothing is said."""
    values = [raw(letter, name) for name in ("From", "Sender", "Reply-To")]
    named = (value for value in values if _ADDRESS.search(value))
    value = next(named, next(filter(None, values), ""))
    match = _ANGLE.search(value)
    if match:
        name = text(value[: match.start()]).strip(" \"'")
        return _address(match[1]), name or text(_comment(value))
    bare = _ADDRESS.search(value)
    if bare:
        return _address(bare[0])[:LONGEST_ADDRESS], text(_comment(value))
    return "", text(value).strip(" \"'<>")


def addresses(letter: Message, names: Iterable[str]) -> tuple[str, ...]:
    """Addresses in these headers, in lower case, each once."""
    values = (value for name in names for value in every(letter, name))
    found = (match[0] for value in values for match in _ADDRESS.finditer(value))
    return tuple(dict.fromkeys(map(_address, found)))[:MOST_ADDRESSES]


def message_id(letter: Message) -> str | None:
    """What the letter calls itself, without brackets; as it stands where it has none."""
    value = raw(letter, "Message-ID")
    match = _MESSAGE_ID.search(value)
    return clean(match[1] if match else value)[:500] or None


def references(letter: Message) -> tuple[str, ...]:
    """The letters to which this one belongs, the nearest first."""
    return tuple(dict.fromkeys(_references(letter)))[:MOST_IDS]


def _references(letter: Message) -> Iterator[str]:
    for match in _MESSAGE_ID.finditer(raw(letter, "In-Reply-To")):
        yield clean(match[1])
    for match in reversed(_MESSAGE_ID.findall(raw(letter, "References"))):
        yield clean(match)


def _address(value: str) -> str:
    """In lower case; one of Russian letters stands there without any encoding."""
    return clean(decoded(_bytes(value), None)[0]).lower()


def _comment(value: str) -> str:
    """«anna@example.org (Анна)»: the older way to give a name."""
    _, opened, rest = value.partition("(")
    return rest.rpartition(")")[0] if opened else ""


def _bytes(value: str) -> bytes:
    return value.encode("utf-8", "surrogateescape")


def _unpacked(how: str, content: str) -> bytes:
    data = _bytes(content)
    if how in "qQ":
        return decodestring(data.replace(b"_", b" "), header=True)
    packed = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
    try:
        return b64decode(packed + b"=" * (-len(packed) % 4))
    except binascii.Error:  # one sign too many: what stands before it is whole
        return b64decode(packed[: len(packed) // 4 * 4])
